"""What is said on the phone, in the order in which it is said."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.channels import inbox
from huying.language import naming
from huying.language.naming import Named
from huying.language.words import TooLong, clean_line, clean_text
from huying.rules.enums import AppealKind, RedLine
from huying.rules.labels import choices, label
from huying.web.staff.clerk_lists import Counter, name_of

MOST_WORDS = 5000
LINES = ("phone", "name", "relation", "subject", "external_ref", "twin")
NAMED = ("school", "klass", "topic")
RARE = ("name", "relation", "subject", "received_at", "external_ref", "outer_due_on")


class SaidField(forms.CharField):
    """Words as they were typed; a NUL from a broken paste costs nobody the form."""

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value or "").replace("\0", ""))


def _named(words: str, *, hint: str) -> SaidField:
    """A field in which something is named by a few letters or digits; `data-named` lets a script show what is meant."""
    attrs = {"autocomplete": "off", "list": "", "data-named": ""}
    return SaidField(label=words, required=False, help_text=hint, widget=forms.TextInput(attrs=attrs))


class CounterForm(forms.Form):
    """Nothing is needed to save. What names nothing known is kept as it was typed, and asked about."""

    channel = forms.ChoiceField(label=gettext_lazy("来源"), widget=forms.RadioSelect, required=False)
    phone = SaidField(
        label=gettext_lazy("电话"), required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    )
    school = _named(gettext_lazy("学校"), hint=gettext_lazy("打拼音首字母"))
    klass = _named(gettext_lazy("班级"), hint=gettext_lazy("34 就是三年级4班"))
    kind = forms.ChoiceField(label=gettext_lazy("性质"), required=False)
    topic = _named(gettext_lazy("类别"), hint=gettext_lazy("两位数，或拼音首字母"))
    what = SaidField(
        label=gettext_lazy("内容"),
        required=False,
        strip=False,
        help_text=gettext_lazy("打 / 用常用语"),
        widget=forms.Textarea(attrs={"rows": 5, "data-phrases": ""}),
    )
    name = SaidField(label=gettext_lazy("姓名"), required=False)
    relation = SaidField(label=gettext_lazy("与孩子的关系"), required=False)
    subject = SaidField(label=gettext_lazy("反映的是谁"), required=False, help_text=gettext_lazy("只写对方说的名字"))
    secret = forms.BooleanField(label=gettext_lazy("对方要求保密"), required=False)
    received_at = forms.DateTimeField(
        label=gettext_lazy("收到时间"),
        required=False,
        help_text=gettext_lazy("不填就是现在"),
        widget=forms.TextInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    external_ref = SaidField(label=gettext_lazy("来件编号"), required=False, help_text=gettext_lazy("热线来件才填"))
    outer_due_on = forms.DateField(
        label=gettext_lazy("来件期限"),
        required=False,
        help_text=gettext_lazy("热线来件才填"),
        widget=forms.TextInput(attrs={"type": "date"}),
    )
    red_line = forms.ChoiceField(label=gettext_lazy("红线"), required=False, widget=forms.RadioSelect)
    twin = SaidField(required=False, widget=forms.HiddenInput)
    reply = SaidField(
        label=gettext_lazy("当场答复"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-phrases": ""}),
        help_text=gettext_lazy("已经答复了才写"),
    )

    def __init__(self, *args: Any, counter: Counter, **options: Any) -> None:
        super().__init__(*args, **options)
        self.counter = counter
        self.unsure: dict[str, str] = {}
        doors = [door for door in inbox.channels() if door.is_staffed]
        self.fields["channel"].choices = [(door.code, door.name) for door in doors]
        self.keys = {"channel": {door.code: door.key for door in doors}}
        self.fields["kind"].choices = [(kind.value, _(label(kind))) for kind in AppealKind]
        self.fields["red_line"].choices = [*((value, _(words)) for value, words in choices(RedLine)), ("", _("不是"))]
        if not counter.serves_many:
            del self.fields["school"]
        self.fields["what" if self.is_bound else "phone"].widget.attrs["autofocus"] = True
        for name in NAMED:
            if name in self.fields:
                self.fields[name].widget.attrs["list"] = f"{name}-list"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in (*LINES, *NAMED, "what", "reply"):
            if name in self.fields:
                self._tidy(name, said)
        school = self._meant("school", self.counter.schools, said, _("没有找到这所学校。改一改，或者空着。"))
        classes = self.counter.classes(int(school) if school else None)
        klass = self._meant("klass", classes, said, _("没有找到这个班。改一改，或者空着。"))
        topic = self._meant("topic", self.counter.topics, said, _("没有找到这个类别。改一改，或者空着。"))
        return said | {"school": school, "klass": klass, "topic": topic or "other"}

    def _tidy(self, name: str, said: dict[str, Any]) -> None:
        is_long = name in ("what", "reply")
        try:
            words = (
                clean_text(said.get(name, ""), most=MOST_WORDS) if is_long else clean_line(said.get(name, ""), most=80)
            )
        except TooLong as error:
            self.add_error(name, str(error))
        else:
            said[name] = words

    def _meant(self, field: str, named: list[Named], said: dict[str, Any], unknown: str) -> str:
        """The key of what was typed; what is not clear is asked about, and stops no saving."""
        typed = said.get(field, "")
        if not typed:
            return ""
        found = naming.only(typed, named)
        if found is not None:
            return found.key
        alike = naming.best(typed, named, most=4)
        likely = _("是哪一个：%(names)s？") % {"names": "、".join(one.name for one in alike)}
        self.unsure[field] = likely if alike else unknown
        return ""

    @property
    def has_rare_errors(self) -> bool:
        """Whether something is wrong among the fields that are folded away."""
        return any(name in self.errors for name in RARE)

    def settle(self) -> None:
        """The fields show in full what the letters and digits were taken for."""
        said = self.cleaned_data
        lists = {"school": self.counter.schools, "topic": self.counter.topics}
        lists["klass"] = self.counter.classes(int(said["school"]) if said["school"] else None)
        self.data = self.data.copy()
        for name, named in lists.items():
            if said[name] and name in self.fields and self.data.get(name) and name not in self.unsure:
                self.data[name] = name_of(said[name], named)

    def ask_again(self) -> None:
        """What was not clear stands at its field."""
        for name, words in self.unsure.items():
            self.add_error(name, words)

    def for_keeping(self) -> dict[str, str]:
        """What an intake form keeps."""
        said = self.cleaned_data
        plain = (*LINES, *NAMED, "channel", "kind", "what", "red_line")
        return {
            **{name: said.get(name, "") for name in plain},
            "secret": "yes" if said["secret"] else "",
            "received_at": said["received_at"].isoformat() if said["received_at"] else "",
            "outer_due_on": said["outer_due_on"].isoformat() if said["outer_due_on"] else "",
        }
