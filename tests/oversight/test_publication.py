"""A public text: off until the head opens up, written apart, two people, nothing that tells who, gone by one click."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from huying.appeals.actions.dispute import dispute
from huying.appeals.actions.reopen import reopen
from huying.appeals.steps import NotAllowed, NotPossible
from huying.channels.models import Letter
from huying.oversight import publications
from huying.oversight.actions.approve_publication import approve_publication
from huying.oversight.actions.draft_publication import draft_publication
from huying.oversight.actions.redraft_publication import redraft_publication
from huying.oversight.actions.set_openness import set_openness
from huying.oversight.actions.take_down_publication import take_down_publication
from huying.oversight.actions.withhold_publication import withhold_publication
from huying.oversight.models import OpennessDecision, PublicationEvent, PublishedCase
from huying.oversight.publications import Missing, TakenDown
from huying.rules.enums import AppealKind
from huying.rules.publication import NotPublishable, NotYoursToPublish, Piece
from tests import given
from tests.appeals.ledger import event_of, record
from tests.cast import at
from tests.oversight.texts import DRAFT, drafted, fresh, opened, published


def write(stage, appeal, *, by="dispatcher", kept=(), **words):
    return draft_publication(appeal, draft=replace(DRAFT, **words), kept=kept, by=getattr(stage, by), at=at(9, day=26))


def trace(case):
    return [(one.act, one.person.name, one.reason) for one in publications.events_of(case)]


def told(kind):
    return sorted(Letter.objects.filter(kind=kind, person__isnull=False).values_list("person__name", flat=True))


def test_a_text_waits_is_agreed_to_by_another_person_and_is_public(stage):
    case = drafted(stage)
    assert (case.standing, case.month.isoformat(), case.school) == ("drafted", "2026-11-01", None)
    assert told("publication_drafted") == ["冯正", "赵明远"]
    with pytest.raises(Missing):
        publications.public_case(case.token)
    approve_publication(case, version=1, by=stage.inspector, at=at(10, day=26))
    shown = publications.public_case(case.token)
    assert (shown.title, shown.answer, shown.topic, shown.school) == (DRAFT.title, DRAFT.answer, "编班与座位", "")
    assert (shown.month.isoformat(), shown.published_on.isoformat()) == ("2026-11-01", "2026-11-26")
    assert trace(case) == [("draft", "林静", ""), ("approve", "冯正", "")]
    assert event_of(given.fresh(case.appeal)).action == "publish"
    assert record(given.fresh(case.appeal))["publication"] == case.token


def test_until_the_head_opens_up_nothing_is_drafted(stage):
    appeal = given.closed(stage)
    with pytest.raises(NotPublishable, match="还没有开放"):
        write(stage, appeal)
    opened(stage)
    opened(stage, is_open=False)
    with pytest.raises(NotPublishable, match="还没有开放"):
        write(stage, appeal)
    opened(stage)
    assert write(stage, appeal).standing == "drafted"
    assert [one.is_open for one in publications.decisions_of(stage.units["school"])] == [True, False, True]


def test_only_the_head_of_the_very_unit_opens_it_and_says_why(stage):
    school = stage.units["school"]
    for name in ("dispatcher", "inspector", "other_principal", "county_supervisor", "grade_head"):
        with pytest.raises(NotYoursToPublish):
            set_openness(school, is_open=True, reason="开放", by=getattr(stage, name), at=at(9))
    with pytest.raises(NotPublishable, match="理由"):
        set_openness(school, is_open=True, reason=" ", by=stage.principal, at=at(9))
    assert not publications.is_open(school)


def test_what_is_about_the_office_s_own_words_only(stage):
    opened(stage)
    said = "孩子坐最后一排，看不清黑板，想换到前面。"
    appeal = given.closed(stage)
    with pytest.raises(NotPublishable, match="家长的原话"):
        write(stage, appeal, question=f"家长说：{said}")
    for field in ("title", "question", "answer"):
        with pytest.raises(NotPublishable, match="都要写"):
            write(stage, appeal, **{field: " "})
    with pytest.raises(NotPublishable, match="最多 40 个字"):
        write(stage, appeal, title="题" * 41)
    with pytest.raises(NotPublishable, match="最多 2000 个字"):
        write(stage, appeal, answer="答" * 2001)
    assert not PublishedCase.objects.exists()


def test_what_tells_of_a_person_is_decided_piece_by_piece(stage):
    opened(stage)
    appeal = given.closed(stage)
    answer = "可以问王老师，电话0536-5550000。"
    with pytest.raises(NotPublishable, match="还有 2 处"):
        write(stage, appeal, answer=answer)
    with pytest.raises(NotPublishable, match="还有 1 处"):
        write(stage, appeal, answer=answer, kept=[Piece("phone", "0536-5550000")])
    kept = [Piece("phone", "0536-5550000"), Piece("name", "王"), Piece("name", "不在里面")]
    case = write(stage, appeal, answer=answer, kept=kept)
    assert publications.kept_of(case) == {Piece("phone", "0536-5550000"), Piece("name", "王")}
    approve_publication(case, version=1, by=stage.inspector, at=at(10, day=26))


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        ("孩子在三年级4班。", Piece("class", "三年级4班")),
        ("证号370000201501011234。", Piece("id_number", "370000201501011234")),
        ("出生于2017年9月22日。", Piece("birth", "2017年9月22日")),
    ],
)
def test_some_pieces_can_never_be_left_in(stage, words, piece):
    opened(stage)
    with pytest.raises(NotPublishable, match="还有 1 处"):
        write(stage, given.closed(stage), answer=words, kept=[piece])


def test_who_drafted_who_handled_and_who_stands_outside_do_not_agree(stage):
    case = drafted(stage)
    for name in ("dispatcher", "teacher", "grade_head", "caller", "clerk", "other_principal", "auditor"):
        with pytest.raises(NotYoursToPublish):
            approve_publication(case, version=1, by=getattr(stage, name), at=at(10, day=26))
        with pytest.raises(NotYoursToPublish):
            withhold_publication(case, reason="不合适", version=1, by=getattr(stage, name), at=at(10, day=26))
    assert fresh(case).standing == "drafted"


def test_only_a_dispatcher_drafts(stage):
    opened(stage)
    appeal = given.closed(stage)
    for name in ("teacher", "principal", "inspector", "other_dispatcher", "clerk", "mother"):
        with pytest.raises(NotYoursToPublish):
            write(stage, appeal, by=name)


def test_whoever_is_complained_about_knows_of_no_text_and_writes_none(stage):
    opened(stage)
    appeal = given.complaint_about(stage, "dispatcher")
    with pytest.raises(NotYoursToPublish):
        write(stage, appeal)
    case = drafted(stage)
    for name in ("other_principal", "teacher", "grade_head", "auditor"):
        assert list(publications.visible_to(getattr(stage, name))) == []
        with pytest.raises(Missing):
            publications.case_for(getattr(stage, name), case.token, at=at(10, day=26))


def test_what_is_open_a_report_or_public_already_is_not_drafted(stage):
    opened(stage)
    with pytest.raises(NotPublishable, match="办结以后"):
        write(stage, given.delivered(stage))
    with pytest.raises(NotPublishable, match="举报不单件公开"):
        write(stage, given.closed(stage, kind=AppealKind.REPORT, body="有人收钱。"))
    case = drafted(stage)
    with pytest.raises(NotPublishable, match="已经有一篇"):
        write(stage, case.appeal)


def test_a_second_person_agrees_to_the_version_they_read(stage):
    case = drafted(stage)
    words = replace(DRAFT, answer="两周换一次。")
    redraft_publication(case, draft=words, kept=(), version=1, by=stage.county_dispatcher, at=at(9, 30, day=26))
    with pytest.raises(NotPublishable, match="刚被改过"):
        approve_publication(fresh(case), version=1, by=stage.inspector, at=at(10, day=26))
    with pytest.raises(NotYoursToPublish, match="起草的人"):
        approve_publication(fresh(case), version=2, by=stage.county_dispatcher, at=at(10, day=26))
    # The school's dispatcher wrote the first version and not this one: the last pen is the drafter's.
    approve_publication(fresh(case), version=2, by=stage.dispatcher, at=at(10, day=26))
    assert publications.public_case(case.token).answer == "两周换一次。"
    with pytest.raises(NotPublishable, match="已经公开"):
        redraft_publication(fresh(case), draft=words, kept=(), version=3, by=stage.dispatcher, at=at(11, day=26))


def test_a_text_is_withheld_with_a_reason_and_the_drafter_is_told(stage):
    case = drafted(stage)
    with pytest.raises(NotPublishable, match="理由"):
        withhold_publication(case, reason=" ", version=1, by=stage.principal, at=at(10, day=26))
    withhold_publication(case, reason="一看就知道是哪个班", version=1, by=stage.principal, at=at(10, day=26))
    assert (case.standing, trace(case)[-1]) == ("withheld", ("withhold", "赵明远", "一看就知道是哪个班"))
    assert told("publication_withheld") == ["林静"]
    assert write(stage, given.fresh(case.appeal)).standing == "drafted"


def test_one_click_takes_it_off_the_web_and_the_trace_stays(stage):
    case = published(stage)
    take_down_publication(case, reason="家长不愿意", by=stage.dispatcher, at=at(11, day=26))
    with pytest.raises(TakenDown):
        publications.public_case(case.token)
    assert [one[0] for one in trace(case)] == ["draft", "approve", "take_down"]
    assert event_of(given.fresh(case.appeal)).action == "take_down"
    with pytest.raises(NotPublishable):
        take_down_publication(fresh(case), reason="再撤", by=stage.principal, at=at(12, day=26))
    second = write(stage, given.fresh(case.appeal))
    approve_publication(second, version=1, by=stage.principal, at=at(13, day=26))
    assert publications.public_case(second.token).title == DRAFT.title


def test_taking_down_takes_a_post_and_a_reason(stage):
    case = published(stage)
    with pytest.raises(NotAllowed):
        take_down_publication(case, reason="不好看", by=stage.teacher, at=at(11, day=26))
    with pytest.raises(NotPossible, match="请写明理由"):
        take_down_publication(fresh(case), reason="", by=stage.principal, at=at(11, day=26))
    assert publications.public_case(case.token).title == DRAFT.title


def test_what_is_disputed_or_opened_again_is_hidden_the_same_moment(stage):
    case = published(stage)
    dispute(given.fresh(case.appeal), reason="没有解决", by=stage.holding(case.appeal), at=at(11, day=26))
    with pytest.raises(TakenDown):
        publications.public_case(case.token)
    assert list(publications.search()) == []
    other = published(stage)
    reopen(given.fresh(other.appeal), reason="没有换座位", by=stage.inspector, at=at(12, day=26))
    with pytest.raises(TakenDown):
        publications.public_case(other.token)


def test_public_texts_are_found_by_every_word_and_by_topic(stage):
    one = published(stage)
    other = published(stage, title="食堂几点开饭", question="有人问开饭时间。", answer="十一点半。")

    def found(**asked):
        return [case.pk for case in publications.search(**asked)]

    assert found() == [other.pk, one.pk]
    assert found(words="座位 轮换") == [one.pk]
    assert found(words="座位 开饭") == []
    assert found(words="%") == []
    assert (found(topic="classing"), found(topic="canteen")) == ([other.pk, one.pk], [])
    assert [topic.code for topic in publications.public_topics()] == ["classing"]


def test_the_school_is_named_only_where_the_text_names_it(stage):
    assert publications.shown(drafted(stage, names_school=True)).school == "澄川县实验小学"


def test_the_record_is_never_edited(stage):
    case = published(stage)
    for rows in (PublicationEvent.objects.filter(case=case), OpennessDecision.objects.all()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(at=at(1))
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.delete()
    assert "座位" not in str([one.data for one in publications.events_of(case)])
