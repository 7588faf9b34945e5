"""Letters: what each must say, whatever else it says; and that none of them names who complained."""

from dataclasses import replace

import pytest

from huying.papers.letters.accountability import accountability
from huying.papers.letters.interview import interview, interview_record
from huying.papers.letters.notice import Told, notice
from huying.papers.letters.opinion import opinion
from huying.papers.letters.supervision import supervision
from huying.papers.official.as_html import html
from huying.papers.official.document import DRAFT, SigningLine
from tests.papers.letter_samples import (
    ACCOUNTABILITY,
    INTERVIEW,
    LETTERS,
    NOTICE,
    OPINION,
    RECORD,
    SUPERVISION,
)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("opinion", ["一、诉求事项", "二、调查核实情况", "三、处理意见", "30日内", "《信访工作条例》第三十五条"]),
        ("notice", ["延期办理告知书", "延至2026年11月20日前答复", "理由：", "《信访工作条例》第三十四条", "查询码"]),
        ("supervision", ["督办通知", "《信访工作条例》第三十九条", "SY-2026-00318", "2026年11月9日前"]),
        ("interview", ["约谈通知", "2026年11月5日9:30", "校长、分管副校长", "SY-2026-00301"]),
        ("interview_record", ["指出的问题", "被约谈单位说明", "整改事项", "2026年12月7日复查", "被约谈人（签名）"]),
        ("accountability", ["查明的事实", "本人陈述和申辩", "10个工作日内", "原决定人以外的人"]),
        ("study", ["联动商研纪要", "原因分析", "任务分工", "2027年1月5日检查成效"]),
        ("week", ["宣传周实施方案", "民有所呼，我有所应", "10月21日", "不得向家长预设回访答案"]),
        ("yearly", ["工作报告", "对照计数", "诉求人称没有联系", "下一年打算", "2027年1月4日9:00"]),
    ],
)
def test_a_letter_says_what_it_must(name, texts):
    page = html(LETTERS[name])
    assert [text for text in texts if text not in page] == []


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_a_letter_of_an_office_has_its_head_its_number_and_its_day(name):
    made = LETTERS[name]
    if name == "interview_record":
        assert (made.letterhead, made.signature) == (None, None)
        assert sum(isinstance(one, SigningLine) for one in made.blocks) == 3
    else:
        assert "〔2026〕" in made.letterhead.number
        assert made.signature.on is not None


@pytest.mark.parametrize(
    ("make", "facts"),
    [
        (opinion, OPINION),
        (notice, NOTICE),
        (supervision, SUPERVISION),
        (interview, INTERVIEW),
        (interview_record, RECORD),
        (accountability, ACCOUNTABILITY),
    ],
)
def test_a_letter_that_is_not_signed_is_marked(make, facts):
    assert make(facts).mark == ""
    assert make(replace(facts, issue=replace(facts.issue, is_draft=True))).mark == DRAFT


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (Told.TAKEN_ON, "决定予以受理，由总务处承办，于2026年11月20日前答复。"),
        (Told.REFUSED, "经审查，决定不予受理。"),
        (Told.REFERRED, "已转送总务处办理"),
        (Told.EXTENDED, "需延长办理期限，延至2026年11月20日前答复。"),
    ],
)
def test_a_notice_says_what_was_decided(told, text):
    assert text in html(notice(replace(NOTICE, told=told, unit="总务处")))


def test_a_matter_sent_elsewhere_without_a_name_is_still_a_sentence():
    assert "已转送有关单位办理" in html(notice(replace(NOTICE, told=Told.REFERRED, unit="")))


def test_without_a_body_above_no_review_is_promised():
    assert "复查请求" not in html(opinion(replace(OPINION, review_body="")))


def test_a_person_who_said_nothing_is_recorded_as_such():
    assert "本人未提出陈述和申辩。" in html(accountability(replace(ACCOUNTABILITY, stated="")))
