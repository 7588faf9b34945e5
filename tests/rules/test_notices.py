from datetime import date

import pytest

from huying.people import calendars
from huying.rules import notices
from huying.rules.notices import UnreadableNotice

OF_2026 = """国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""
# The notice of 2019 took a day off and a make-up Saturday from the December before.
OF_2019 = """一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。"""
OF_2020 = "七、国庆节、中秋节：10月1日至8日放假调休，共8天。9月27日（星期日）、10月10日（星期六）上班。"


def by_day(notice: notices.Notice) -> dict[date, bool]:
    return {one.day: one.is_workday for one in notice.days}


def test_the_notice_of_2026_read_from_its_words_is_what_everybody_knows_of_2026():
    read = notices.read_text(OF_2026, year=2026, source="国办发明电〔2025〕")
    assert by_day(read) == by_day(calendars.known_notice(2026))
    assert read.days[0].source == "国办发明电〔2025〕"
    assert {one.name for one in read.days} == {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}


def test_a_notice_may_take_days_of_the_december_before():
    days = by_day(notices.read_text(OF_2019, year=2019, source="通知"))
    assert days[date(2018, 12, 29)] is True
    assert days[date(2018, 12, 31)] is False
    assert days[date(2019, 1, 1)] is False
    assert days[date(2019, 2, 3)] is True


def test_one_item_may_be_two_holidays():
    days = notices.read_text(OF_2020, year=2020, source="通知").days
    assert len([one for one in days if not one.is_workday]) == 8
    assert days[1].name == "国庆节、中秋节"


def test_a_break_may_run_into_the_next_year():
    days = by_day(notices.read_text("一、元旦：12月31日至2日放假。", year=2028, source="通知"))
    assert sorted(days) == [date(2028, 12, 31), date(2029, 1, 1), date(2029, 1, 2)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("没有日期的文字", "没有 2027 年"),
        ("一、元旦：1月1日至3日。", "没有写放假还是上班"),
        ("一、元旦：好日子，放假。", "没有日期"),
        ("一、元旦：1月32日放假。", "不存在"),
        ("一、元旦：3日放假。", "没有月份"),
        ("一、元旦：1月1日至12月31日放假。", "起止日期不对"),
        ("一、元旦：1月1日放假。1月1日上班。", "又说放假又说上班"),
        ("一、元旦：1月1日放假。1月4日上班。", "周一"),
        ("一、元旦：2027年1月1日放假。2020年5月2日上班。", "不是 2027 年的"),
    ],
)
def test_what_is_not_understood_is_refused_by_its_words(text, why):
    with pytest.raises(UnreadableNotice, match=why):
        notices.read_text(text, year=2027, source="通知")


def test_a_sheet_says_date_worked_and_name():
    rows = [
        ["日期", "上班", "名称"],
        ["2027-01-01", "休息", "元旦"],
        [],
        ["2027/1/2", "休息", "元旦"],
        ["2027年1月3日", "0", None],
        ["2027-01-09", "上班", "元旦"],
        [date(2027, 1, 10), 1],
    ]
    days = by_day(notices.read_rows(rows, year=2027, source="表"))
    assert days == {
        date(2027, 1, 1): False,
        date(2027, 1, 2): False,
        date(2027, 1, 3): False,
        date(2027, 1, 9): True,
        date(2027, 1, 10): True,
    }


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["01/02/2027", "休息"], "第 2 行的日期"),
        (["2027-02-30", "休息"], "不存在"),
        (["2027-01-01", "?"], "第 2 行要写"),
    ],
)
def test_a_row_that_makes_no_sense_is_named(row, why):
    with pytest.raises(UnreadableNotice, match=why):
        notices.read_rows([["2027-01-02", "休息"], row], year=2027, source="表")


def test_two_holidays_on_one_day_are_called_by_both():
    rows = [["2028-10-03", "休息", "国庆节"], ["2028-10-03", "休息", "中秋节"], ["2028-10-03", "休息", "国庆节"]]
    assert notices.read_rows(rows, year=2028, source="表").days[0].name == "国庆节、中秋节"


def test_the_year_as_a_picture():
    picture = notices.picture(notices.read_text(OF_2026, year=2026, source="通知"))
    october = picture[picture.index("2026年10月") :]
    assert october[:4] == (
        "2026年10月",
        "周一  周二  周三  周四  周五  周六  周日",
        "                   1休   2休   3休   4休",
        " 5休   6休   7休   8     9    10班  11",
    )
