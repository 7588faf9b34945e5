"""The parts of the look on three pages, for those who build pages. Served in development only."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from huying.web.components.doors import open_to_all
from huying.web.components.due import due_words
from huying.web.components.moments import SHANGHAI
from huying.web.components.parts import Choice, Entry, Phone, RailGroup, RailItem, Step, parent_steps

NOW = datetime(2026, 11, 24, 11, 48, tzinfo=SHANGHAI)
COLOURS = (
    ("宣纸", "paper"),
    ("素笺", "card"),
    ("墨", "ink"),
    ("淡墨", "ink2"),
    ("黛", "brand"),
    ("黛晕", "brand-wash"),
    ("赭", "warm-line"),
    ("赭晕", "warm-wash"),
    ("朱砂", "danger-solid"),
    ("朱砂晕", "danger-wash"),
    ("竹", "ok"),
    ("竹晕", "ok-wash"),
)
KINDS = ("欺负、受伤", "老师言行", "上课、作业", "吃饭、校车", "收费", "招生、转学", "说不清，请学校看")


class ReportForm(forms.Form):
    """The parent's form, as an example of every kind of field."""

    use_required_attribute = False
    follow_ups = {"contact": {"phone": ("phone",), "named": ("name",)}}

    kind = forms.ChoiceField(
        label="1. 什么事",
        help_text="选最接近的一个。",
        choices=[(str(number), words) for number, words in enumerate(KINDS, start=1)],
        widget=forms.RadioSelect,
    )
    what = forms.CharField(
        label="2. 经过",
        help_text="时间、地点、谁、您希望怎么办。\n写不全也没关系，我们会再问您。",
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"min_length": "请写几句经过，至少 5 个字", "required": "请写几句经过，至少 5 个字"},
    )
    contact = forms.ChoiceField(
        label="3. 怎么联系您",
        help_text="老师平时看不到。要看，得先批准。",
        choices=[("none", "不留\n凭查询码查，也能评价"), ("phone", "只留电话"), ("named", "留姓名和电话")],
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(label="电话", required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    name = forms.CharField(label="姓名", required=False)
    photos = forms.FileField(label="照片、录音", required=False)
    secret = forms.BooleanField(label="请替我保密", required=False, help_text="办事的老师只看到事情")


class ReplyForm(forms.Form):
    """A handler's answer, in the staff's density."""

    use_required_attribute = False

    finding = forms.ChoiceField(
        label="查明的情况",
        choices=[("1", "属实"), ("2", "部分属实"), ("3", "不属实"), ("4", "无法查实")],
        widget=forms.RadioSelect,
    )
    first = forms.CharField(
        label="第 1 点：换到前排",
        help_text="打 / 用常用语",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写怎么处理的"},
    )
    unit = forms.ChoiceField(label="换一个单位", choices=[("1", "三年级 4 班"), ("2", "总务处")])
    source = forms.ChoiceField(
        label="来源",
        choices=[(str(n), w) for n, w in enumerate(("电话", "来访", "12345", "信箱", "接待日", "微信群"), start=1)],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="内部记录", required=False, widget=forms.Textarea(attrs={"rows": 1}))
    reasons = forms.MultipleChoiceField(
        label="用在哪里",
        choices=[("1", "打给家长，问清楚经过"), ("2", "约家长见面")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@open_to_all
def show(request: HttpRequest, page: str) -> HttpResponse:
    """One of the three pages of the kit."""
    if page not in ("parts", "public", "tray"):
        raise Http404
    return render(request, f"kit/{page}.html", _facts())


def _facts() -> dict[str, Any]:
    return {
        "now": NOW,
        "colours": COLOURS,
        "school_name": "澄川县实验小学",
        "unit_name": "澄川县实验小学 惠民中心",
        "phones": (
            Phone("澄川县实验小学惠民服务站", "0500-622 0110"),
            Phone("县教育惠民服务中心", "0500-622 0100"),
        ),
        "rail": _rail(),
        "dues": _dues(),
        "entries": _entries(),
        "parent_steps": parent_steps(
            now=3,
            days={0: NOW, 1: NOW, 2: NOW + timedelta(days=1), 3: NOW + timedelta(days=3)},
            notes=("班主任答复，级部主任看过。", "服务站 12月1日（周二）前回访您。"),
        ),
        "staff_steps": (
            Step("收到", "done", under="11月25日 8:05"),
            Step("已联系", "done", under="11月26日，电话接通"),
            Step("写结果", "now", under="现在"),
            Step("级部主任审核", "todo", under="交上去以后"),
        ),
        "receipt_pairs": (("联系您", "11月25日（周三）前"), ("答复您", "最晚 12月1日（周二）")),
        "choices": (Choice("全部", "?", 7, True), Choice("投诉", "?kind=1", 2), Choice("求助", "?kind=2", 3)),
        "blank": ReportForm(auto_id="blank_%s"),
        "report": ReportForm({"kind": "3", "what": "看不清", "contact": "phone", "phone": "139 0000 0000"}),
        "reply": ReplyForm({"finding": "1", "first": "", "unit": "1", "source": "1", "note": "近视名单共 7 人。"}),
    }


def _dues() -> tuple[Any, ...]:
    return (
        due_words(NOW + timedelta(days=3, hours=5), at=NOW),
        due_words(NOW + timedelta(hours=5, minutes=12), at=NOW),
        due_words(NOW - timedelta(days=2), at=NOW),
        due_words(NOW, at=NOW, held="等家长补充"),
        due_words(NOW, at=NOW, done_at=NOW),
    )


def _entries() -> tuple[Entry, ...]:
    return (
        Entry("班主任答复", NOW + timedelta(days=3, hours=4, minutes=32)),
        Entry("家长补充一张照片", NOW + timedelta(days=2, hours=7), is_caller=True),
        Entry("班主任打了电话，接通", NOW + timedelta(days=2, minutes=52)),
        Entry("家长提交", NOW - timedelta(hours=1, minutes=36), is_caller=True),
    )


def _rail() -> tuple[RailGroup, ...]:
    return (
        RailGroup("", (RailItem("待分办", "#", 7, True), RailItem("退单待批", "#", 1), RailItem("已派出", "#", 14))),
        RailGroup("要留意", (RailItem("红线", "#", 1), RailItem("快超时", "#", 2))),
        RailGroup("查看", (RailItem("全部", "#", 1204), RailItem("本月通报", "#"))),
    )


app_name = "kit"
urlpatterns = [path("<slug:page>/", show, name="show")]
