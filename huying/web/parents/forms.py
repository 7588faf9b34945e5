"""What a parent fills in. Three answers are needed; everything else is folded."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.language.words import TooLong, clean_line, clean_text
from huying.rules.enums import AppealKind, Satisfaction
from huying.web.parents.uploads import FilesField

MOST_WORDS = 5000
FEWEST_WORDS = 5
FEWEST_DIGITS = 7
# answer → words, topic and kind; the dispatcher corrects what a parent cannot know
MATTERS = {
    "hurt": (gettext_lazy("欺负、受伤"), "bullying", AppealKind.HELP),
    "teacher": (gettext_lazy("老师言行"), "ethics", AppealKind.COMPLAINT),
    "lessons": (gettext_lazy("上课、作业"), "homework", AppealKind.HELP),
    "food": (gettext_lazy("吃饭、校车"), "canteen", AppealKind.HELP),
    "fees": (gettext_lazy("收费"), "fees", AppealKind.COMPLAINT),
    "admission": (gettext_lazy("招生、转学"), "admission", AppealKind.INQUIRY),
    "unsure": (gettext_lazy("说不清，请学校看"), "other", AppealKind.HELP),
}
WAYS = (
    ("none", gettext_lazy("不留\n凭查询码查，也能评价")),
    ("phone", gettext_lazy("只留电话")),
    ("named", gettext_lazy("留姓名和电话")),
)
PICK_ONE = gettext_lazy("请选一个最接近的。")
PICK_WAY = gettext_lazy("请选怎么联系您。")


class WordsField(forms.CharField):
    """Words of a person: kept as they are, but for what nobody can see or store. Too long is said, never cut."""

    def __init__(self, *, most: int, line: bool = False, **options: Any) -> None:
        super().__init__(strip=False, required=False, **options)
        self.most, self.clean_words = most, clean_line if line else clean_text

    def to_python(self, value: Any) -> str:
        try:
            return self.clean_words(str(value or ""), most=self.most)
        except TooLong as error:
            raise forms.ValidationError(str(error)) from error


def story(label: Any, *, most: int, rows: int, hint: Any = "") -> WordsField:
    """A large field for as many words as someone likes."""
    return WordsField(label=label, most=most, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}))


def telephone_field() -> WordsField:
    """A telephone number, however it is written."""
    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    return WordsField(label=gettext_lazy("电话"), most=40, line=True, widget=widget)


class ReportForm(forms.Form):
    """Screen one of three. `above`: it goes past the school, so neither kind nor names need to be asked.

    `classes` is asked only when a class was chosen or the form is drawn.
    """

    kind = forms.ChoiceField(
        label=gettext_lazy("1. 什么事"),
        help_text=gettext_lazy("选最接近的一个。"),
        choices=[(code, words) for code, (words, _topic, _kind) in MATTERS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": PICK_ONE, "invalid_choice": PICK_ONE},
    )
    what = story(
        gettext_lazy("2. 经过"),
        most=MOST_WORDS,
        rows=5,
        hint=gettext_lazy("时间、地点、谁、您希望怎么办。\n写不全也没关系，我们会再问您。"),
    )
    contact = forms.ChoiceField(
        label=gettext_lazy("3. 怎么联系您"),
        help_text=gettext_lazy("老师平时看不到。要看，得先批准。"),
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": PICK_WAY, "invalid_choice": PICK_WAY},
    )
    phone = telephone_field()
    phone_too = telephone_field()
    name = WordsField(
        label=gettext_lazy("姓名"), most=20, line=True, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    klass = forms.ChoiceField(label=gettext_lazy("班级"), required=False)
    files = FilesField(gettext_lazy("照片、录音"))
    drop = forms.BooleanField(label=gettext_lazy("去掉已放上的"), required=False)
    secret = forms.BooleanField(label=gettext_lazy("请替我保密"), required=False)
    hidden_from = WordsField(label=gettext_lazy("写上名字"), most=60, line=True)
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    follow_ups = {"contact": {"phone": ("phone",), "named": ("name", "phone_too")}}
    unsaid = ("files", "drop")

    def __init__(
        self, *args: Any, classes: Callable[[], list[tuple[str, str]]], above: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["klass"].choices = cache(lambda: [("", _("不填")), *classes()])
        if above:
            del self.fields["kind"], self.fields["hidden_from"]
            self.fields["what"].label = _("1. 经过")
            self.fields["contact"].label = _("2. 怎么联系您")

    @property
    def said(self) -> list[tuple[str, str]]:
        """What was typed and chosen, to be carried on to the next screen."""
        names = [name for name in self.fields if name not in self.unsaid]
        return [(name, self.data[name]) for name in names if self.data.get(name)]

    def clean_what(self) -> str:
        """The words; a few of them at least."""
        what: str = self.cleaned_data["what"]
        if len(what) < FEWEST_WORDS:
            raise forms.ValidationError(_("请写几句经过，至少 %(n)d 个字。") % {"n": FEWEST_WORDS})
        return what

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        way = said.get("contact")
        self._check_phone({"phone": "phone", "named": "phone_too"}.get(str(way), ""), said)
        if way == "named" and "name" in said and len(said["name"]) < 2:
            self.add_error("name", _("请写姓名，两个字以上。"))
        return said

    def _check_phone(self, field: str, said: dict[str, Any]) -> None:
        digits = sum(sign.isdigit() for sign in said.get(field, ""))
        if field in said and digits < FEWEST_DIGITS:
            self.add_error(field, _("电话少了几位，请再看一遍。") if digits else _("请写电话号码。"))

    @property
    def telephone(self) -> str:
        """The number that was left; empty when none was."""
        said = self.cleaned_data
        return {"phone": said["phone"], "named": said["phone_too"]}.get(said["contact"], "")


class CodeForm(forms.Form):
    """Sixteen digits, however they are typed."""

    code = forms.CharField(
        label=gettext_lazy("查询码"),
        help_text=gettext_lazy("16 位数字，中间有没有空格都行。"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class MessageForm(forms.Form):
    """Words or files that come later."""

    message = story(gettext_lazy("补充的话"), most=2000, rows=4)
    files = FilesField(gettext_lazy("照片、录音（选填）"))


class ReopenForm(forms.Form):
    """Why it should be taken up again."""

    again = story(gettext_lazy("哪里没办好（选填）"), most=500, rows=3)


class WithdrawForm(forms.Form):
    """Why it need not be done any more, in one's own words."""

    why = story(gettext_lazy("为什么不办了"), most=500, rows=2)

    def clean_why(self) -> str:
        """The words; nobody withdraws without any."""
        why: str = self.cleaned_data["why"]
        if not why:
            raise forms.ValidationError(_("请写一句为什么不办了。"))
        return why


class RateForm(forms.Form):
    """One's own word on the answer. Nothing is chosen beforehand, the order never changes, nothing urges."""

    satisfaction = forms.ChoiceField(
        label=gettext_lazy("这次答复，您满意吗？"),
        help_text=gettext_lazy("老师看不到是谁评的。"),
        choices=[
            (Satisfaction.SATISFIED.value, gettext_lazy("满意")),
            (Satisfaction.BASICALLY.value, gettext_lazy("基本满意")),
            (Satisfaction.DISSATISFIED.value, gettext_lazy("不满意")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一个。"), "invalid_choice": gettext_lazy("请选一个。")},
    )
    reason = story(gettext_lazy("为什么（选填）"), most=500, rows=3)
