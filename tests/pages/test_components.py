"""Parts of a page: what they say, and that they say it without colour, script or style."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from huying.rules.actors import NOBODY, Actor, PostFact
from huying.rules.case import UnitFact
from huying.rules.enums import ActorKind, PostKind, UnitLevel
from huying.web.components import fields, kit
from huying.web.components.parts import Phone, RailGroup, RailItem, parent_steps

pytestmark = pytest.mark.urls("tests.pages.kit_urls")
SCHOOL = UnitFact(1, "/1/", UnitLevel.SCHOOL)
LIN_JING = Actor(kind=ActorKind.STAFF, name="林静", posts=(PostFact(PostKind.DISPATCHER, SCHOOL),))


def draw(source: str, *, actor: Actor = NOBODY, cookies: str = "", **context) -> str:
    request = RequestFactory().get("/report/", HTTP_COOKIE=cookies)
    request.actor = actor
    return Template("{% load huying %}" + source).render(Context({"request": request, "now": kit.NOW, **context}))


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def test_a_chip_says_in_words_what_its_shape_shows():
    chips = draw("{% for due in dues %}{% chip due %}{% endfor %}", dues=kit._facts()["dues"])
    assert re.findall(r'class="chip (\w+)"', chips) == ["far", "soon", "late", "hold", "done"]
    assert text(chips) == (
        "还有 3 天，11月27日（周五） 还有 5 小时 12 分，今天 17:00 前 超 2 天 已暂停，等家长补充 按期办完"
    )


def test_a_chip_in_a_list_is_brief_and_says_what_is_due():
    due_at = kit.NOW.replace(hour=14, minute=0)
    assert text(draw("{% chip due_at brief=True after='分办' %}", due_at=due_at)) == "还有 2 小时分办"


def test_the_code_stands_in_four_groups_and_is_read_in_four_groups():
    assert text(draw("{% receipt_code '4821093755201163' %}")) == "查询码 4821 0937 5520 1163"
    assert draw("{{ '4821093755201163'|in_fours }}") == "4821 0937 5520 1163"


def test_an_icon_is_never_read_out():
    assert 'aria-hidden="true"' in draw("{% icon 'phone' %}")
    with pytest.raises(KeyError):
        draw("{% icon 'smile' %}")


def test_a_parent_sees_five_states_and_which_is_now():
    drawn = draw("{% steps steps %}", steps=parent_steps(now=1, days={0: kit.NOW, 1: kit.NOW}, notes=("交给班主任",)))
    assert re.findall(r'<li class="(\w+)"', drawn) == ["done", "now", "todo", "todo", "todo"]
    assert text(drawn) == ("已收到 （已过） 11月24日 已交办 （现在） 11月24日 交给班主任 办理中 已答复 已办结")
    assert drawn.count('aria-current="step"') == 1


def test_when_all_is_done_no_step_is_current():
    drawn = draw("{% steps steps %}", steps=parent_steps(now=4, days={}, finished=True))
    assert re.findall(r'<li class="(\w+)"', drawn) == ["done"] * 5


def test_the_record_opens_with_the_caller_and_closes_with_the_school():
    drawn = draw("{% timeline entries %}", entries=kit._entries())
    assert re.findall(r'<path class="(\w+)"', drawn) == ["ying", "hu", "ying", "hu"]
    assert text(drawn).startswith("班主任答复 11月27日（周五）16:20 家长补充一张照片")


def test_words_of_a_parent_stay_words():
    drawn = draw("{% notice words %}", words='<img src=x onerror="alert(1)">')
    assert "<img" not in drawn and "&lt;img" in drawn


def test_an_error_stands_at_the_field_and_in_the_summary_in_the_same_words():
    form = kit.ReportForm({"kind": "3", "what": "看不清", "contact": "none"})
    summary = draw("{% error_summary form kept='您选的和照片都还在。' %}", form=form)
    at_field = draw("{% field form.what %}", form=form)
    assert text(summary) == "还差一处 请写几句经过，至少 5 个字 您选的和照片都还在。"
    assert 'href="#id_what"' in summary and 'tabindex="-1"' in summary
    assert "请写几句经过，至少 5 个字" in text(at_field)
    assert 'class="f bad"' in at_field and 'aria-invalid="true"' in at_field
    described = re.search(r'aria-describedby="([^"]+)"', at_field)[1].split()
    assert [f'id="{name}"' in at_field for name in described] == [True, True]
    assert "看不清" in at_field


def test_a_missing_choice_is_linked_to_its_first_card():
    form = kit.ReportForm({"what": "孩子看不清黑板"})
    summary = draw("{% error_summary form %}", form=form)
    assert re.findall(r'href="#(\w+)"', summary) == ["id_kind_0", "id_contact_0"]
    assert text(summary).startswith("还差两处")
    assert 'id="id_kind_0"' in draw("{% field form.kind %}", form=form)


def test_no_mistake_no_summary():
    form = kit.ReportForm({"kind": "3", "what": "孩子看不清黑板", "contact": "none"})
    assert draw("{% error_summary form %}{% error_title form %}", form=form).strip() == ""


def test_how_many_are_missing_is_counted_as_people_count():
    assert [fields.how_many(count) for count in (1, 2, 9, 12)] == ["还差一处", "还差两处", "还差九处", "还差 12 处"]


def test_nothing_is_chosen_beforehand():
    assert " checked" not in draw("{% field form.kind %}{% field form.contact %}", form=kit.ReportForm())


def test_short_answers_stand_in_two_columns_and_the_long_one_alone():
    drawn = draw("{% field form.kind %}", form=kit.ReportForm())
    assert '<div class="two">' in drawn
    assert drawn.count('class="pick"') == 6 and drawn.count('class="pick w"') == 1


def test_a_follow_up_stands_under_its_own_card():
    drawn = draw("{% field form.contact %}", form=kit.ReportForm())
    phone_card, phone, name_card = (drawn.index(sign) for sign in ("只留电话", 'name="phone"', "留姓名和电话"))
    assert phone_card < phone < name_card
    assert 'data-when="contact=phone"' in drawn
    assert "凭查询码查，也能评价" in drawn


def test_optional_is_said_and_required_is_not_marked():
    drawn = draw("{% field form.photos %}{% field form.what %}", form=kit.ReportForm())
    assert text(drawn).count("（选填）") == 1 and "*" not in text(drawn)


def test_staff_see_the_same_field_closer_together():
    drawn = draw("{% field form.finding %}{% field form.first %}", form=kit.ReplyForm(), density="staff")
    assert '<div class="seg">' in drawn and 'class="lab"' in drawn
    assert '<span class="soft" id="id_first_helptext">打 / 用常用语</span>' in drawn


def test_sources_carry_their_key():
    drawn = draw("{% field form.source layout='keys' %}", form=kit.ReplyForm(), density="staff")
    assert re.findall(r'data-key="(\d)"', drawn) == ["1", "2", "3", "4", "5", "6"]
    assert text(drawn).startswith("来源 1 电话 2 来访")


def test_every_control_has_a_label():
    form = kit.ReportForm()
    drawn = draw(
        "".join("{% field form." + name + " %}" for name in form.fields if name not in ("phone", "name")), form=form
    )
    controls = re.findall(r'<(?:input|textarea|select)\b[^>]*\bid="(\w+)"', drawn)
    assert sorted(controls) == sorted(re.findall(r'<label[^>]*\bfor="(\w+)"', drawn))
    assert len(controls) == len(set(controls)) == 15


def test_a_hidden_field_draws_no_label():
    class Sealed(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    assert draw("{% field form.token %}", form=Sealed(initial={"token": "x"})).startswith('<input type="hidden"')


def test_the_page_around_says_who_looks_and_when():
    drawn = draw("{% watermark %}", actor=LIN_JING)
    assert drawn.count("林静（分办员） 2026-11-24 11:48") == 2
    assert 'aria-hidden="true"' in drawn


def test_size_goes_up_twice_and_back_down():
    assert "size=l&amp;next=%2Freport%2F" in draw("{% size_link %}")
    assert "更大" in draw("{% size_link %}", cookies="size=l")
    assert "size=&amp;" in draw("{% size_link %}", cookies="size=xl")
    assert draw("{% comfort_classes %}", cookies="size=xl; tone=dark") == "xl dark"
    assert draw("{% comfort_classes %}", cookies='size="><script>') == ""


def test_a_rate_never_stands_without_its_number():
    assert text(draw("{% rate 37 42 %}")) == "88% （37/42）"
    assert text(draw("{% rate 0 0 %}")) == "没有"


def test_a_sorted_column_says_so_and_the_others_offer_it():
    current = draw("{% sort_head '来件' 'count' current='count' %}")
    other = draw("{% sort_head '按期' 'on_time' current='count' %}")
    assert 'aria-sort="descending"' in current and "来件 ↓" in current
    assert 'href="?sort=on_time"' in other


def test_paging_offers_only_where_there_is_more():
    assert draw("{% older_newer %}").strip() == ""
    assert text(draw("{% older_newer older='?after=7' %}")) == "看早一些的"


def test_a_telephone_link_dials_digits_only():
    assert Phone("惠民服务站", "0500-622 0110").link == "tel:05006220110"


@pytest.mark.parametrize("page", ["parts", "public", "tray"])
def test_every_id_on_a_page_is_there_once(page):
    facts = {**kit._facts(), "is_demo": True, "rail": (RailGroup("", (RailItem("待分办", "#", 0),)),)}
    drawn = draw("{% include page %}", actor=LIN_JING, page=f"kit/{page}.html", **facts)
    ids = re.findall(r'\sid="([^"]+)"', drawn)
    assert sorted(ids) == sorted(set(ids))
    assert drawn.count("<h1") >= 1 and drawn.count("<main") == 1
    assert "演示" in drawn


def test_a_public_page_offers_the_way_out_and_help_in_the_same_order():
    drawn = text(draw("{% include 'kit/public.html' %}", **kit._facts()))
    order = ["跳到正文", "快速离开", "查进度", "打电话", "大字", "孩子正有危险", "隐私说明", "无障碍声明"]
    places = [drawn.index(words) for words in order]
    assert places == sorted(places)


def test_an_empty_pile_still_shows_its_number():
    drawn = draw("{% include 'components/rail.html' %}", rail=(RailGroup("", (RailItem("待分办", "#", 0),)),))
    assert text(drawn).startswith("待分办 0")


@pytest.mark.parametrize("page, words", [("404", "没有这一页"), ("500", "这一页出错了"), ("503", "现在提交不了")])
def test_a_failure_page_needs_nothing_and_says_what_to_do(page, words):
    drawn = Template("{% include '" + page + ".html' %}").render(Context())
    assert words in text(drawn) and "打电话" in text(drawn)


def test_a_service_that_is_down_gives_the_text_back():
    story = "孩子坐最后一排，看不清黑板，想请老师换到前面坐，也想知道多久换一次。"
    drawn = draw("{% include '503.html' %}", kept=[("what", story, True), ("kind", "3", False)], path="/report/")
    assert story in drawn and '<input type="hidden" name="kind" value="3">' in drawn
    assert "您写的还在这一页" in drawn
