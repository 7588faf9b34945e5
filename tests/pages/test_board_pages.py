"""The pages of leadership: the month of a school or a unit, the county's board, and the lists behind the numbers."""

import io
from datetime import date
from fractions import Fraction

import openpyxl
import pytest

from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.models import Parameter
from huying.oversight import counting
from huying.rules.enums import RedLine
from huying.web.staff.boards.county import Line
from tests import given
from tests.cast import at
from tests.oversight.seen import named

MONTH = "/staff/month/"
COUNTY = "/staff/county/"


def page(office, name, address=MONTH):
    return office.as_(name).get(address)


def said(office, name, address=MONTH):
    return page(office, name, address).content.decode()


def unit(stage, code):
    return f"/staff/unit/{stage.units[code].pk}/month/"


def cases(stage, code, part="n", school="school"):
    return f"/staff/unit/{stage.units[school].pk}/figures/{code}/{part}/"


def facts(office, name, address=MONTH):
    """The five sentences as numbers."""
    found = page(office, name, address).context
    five = found["five"]
    return {
        "received": five["received"].n,
        "on_time": five["on_time"].n,
        "called": five["called"].n,
        "satisfied": five["satisfied"].n,
        "open": found["open"],
    }


def test_five_sentences_say_the_month(office, stage):
    given.closed(stage)
    given.handled(stage)
    counting.count_due()
    # Nothing has fallen due yet, so nothing is on time or late.
    assert facts(office, "principal") == {"received": "2", "on_time": "0", "called": "1", "satisfied": "1", "open": 1}
    assert "件，上期 0 件" in said(office, "principal")


def test_every_number_leads_to_its_cases(office, stage):
    closed, open_ = given.closed(stage), given.handled(stage)
    counting.count_due()
    assert f'href="{cases(stage, "volume")}?"' in said(office, "principal")
    both = said(office, "principal", cases(stage, "volume"))
    assert closed.number in both and open_.number in both
    satisfied = said(office, "principal", cases(stage, "satisfied"))
    assert closed.number in satisfied and open_.number not in satisfied
    carried = said(office, "principal", cases(stage, "closure_rate", "all"))
    assert closed.number in carried and open_.number in carried


@pytest.mark.parametrize("tail", ["nonsense/n/", "volume/nonsense/", "__class__/n/"])
def test_a_figure_that_is_not_there_has_no_list(office, stage, tail):
    assert page(office, "principal", f"/staff/unit/{stage.units['school'].pk}/figures/{tail}").status_code == 404


def test_too_few_for_a_percentage_are_counts_and_nothing_is_a_dash(office, stage):
    given.closed(stage)
    counting.count_due()
    found = page(office, "principal").context
    once, found_true = found["five"]["once"], {one.name: one for one in found["rates"]}["不合理诉求满意率"]
    assert (once.n, once.N, once.percent, once.note) == ("1", "1", "", "数少，不算百分比")
    assert (found_true.n, found_true.N, found_true.percent) == ("0", "0", "—")


def test_whoever_is_complained_about_sees_no_difference(office, stage):
    given.closed(stage)
    counting.count_due()
    before = _plain(said(office, "inspector"))
    given.complaint_about(stage, "principal")
    named(stage, given.registered(stage), "inspector")
    counting.count_due()
    assert _plain(said(office, "inspector")) == before
    assert (facts(office, "inspector")["received"], facts(office, "principal")["received"]) == ("1", "2")


def _plain(html):
    """A page without what stands around it."""
    return html[html.index("<main") : html.index("</main>")]


def test_what_went_past_the_school_is_in_no_page_of_the_school_but_in_the_county_s(office, stage):
    given.closed(stage)
    about = given.complaint_about(stage, "principal")
    counting.count_due()
    for reader in ("principal", "inspector", "county_supervisor"):
        assert (
            facts(office, reader, unit(stage, "school") if reader == "county_supervisor" else MONTH)["received"] == "1"
        )
        assert about.number not in said(office, reader, cases(stage, "volume"))
    lines = {one.unit.code: one.received for one in page(office, "county_supervisor", COUNTY).context["lines"]}
    assert lines == {"school": 2, "other_school": 0}


def test_a_case_about_a_supervisor_is_not_on_their_board(office, stage):
    named(stage, given.registered(stage), "county_supervisor")
    counting.count_due()
    seen = [
        next(one.received for one in page(office, who, COUNTY).context["lines"] if one.unit.code == "school")
        for who in ("county_supervisor", "second_supervisor")
    ]
    assert seen == [0, 1]


def test_a_red_line_stands_on_top(office, stage):
    appeal = given.handled(stage)
    mark_safety(appeal, signal=RedLine.BULLYING, by=stage.dispatcher, at=at(13))
    counting.count_due()
    own = said(office, "principal")
    assert own.index("红线</span>") < own.index('class="five"')
    ten = page(office, "county_supervisor", COUNTY).context["ten"]
    assert [(one["unit"].code, one["reasons"][0].is_red) for one in ten] == [("school", True)]


def test_heads_have_their_own_unit_and_those_below(office, stage):
    given.closed(stage)
    given.closed(stage, lead="office", by="office_head", reviewer="principal")
    counting.count_due()
    assert page(office, "grade_head", "/staff/month/own/").headers["Location"] == unit(stage, "grade")
    assert facts(office, "grade_head", unit(stage, "grade"))["received"] == "1"
    assert facts(office, "teacher", unit(stage, "class"))["received"] == "1"
    assert page(office, "teacher", unit(stage, "grade")).status_code == 404
    assert page(office, "grade_head", unit(stage, "school")).status_code == 404
    assert page(office, "grade_head", unit(stage, "office")).status_code == 404
    lines = {one["unit"].code: one["work"].received for one in page(office, "principal").context["lines"]}
    assert lines == {"grade": 1, "office": 1}


def test_ratings_that_would_point_at_a_family_are_not_shown(office, stage):
    given.closed(stage)
    counting.count_due()
    found = page(office, "principal").context
    assert [one["is_hidden"] for one in found["lines"]] == [True]
    assert not found["has_ratings"]


@pytest.mark.parametrize("name", ["teacher", "clerk", "dispatcher", "grade_head", "auditor", "system_admin"])
def test_others_have_no_month_of_the_school(office, name):
    assert page(office, name).status_code == 404


@pytest.mark.parametrize("name", ["principal", "inspector", "dispatcher", "county_caller", "auditor"])
def test_the_county_s_board_is_the_county_s(office, name):
    assert page(office, name, COUNTY).status_code == 404


def test_another_school_s_principal_sees_nothing_of_this_one(office, stage):
    given.closed(stage)
    counting.count_due()
    assert facts(office, "other_principal")["received"] == "0"
    for address in (unit(stage, "school"), cases(stage, "volume"), unit(stage, "school") + "sheet/"):
        assert page(office, "other_principal", address).status_code == 404


@pytest.mark.parametrize(
    ("query", "since", "until"),
    [
        ("", date(2026, 11, 1), date(2026, 11, 30)),
        ("?month=2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("?span=term", date(2026, 9, 1), date(2027, 1, 31)),
        ("?span=year", date(2026, 1, 1), date(2026, 12, 31)),
        ("?span=range&since=2026-11-20&until=2026-11-03", date(2026, 11, 3), date(2026, 11, 20)),
        ("?span=range&since=nonsense&until=9999-99-99", date(2026, 11, 1), date(2026, 11, 24)),
        ("?month=2026-13&span=fortnight", date(2026, 11, 1), date(2026, 11, 30)),
        ("?month=%E4%BA%8C%E6%9C%88&topic=x&kind=y&tag=-1", date(2026, 11, 1), date(2026, 11, 30)),
        ("?month=2027-05", date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_any_days_may_be_asked_for_and_nonsense_is_this_month(office, stage, query, since, until):
    period = page(office, "principal", MONTH + query).context["asked"].period
    assert (period.since, period.until) == (since, until)


def test_a_month_that_begins_on_the_19th(office, stage):
    Parameter.objects.create(name="report_month_starts", value=19, valid_from=date(2026, 1, 1))
    look = page(office, "principal").context["asked"]
    assert (look.title, look.period.since, look.period.until) == ("2026年12月", date(2026, 11, 19), date(2026, 12, 18))
    assert (look.before.since, look.before.until) == (date(2026, 10, 19), date(2026, 11, 18))


def test_filters_narrow_every_number_and_every_list(office, stage):
    seat, lunch = given.handled(stage), given.handled(stage, topic="canteen", channel="phone")
    counting.count_due()
    query = f"?topic={lunch.topic_id}"
    assert facts(office, "principal", MONTH + query) == {
        "received": "1", "on_time": "0", "called": "0", "satisfied": "0", "open": 1,
    }  # fmt: skip
    listed = said(office, "principal", cases(stage, "volume") + query)
    assert lunch.number in listed and seat.number not in listed
    assert facts(office, "principal", MONTH + f"?channel={seat.channel_id}&kind=HELP")["received"] == "1"


def test_a_page_says_its_days_its_formula_and_what_is_left_out(office, stage):
    own = said(office, "principal")
    assert "2026年11月1日（周日）到2026年11月30日（周一）；公式第 1 版" in own and "关于本单位和负责人的件不在内" in own
    assert "按到期时间" in own and "期限内送达最终答复的" in own


def test_a_sheet_of_the_month_has_numbers_that_are_numbers(office, stage):
    given.closed(stage)
    counting.count_due()
    answer = page(office, "principal", unit(stage, "school") + "sheet/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["指标", "类别", "单位", "月份"]
    rows = {row[0]: row[1:4] for row in book["指标"].iter_rows(min_row=3, values_only=True)}
    assert rows["诉求量"] == (1, None, None) and rows["一次办结率"] == (1, 1, None)
    assert book["指标"].freeze_panes == "A3"
    assert book["月份"].cell(14, 1).value.date() == date(2026, 11, 1) and book["月份"].cell(14, 2).value == 1


def test_a_sheet_of_all_schools(office, stage):
    given.closed(stage)
    counting.count_due()
    book = openpyxl.load_workbook(io.BytesIO(page(office, "county_supervisor", COUNTY + "sheet/").content))
    rows = {row[0]: row[3] for row in book["学校"].iter_rows(min_row=3, values_only=True)}
    assert rows == {"澄川县实验小学": 1, "澄川县第二小学": 0}


def test_the_county_sees_where_to_look_and_why_and_reminds_from_there(office, stage):
    appeal = given.handled(stage)
    counting.count_due()
    office.clock_shows(at(9, day=9, month=12))
    board = said(office, "county_supervisor", COUNTY)
    assert "超时 1 件，最久" in board and 'name="school"' in board and "checked" in board
    asked = f"/staff/proceedings/remind/?school={stage.units['school'].pk}"
    form = page(office, "county_supervisor", asked).context["form"]
    assert form.initial["chosen"] == [f"appeal-{appeal.pk}"]
    assert appeal.number not in board


@pytest.mark.parametrize("sort", ["name", "per_1000", "received", "on_time", "satisfied", "open", "oldest", "nonsense"])
def test_the_table_of_schools_is_sorted_by_any_column(office, stage, sort):
    given.closed(stage)
    counting.count_due()
    answer = page(office, "county_supervisor", f"{COUNTY}?sort={sort}")
    assert answer.status_code == 200 and answer.content.decode().count("aria-sort") == 1


def test_too_few_have_no_place_in_the_order(office, stage):
    def line(pk, good, of):
        school = type("School", (), {"pk": pk, "position": pk})()
        return Line(school, of, (0, 0), (good, of), 0, None, Fraction(1), "", None, "")

    lines = [line(1, 9, 9), line(2, 9, 10), line(3, 0, 9), line(4, 5, 10)]
    order = sorted(lines, key=lambda one: one.order("satisfied", floor=10))
    assert [one.unit.pk for one in order] == [4, 2, 1, 3]


def test_a_silent_school_gets_no_medal(office, stage):
    """Nothing for a month, though something used to come: a reason to look, not to praise."""
    school = stage.units["other_school"]
    school.pupils = 900
    school.save()
    given.registered(stage, place=school, klass=None)
    counting.count_due()
    office.clock_shows(at(9, day=28, month=12))
    ten = page(office, "county_supervisor", COUNTY).context["ten"]
    reasons = {one["unit"].code: [reason.words for reason in one["reasons"]] for one in ten}
    assert "30 天没有来件" in reasons["other_school"]
    assert "30 天没有来件的学校：1 所。少不等于好" in said(office, "county_supervisor", COUNTY)


@pytest.mark.parametrize(("name", "address", "most"), [("principal", MONTH, 44), ("county_supervisor", COUNTY, 36)])
def test_a_board_costs_the_same_however_much_there_is(
    office, stage, name, address, most, django_assert_max_num_queries
):
    given.handled(stage)
    counting.count_due()
    client = office.as_(name)
    client.get(address)
    for _number in range(6):
        given.handled(stage, topic="canteen")
    given.closed(stage, lead="office", by="office_head", reviewer="principal")
    counting.count_due()
    with django_assert_max_num_queries(most):
        client.get(address)


def test_a_name_that_is_a_script_stays_a_name(office, stage):
    school = stage.units["school"]
    school.name = "<script>alert(1)</script>"
    school.save()
    given.closed(stage)
    counting.count_due()
    for name, address in (("principal", MONTH), ("county_supervisor", COUNTY)):
        assert "<script>alert" not in said(office, name, address)


def test_pictures_are_drawn_and_stand_as_a_table_too(office, stage):
    given.closed(stage)
    counting.count_due()
    own, all_schools = said(office, "principal"), said(office, "county_supervisor", COUNTY)
    assert '<svg class="ch" viewBox' in own and '<th scope="row">11月</th><td class="r">1</td>' in own
    assert '<svg class="ch" viewBox' in all_schools and '<svg class="ch ci-s" viewBox' in all_schools
    assert "&lt;svg" not in own + all_schools


def test_in_english_the_pages_speak_english(office, stage):
    given.closed(stage)
    counting.count_due()
    for name, address in (("principal", MONTH), ("county_supervisor", COUNTY)):
        html = office.as_(name).get(address, headers={"accept-language": "en"}).content.decode()
        assert "This month" in html and ">Nov</text>" in html and "换时间" not in html
