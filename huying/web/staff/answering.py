"""The answer of the unit: what the parent will read, and what stays inside."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals.actions.answer import Draft, answer
from huying.channels import drafts
from huying.rules.enums import Action, Finding, Resolved, TextKind
from huying.web.components import moments
from huying.web.staff import asking, uploads
from huying.web.staff.sheet import item_words
from huying.web.staff.steps import Given, Step, StepForm

FOUND = (Finding.NOT_APPLICABLE, Finding.NOT_RECORDED)
ITEM = "item_"


class AnswerForm(StepForm):
    """Each item is answered; what full proof asks of a complaint is not asked of a question."""

    finding = asking.pick(gettext_lazy("查明的情况"), Finding, but=FOUND)
    resolved = asking.pick(gettext_lazy("解决了吗"), Resolved, but=(Resolved.NOT_ASKED,))
    unresolved_reason = asking.text(
        gettext_lazy("没有解决的原因"), rows=2, required=False, hint=gettext_lazy("选“没有解决”时写")
    )
    reply = asking.text(gettext_lazy("给家长的答复"), rows=4)
    policy = asking.line(gettext_lazy("依据的文件和文号"), required=False, hint=gettext_lazy("没有就写“无”"))
    note = asking.text(gettext_lazy("内部记录"), rows=2, required=False)
    evidence = asking.line(gettext_lazy("没有材料的原因"), required=False, hint=gettext_lazy("传了材料就不用写"))
    files = uploads.files_field(gettext_lazy("材料"))

    def prepare(self) -> None:
        self._ask_only_what_is_needed()
        for place, item in enumerate(self.file.items, start=1):
            words = _("第 %(place)d 点：%(item)s") % {"place": place, "item": item_words(place, item)}
            self.fields[f"{ITEM}{item.pk}"] = asking.text(words, rows=2, required=self._needs_items)
        if self.file.items:
            self.fields["reply"].required, self.fields["reply"].label = False, _("还想说的")
            self.fields["reply"].widget.attrs["rows"] = 2
        self.kept_files = uploads.said(self.file.appeal.files_beside or 0)
        if not self.is_bound:
            self._take_up_draft()

    def _ask_only_what_is_needed(self) -> None:
        is_full = self.file.case.needs_every_guard
        light = (self.file.appeal.kind in ("INQUIRY", "SUGGESTION", "PRAISE")) and not self.file.case.has_subject
        self._needs_items = not light
        self.fields["finding"].required = is_full
        self.fields["resolved"].required = not light
        for name in ("policy", "note"):
            self.fields[name].required = is_full
        if not is_full:
            for name in ("finding", "policy", "evidence"):
                del self.fields[name]

    def _take_up_draft(self) -> None:
        file = self.file
        self.draft = drafts.of(account=file.actor.account, appeal=file.appeal.pk) if file.appeal.has_draft else {}
        for name, words in {**self._former(), **{name: kept.body for name, kept in self.draft.items()}}.items():
            if name in self.fields:
                self.fields[name].initial = words

    def _former(self) -> dict[str, str]:
        """After a sending back the words of the last answer stand there, to be mended."""
        items = {text.refers_to: text.body for text in self.file.words(TextKind.ITEM_REPLY)}
        return {"reply": self.file.last(TextKind.REPLY), **{f"{ITEM}{pk}": body for pk, body in items.items()}}

    @property
    def items(self) -> list[Any]:
        """The fields of the request items, in their order."""
        return [self[name] for name in self.fields if name.startswith(ITEM)]

    @property
    def saved_words(self) -> str:
        """已保存 11:48, when a draft was taken up."""
        moment = max((kept.saved_at for kept in getattr(self, "draft", {}).values()), default=None)
        return _("已保存 %(clock)s") % {"clock": moments.clock_words(moment)} if moment else ""

    def clean_files(self) -> list[Any]:
        uploads.keep(self.cleaned_data["files"], self.file)
        self.kept_files = uploads.said(len(uploads.tokens(self.file)))
        return self.cleaned_data["files"]

    def clean(self) -> None:
        if self.cleaned_data.get("resolved") == Resolved.NO and not self.cleaned_data.get("unresolved_reason"):
            self.add_error("unresolved_reason", _("请写没有解决的原因"))
        has_files = bool(self.kept_files)
        if "evidence" in self.fields and not has_files and not self.cleaned_data.get("evidence"):
            self.add_error("evidence", _("请附材料，或写明没有材料的原因"))

    def given(self) -> Given:
        asked = self.cleaned_data
        items = {item.pk: asked[f"{ITEM}{item.pk}"] for item in self.file.items}
        return {
            "draft": Draft(
                reply=asked["reply"] or _("您提的几点，逐点答复如下。"),
                items={pk: words for pk, words in items.items() if words},
                finding=asked.get("finding") or Finding.NOT_APPLICABLE,
                resolved=asked["resolved"] or Resolved.NOT_ASKED,
                unresolved_reason=asked["unresolved_reason"],
                note=asked["note"],
                policy=asked.get("policy", ""),
                evidence=asked.get("evidence", ""),
                tokens=uploads.tokens(self.file),
            )
        }


STEPS = (
    Step(
        Action.ANSWER,
        answer,
        AnswerForm,
        verb=gettext_lazy("写结果"),
        done=gettext_lazy("已交上去审核。"),
        part="staff/forms/answer.html",
    ),
)
