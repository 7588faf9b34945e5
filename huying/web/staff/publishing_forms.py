"""The form of a public text: what software marks comes back piece by piece, and the writer decides on each."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from huying.language import redaction
from huying.oversight import publications
from huying.oversight.actions.draft_publication import Draft
from huying.rules import publication as rules
from huying.rules.publication import Piece
from huying.web.staff import asking

WORDS = ("title", "question", "answer")
KINDS = {
    "name": gettext_noop("姓名"),
    "phone": gettext_noop("电话"),
    "id_number": gettext_noop("证件号"),
    "long_number": gettext_noop("长号码"),
    "plate": gettext_noop("车牌"),
    "email": gettext_noop("邮箱"),
    "wechat": gettext_noop("微信号"),
    "qq": gettext_noop("QQ号"),
    "address": gettext_noop("住址"),
    "class": gettext_noop("班级"),
    "birth": gettext_noop("出生日期"),
    "student_number": gettext_noop("学号"),
    "event": gettext_noop("少见的事"),
}
DROP, KEEP = "drop", "keep"


class PublicTextForm(forms.Form):
    """Three texts in the office's own words, and a question for each piece that may tell of a person."""

    title = asking.line(gettext_lazy("题目"), most=rules.LONGEST_TITLE, hint=gettext_lazy("别人会搜的那几个字"))
    question = asking.text(
        gettext_lazy("问的什么"), rows=3, hint=gettext_lazy("用自己的话写，不抄家长的原话，不写哪个班、哪一天")
    )
    answer = asking.text(gettext_lazy("怎么答的"), rows=6, hint=gettext_lazy("写办法和规定，不写是谁"))
    names_school = forms.BooleanField(label=gettext_lazy("写出学校名（不勾就写“一所学校”）"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces: dict[str, Piece] = {}
        if self.is_bound:
            self._ask_about(publications.pieces([self.data.get(name, "") for name in WORDS]))

    def _ask_about(self, found: list[Piece]) -> None:
        for piece in found:
            name = _field_name(piece)
            self.pieces[name] = piece
            self.fields[name] = _question(piece)

    def draft(self) -> Draft:
        """The text as it was decided."""
        written = [self._left(self.cleaned_data[name]) for name in WORDS]
        return Draft(*written, names_school=self.cleaned_data["names_school"])

    def kept(self) -> frozenset[Piece]:
        """What the writer left in."""
        return frozenset(piece for name, piece in self.pieces.items() if self.cleaned_data[name] == KEEP)

    def _left(self, text: str) -> str:
        dropped = {piece for name, piece in self.pieces.items() if self.cleaned_data[name] == DROP}
        found = redaction.find(text)
        return redaction.redact(text, [one for one in found if Piece(one.kind, text[one.start : one.end]) in dropped])

    def deciding(self) -> list[Any]:
        """The questions about pieces, as bound fields."""
        return [self[name] for name in self.pieces]

    def writing(self) -> list[Any]:
        """The fields that are written in."""
        return [self[name] for name in (*WORDS, "names_school")]


def _field_name(piece: Piece) -> str:
    """The same for the same piece, wherever it stands: a decision survives an edit."""
    return "piece_" + hashlib.sha256(f"{piece.kind} {piece.words}".encode()).hexdigest()[:10]


def _question(piece: Piece) -> forms.ChoiceField:
    instead = redaction.placeholder(redaction.Kind(piece.kind))
    choices = [(DROP, _("去掉，写成 %(instead)s") % {"instead": instead})]
    if piece.kind not in rules.NEVER_KEPT:
        choices.append((KEEP, _("留着，看不出是谁")))
    label = _("%(kind)s：%(words)s") % {"kind": _(KINDS[piece.kind]), "words": piece.words}
    says = {"required": _("看得出是谁吗？请选一个"), "invalid_choice": _("这一处不能留着")}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=says)
