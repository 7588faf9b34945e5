"""Steps about whom an appeal is about, and the step back of someone who has an interest in it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals.actions.dismiss_subject import dismiss_subject
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.recuse import recuse
from huying.language import pinyin
from huying.people import queries as people
from huying.rules.enums import Action, RecusalReason, SubjectStatus
from huying.web.staff import asking
from huying.web.staff.steps import Given, Step, StepForm

MOST_FOUND = 12
NEW = "new"


class NameSubjectForm(StepForm):
    """A typed or proposed name is matched to the roster: looked up by name or initials, then chosen."""

    subject = forms.TypedChoiceField(
        label=gettext_lazy("家长提到的"),
        coerce=lambda pk: None if pk == NEW else int(pk),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一个")},
    )
    look_up = asking.line(
        gettext_lazy("在名册里找"), required=False, hint=gettext_lazy("姓名或拼音首字母，单位名也行，写好点“找”")
    )
    match = forms.ChoiceField(label=gettext_lazy("是谁"), required=False, widget=forms.RadioSelect)

    def prepare(self) -> None:
        open_ones = [one for one in self.file.subjects if one.status is not SubjectStatus.DISMISSED]
        self.fields["subject"].choices = [*((one.pk, _said(one)) for one in open_ones), (NEW, _("另外加一个"))]
        words = (self.data.get("look_up") if self.is_bound else "") or _first_typed(open_ones)
        self.fields["look_up"].initial = words
        found = _matches(words, self.file.appeal.place.path) if words else []
        self.fields["match"].choices = found
        if not found:
            self.fields["match"].widget = forms.HiddenInput()

    def clean(self) -> None:
        if "look" in self.data:
            raise forms.ValidationError(_("请在下面选一个；没有就换个写法再找"))
        if not self.cleaned_data.get("match"):
            raise forms.ValidationError(_("请从名册里选一个人或一个单位"))

    def given(self) -> Given:
        kind, pk = self.cleaned_data["match"].split("-")
        chosen = {"person": people.person(int(pk))} if kind == "p" else {"unit": people.unit(int(pk))}
        return {"subject": self.cleaned_data["subject"], **chosen}


def _said(one: object) -> str:
    words = one.typed or one.name or _("系统提示的人")
    return f"{words}\n{one.name}" if one.name and one.typed else words


def _first_typed(subjects: list) -> str:
    return next((one.name.split("（")[0] or one.typed for one in subjects if one.name or one.typed), "")


def _matches(words: str, path: str) -> list[tuple[str, str]]:
    """People and units of the place whose name or initials fit, the best first."""
    people_found = [(_rank(words, one.name), f"p-{one.pk}", f"{one.name}\n{one.unit.name}，{one.title}".rstrip("，"))
                    for one in people.roster_of(path)]  # fmt: skip
    units_found = [
        (_rank(words, one.name), f"u-{one.pk}", f"{one.name}\n{_('单位')}") for one in people.units_under(path)
    ]
    fit = sorted((one for one in (*people_found, *units_found) if one[0] is not None), key=lambda one: one[0])
    return [(key, said) for _rank_, key, said in fit[:MOST_FOUND]]


def _rank(words: str, name: str) -> int | None:
    """0 for the name itself, higher for looser fits, None for none; 王老师 finds everyone called 王."""
    if name in words or words in name:
        return 0 if name == words else 1
    if words[1:] in ("老师", "主任", "校长") and name.startswith(words[0]):
        return 2
    found = pinyin.rank(words.lower(), name) if words.isascii() else None
    return None if found is None else 3 + found


class DismissSubjectForm(StepForm):
    """A name that is nobody complained about."""

    subject = forms.TypedChoiceField(
        label=gettext_lazy("排除哪一个"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一个")},
    )
    reason = asking.text(gettext_lazy("为什么不是被反映对象"), rows=2)

    def prepare(self) -> None:
        live = [one for one in self.file.subjects if one.status is not SubjectStatus.DISMISSED]
        self.fields["subject"].choices = [(one.pk, _said(one)) for one in live]

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("subject", "reason")}


class RecuseForm(StepForm):
    ground = asking.pick(gettext_lazy("原因"), RecusalReason)
    reason = asking.text(gettext_lazy("说明"), rows=2)

    def given(self) -> Given:
        return {name: self.cleaned_data[name] for name in ("ground", "reason")}


STEPS = (
    Step(
        Action.NAME_SUBJECT,
        name_subject,
        NameSubjectForm,
        done=gettext_lazy("已确认。这个人和他管的人都看不到这件事。"),
        part="staff/forms/name_subject.html",
    ),
    Step(Action.DISMISS_SUBJECT, dismiss_subject, DismissSubjectForm, done=gettext_lazy("已排除。")),
    Step(Action.RECUSE, recuse, RecuseForm, verb=gettext_lazy("我要回避"), done=gettext_lazy("已回避，分办员会另派。")),
)
