"""What the service says of itself, to everyone: whom to call, what is promised, what stays private."""

from datetime import date

import pytest

from huying.appeals import rulebook
from huying.appeals.models import Limit, ReadRecord
from huying.oversight import counting
from huying.rules.enums import AppealKind, ClockKind, LimitUnit
from huying.web.parents import month
from tests import given
from tests.cast import TODAY, at
from tests.pages.parent import everything, said

PAGES = ("/", "/s/school/", "/report/?school=school", "/progress/", "/open/", "/open/phones/", "/open/privacy/",
         "/open/accessibility/")  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_opens_without_a_session_and_says_how_to_leave(client, stage, address):
    page = client.get(address)
    assert (page.status_code, "快速离开" in page.content.decode(), "session" in client.cookies) == (200, True, False)


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_names_nobody_on_the_staff(client, stage, address):
    given.closed(stage)
    page = client.get(address).content.decode()
    assert not [name for name in ("王芳", "林静", "李强", "赵明远", "周敏") if name in page]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_only_shows_takes_no_posts_to_heart(client, stage, address):
    client.delete(address)
    client.put(address)
    assert everything() == []


def test_with_one_school_the_first_page_is_its_home(client, stage):
    _close(stage.units["other_school"])
    assert "有事跟学校说" in client.get("/").content.decode()


def _close(unit):
    unit.is_active = False
    unit.save()


def test_a_county_and_a_class_have_no_home(client, stage):
    assert [client.get(f"/s/{code}/").status_code for code in ("county", "class", "nowhere")] == [404, 404, 404]


def test_the_promise_is_the_table_of_limits(client, stage):
    rulebook.seed(since=date(2020, 1, 1))
    Limit.objects.filter(step=ClockKind.ANSWER, kind=AppealKind.HELP).update(value=4)
    assert (AppealKind.HELP, 4, LimitUnit.WORKING_DAYS) in rulebook.promised(on=TODAY)
    assert "求助 <b>4</b>" in client.get("/open/").content.decode()


def test_the_phones_go_from_the_school_to_the_county(client, stage):
    for code, number in (("school", "0500-622 0110"), ("county", "0500-622 0100")):
        unit = stage.units[code]
        unit.phone = number
        unit.save()
    page = client.get("/open/phones/").content.decode()
    assert page.index("0500-622 0110") < page.index("学校没办好，打县里") < page.index('href="tel:05006220100"')


def test_without_phones_the_page_says_so(client, stage):
    assert "电话还没有登记。" in client.get("/open/phones/").content.decode()


def test_a_home_counts_what_the_school_may_know_and_nothing_past_it(client, stage):
    given.closed(stage)
    given.complaint_about(stage, "teacher")
    client.post("/report/", said(hidden_from="校长"))
    given.complaint_about(stage, "principal")
    counting.count_due()
    shown = month.of_school(stage.units["school"], on=TODAY)
    assert (shown.received, shown.answered, shown.due) == (2, 1, 0)
    assert [(bar.month, bar.count) for bar in shown.bars][-2:] == [(10, 0), (11, 2)]


def test_the_privacy_page_speaks_of_children(client, stage):
    assert "不满十四岁的孩子，请家长来说。" in client.get("/open/privacy/").content.decode()


def test_whoever_looked_at_a_matter_is_on_record(client, stage, office):
    appeal = given.dispatched(stage)
    office.as_("teacher").get(f"/staff/appeals/{appeal.pk}/")
    assert ReadRecord.objects.filter(appeal=appeal, account=stage.accounts["teacher"]).exists()
    assert appeal.received_at == at(10, 12)


def test_a_home_draws_one_bar_a_month_and_says_them_too(client, stage):
    given.closed(stage)
    counting.count_due()
    drawn = month.bars([("2026-10", 2), ("2026-11", 4)])
    assert [(bar.month, bar.height, bar.is_current) for bar in drawn] == [(10, 53, False), (11, 106, True)]
    assert month.bars([("2026-10", 0), ("2026-11", 0)]) == ()
    page = client.get("/s/school/").content.decode()
    assert "每月来件：" in page


def test_a_home_counted_in_one_language_is_read_in_another(client, stage):
    given.closed(stage)
    counting.count_due()
    assert "11月" in client.get("/s/school/").content.decode()
    assert "11月" not in client.get("/s/school/", headers={"accept-language": "en"}).content.decode()
