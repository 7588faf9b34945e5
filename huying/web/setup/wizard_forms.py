"""What is asked while the first organisation is set up, one form a step."""

import re
from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.appeals import rulebook
from huying.appeals.arrangements.units import CODE
from huying.people.actions import found_organisation
from huying.rules.enums import AppealKind
from huying.rules.labels import label
from huying.web.setup.forms import SetupForm
from huying.web.setup.units import phone_field

LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,59}")
LINE = re.compile(r"(?P<name>[^\d\s]\S*?)[\s：:，,]*(?P<classes>\d{1,2})\s*个?班?")
MOST_GRADES = 20
MOST_CLASSES = 60
MOST_DAYS = 480
GRADES = "一年级 2\n二年级 2\n三年级 2\n四年级 2\n五年级 2\n六年级 2"
OFFICES = "校惠民中心\n教务处\n德育处\n总务处"


class OrganisationForm(SetupForm):
    """The centre and its first school."""

    centre = forms.CharField(
        label=gettext_lazy("县中心或主管单位的名称"), max_length=80, initial=gettext_lazy("县教育惠民服务中心")
    )
    centre_phone = phone_field(gettext_lazy("县中心的电话"))
    school = forms.CharField(label=gettext_lazy("学校名称"), max_length=80)
    code = forms.CharField(
        label=gettext_lazy("学校代码"),
        max_length=20,
        help_text=gettext_lazy("字母、数字、短横，如 lw。家长的网址里有它，定了不改"),
    )
    school_phone = phone_field(gettext_lazy("学校惠民服务站的电话"))

    def clean_code(self) -> str:
        if not CODE.fullmatch(self.cleaned_data["code"]) or self.cleaned_data["code"] == "county":
            raise forms.ValidationError(_("代码只能用字母、数字和短横"))
        return str(self.cleaned_data["code"])


class AdministratorForm(SetupForm):
    """Who sets the system up. What is kept of the password is its hash."""

    name = forms.CharField(label=gettext_lazy("系统管理员的姓名"), max_length=60)
    login = forms.CharField(
        label=gettext_lazy("登录名"), max_length=60, help_text=gettext_lazy("字母、数字、点和短横，至少两位")
    )
    password1 = forms.CharField(
        label=gettext_lazy("密码"),
        help_text=gettext_lazy("至少 8 位，越长越好，一句话也行"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=gettext_lazy("再写一遍"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, kept: str = "", centre: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept, self.centre = kept, centre
        if kept:
            for name in ("password1", "password2"):
                self.fields[name].required = False
            self.fields["password1"].help_text = _("已经定好；要换就重新写，不换就空着")

    def clean_login(self) -> str:
        if not LOGIN.fullmatch(self.cleaned_data["login"]):
            raise forms.ValidationError(_("登录名只能用字母、数字、点和短横，至少两位"))
        return str(self.cleaned_data["login"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, second = given.get("password1", ""), given.get("password2", "")
        if first != second and not self.errors.keys() & {"password1", "password2"}:
            self.add_error("password2", _("两遍写的不一样"))
        elif first:
            try:
                found_organisation.check_password(
                    first, login=given.get("login", ""), name=given.get("name", ""), centre=self.centre
                )
            except forms.ValidationError as weak:
                self.add_error("password1", weak)
        return given

    @property
    def hashed(self) -> str:
        """The password as it is kept: the new one, or the one before."""
        new = self.cleaned_data.get("password1", "")
        return make_password(new) if new else self.kept


class UnitsForm(SetupForm):
    """Grades with their classes, and offices, one a line."""

    grades = forms.CharField(
        label=gettext_lazy("年级和班数"),
        help_text=gettext_lazy("一行一个年级，后面写几个班"),
        max_length=2000,
        initial=GRADES,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    offices = forms.CharField(
        label=gettext_lazy("处室"),
        help_text=gettext_lazy("一行一个"),
        max_length=2000,
        required=False,
        initial=OFFICES,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_grades(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        found: list[tuple[str, tuple[str, ...]]] = []
        for number, line in enumerate(_lines(self.cleaned_data["grades"]), start=1):
            read = LINE.fullmatch(line)
            if read is None or not 1 <= int(read["classes"]) <= MOST_CLASSES:
                raise forms.ValidationError(_("第 %(n)d 行看不懂，请写成：三年级 4") % {"n": number})
            name = read["name"]
            grade = name if name.endswith("级部") else f"{name}部" if name.endswith("级") else name
            found.append((grade, tuple(f"{name}{one}班" for one in range(1, int(read["classes"]) + 1))))
        if len(found) > MOST_GRADES:
            raise forms.ValidationError(_("最多 %(most)d 个年级") % {"most": MOST_GRADES})
        return _once(tuple(found), [name for name, _classes in found])

    def clean_offices(self) -> tuple[str, ...]:
        names = _lines(self.cleaned_data["offices"])
        if any(len(name) > 40 for name in names) or len(names) > MOST_CLASSES:
            raise forms.ValidationError(_("处室名称最多 40 个字，最多 %(most)d 个处室") % {"most": MOST_CLASSES})
        return _once(tuple(names), names)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _once(value: Any, names: list[str]) -> Any:
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise forms.ValidationError(_("“%(name)s”写了两次") % {"name": twice})
    return value


class CalendarForm(SetupForm):
    """That somebody has looked at the calendar."""

    is_seen = forms.BooleanField(
        label=gettext_lazy("看过了，先按这个算"),
        help_text=gettext_lazy("以后可以在设置里改"),
        error_messages={"required": gettext_lazy("请看一下日历，再勾选")},
    )


class LimitsForm(SetupForm):
    """Within how many working days each kind is answered."""

    def __init__(self, *args: Any, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = [kind for kind, _value, _unit in rulebook.promised(on=on)]
        for kind, value, _unit in rulebook.promised(on=on):
            words = _("%(kind)s：几个工作日内答复") % {"kind": _(label(kind))}
            self.fields[kind.value] = forms.IntegerField(label=words, min_value=1, max_value=MOST_DAYS, initial=value)
        self.fields["source"] = forms.CharField(label=_("依据"), max_length=200, initial=_("本校规定"))

    @property
    def days(self) -> dict[AppealKind, int]:
        """Kind → working days."""
        return {kind: self.cleaned_data[kind.value] for kind in self.kinds}
