"""What a parent fills in. Three answers are needed; everything else is folded."""

from typing import Any

from django import forms

from huying.language.words import TooLong, clean_line, clean_text
from huying.rules.enums import AppealKind, Satisfaction

MOST_WORDS = 5000
FEWEST_WORDS = 5
# answer → topic and kind; the dispatcher corrects what a parent cannot know
MATTERS = {
    "hurt": ("欺负、受伤", "bullying", AppealKind.HELP),
    "teacher": ("老师言行", "ethics", AppealKind.COMPLAINT),
    "lessons": ("上课、作业", "homework", AppealKind.HELP),
    "food": ("吃饭、校车", "canteen", AppealKind.HELP),
    "fees": ("收费", "fees", AppealKind.COMPLAINT),
    "admission": ("招生、转学", "admission", AppealKind.INQUIRY),
    "unsure": ("说不清，请学校看", "other", AppealKind.HELP),
}
WAYS = (("none", "不留\n凭查询码查，也能评价"), ("phone", "只留电话"), ("named", "留姓名和电话"))


class WordsField(forms.CharField):
    """Words of a person: kept as they are, but for what nobody can see or store. Too long is said, never cut."""

    def __init__(self, *, most: int, line: bool = False, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.most, self.clean_words = most, clean_line if line else clean_text

    def to_python(self, value: Any) -> str:
        try:
            return self.clean_words(str(value or ""), most=self.most)
        except TooLong as error:
            raise forms.ValidationError(str(error)) from error


class ReportForm(forms.Form):
    """Screen one of three."""

    kind = forms.ChoiceField(
        label="1. 什么事",
        help_text="选最接近的一个。",
        choices=[(code, words) for code, (words, _, _) in MATTERS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个最接近的。", "invalid_choice": "请选一个最接近的。"},
    )
    what = WordsField(
        label="2. 经过",
        help_text="时间、地点、谁、您希望怎么办。\n写不全也没关系，我们会再问您。",
        most=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    contact = forms.ChoiceField(
        label="3. 怎么联系您",
        help_text="老师平时看不到。要看，得先批准。",
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选怎么联系您。", "invalid_choice": "请选怎么联系您。"},
    )
    phone = WordsField(
        label="电话", most=40, line=True, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    phone_too = WordsField(
        label="电话", most=40, line=True, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    name = WordsField(
        label="姓名", most=20, line=True, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    klass = forms.ChoiceField(label="班级", required=False)
    secret = forms.BooleanField(label="请替我保密", required=False)
    hidden_from = WordsField(label="写上名字", most=60, line=True, required=False)
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    follow_ups = {"contact": {"phone": ("phone",), "named": ("name", "phone_too")}}

    def __init__(self, *args: Any, classes: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["klass"].choices = [("", "不填"), *classes]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "what" in said and len(said["what"]) < FEWEST_WORDS:
            self.add_error("what", f"请写几句经过，至少 {FEWEST_WORDS} 个字。")
        way = said.get("contact")
        field = {"phone": "phone", "named": "phone_too"}.get(str(way), "")
        digits = sum(sign.isdigit() for sign in said.get(field, ""))
        if field in said and digits < 7:
            self.add_error(field, "电话少了几位，请再看一遍。" if digits else "请写电话号码。")
        if way == "named" and "name" in said and len(said["name"]) < 2:
            self.add_error("name", "请写姓名，两个字以上。")
        return said


class CodeForm(forms.Form):
    """Sixteen digits, however they are typed."""

    code = forms.CharField(
        label="查询码",
        help_text="16 位数字，中间有没有空格都行。",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class MessageForm(forms.Form):
    message = WordsField(label="补充的话", most=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))


class ReasonForm(forms.Form):
    reason = WordsField(label="为什么（选填）", most=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class RateForm(forms.Form):
    satisfaction = forms.ChoiceField(
        label="这次答复，您满意吗？",
        help_text="老师看不到是谁评的。",
        choices=[
            (Satisfaction.SATISFIED.value, "满意"),
            (Satisfaction.BASICALLY.value, "基本满意"),
            (Satisfaction.DISSATISFIED.value, "不满意"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个。", "invalid_choice": "请选一个。"},
    )
    reason = WordsField(label="为什么（选填）", most=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
