"""The papers of talks, studies and supervision, put together for one reader: only cases they may see stand in them."""

from datetime import date

from huying.appeals.models import Appeal
from huying.appeals.sealedwords import marked
from huying.language import redaction
from huying.oversight import proceedings
from huying.oversight.models import Proceeding, RectificationItem
from huying.oversight.supervision import Supervised
from huying.papers.letters.interview import Commitment, InterviewFacts, InterviewRecord, interview, interview_record
from huying.papers.letters.issue import Issue
from huying.papers.letters.study import StudyFacts, study
from huying.papers.letters.supervision import SupervisedCase, SupervisionFacts, supervision
from huying.papers.official.document import Paper
from huying.people import queries as people
from huying.rules.actors import Actor
from huying.rules.enums import (
    InterviewGround,
    InterviewWeight,
    PostKind,
    ProceedingKind,
    ProceedingStage,
    SigningSide,
    State,
    UnitLevel,
)
from huying.rules.labels import label
from huying.rules.permissions import HEAD_OF_LEVEL
from huying.rules.workdays import local_day

NOTICE, RECORD, MINUTES = "notice", "record", "minutes"
SPOKEN = (ProceedingStage.HELD, ProceedingStage.UNDER_WAY, ProceedingStage.RAISED, ProceedingStage.CLOSED)


def kinds_of(proceeding: Proceeding) -> tuple[str, ...]:
    """The papers there are of it by now."""
    if proceeding.kind == ProceedingKind.INTERVIEW:
        is_spoken = proceeding.stage in SPOKEN and proceeding.interview.held_at is not None
        return (NOTICE, RECORD) if is_spoken else (NOTICE,)
    if proceeding.kind == ProceedingKind.STUDY and proceeding.study.decided_at is not None:
        return (MINUTES,)
    return ()


def paper_of(proceeding: Proceeding, kind: str, actor: Actor) -> Paper:
    """One of its papers, for this reader. The office gives it its 文号."""
    makers = {NOTICE: _notice, RECORD: _record, MINUTES: _minutes}
    return makers[kind](proceeding, actor)


def supervision_letter(one: Supervised, *, on: date) -> Paper:
    """The demand upon the unit that has the appeal in hand. Of what it says only the title goes out, masked."""
    appeal = one.appeal
    to = appeal.lead_unit or appeal.place
    case = SupervisedCase(appeal.number, _matter(appeal), _due_on(appeal), label(State(appeal.state)))
    return supervision(
        SupervisionFacts(
            issue=Issue(organ=_organ_of(one), on=local_day(one.at)),
            to=to.name,
            ground=f"{to.name}承办的{appeal.number}号诉求，需要督促办理。",
            cases=(case,),
            demands=(one.demand,),
            due_on=local_day(one.due_at) if one.due_at is not None else on,
        )
    )


def _organ_of(one: Supervised) -> str:
    return one.organ or one.appeal.organisation.name


def _matter(appeal: Appeal) -> str:
    return appeal.topic.name if appeal.is_sealed else redaction.masked(appeal.title)


def _due_on(appeal: Appeal) -> date | None:
    return local_day(appeal.next_due_at) if appeal.next_due_at is not None else None


def _issue(proceeding: Proceeding) -> Issue:
    return Issue(organ=proceeding.opened_in.name, on=local_day(proceeding.opened_at))


def _numbers(proceeding: Proceeding, actor: Actor) -> tuple[str, ...]:
    return tuple(one.number for one in marked(proceedings.cases_of(proceeding, actor)))


def _head_words(proceeding: Proceeding) -> str:
    return f"{proceeding.unit.name}{label(HEAD_OF_LEVEL[UnitLevel(proceeding.unit.level)])}"


def _ground(proceeding: Proceeding) -> str:
    said = proceeding.interview
    weight = "" if said.weight == InterviewWeight.TALK else f"{label(InterviewWeight.KEY_TALK)}："
    return f"{weight}{label(InterviewGround(said.ground))}。{said.reason}"


def _notice(proceeding: Proceeding, actor: Actor) -> Paper:
    said = proceeding.interview
    return interview(
        InterviewFacts(
            issue=_issue(proceeding),
            to=proceeding.unit.name,
            who=said.attendants or _head_words(proceeding),
            at=said.meets_at,
            place=said.place,
            ground=_ground(proceeding),
            cases=_numbers(proceeding, actor),
        )
    )


def _record(proceeding: Proceeding, actor: Actor) -> Paper:
    said = proceeding.interview
    signed = {row.side: row.person.name for row in proceeding.signatures.select_related("person")}
    is_running = proceeding.stage == ProceedingStage.UNDER_WAY
    return interview_record(
        InterviewRecord(
            issue=_issue(proceeding),
            unit=proceeding.unit.name,
            at=said.meets_at,
            place=said.place,
            host=signed.get(SigningSide.CALLER, f"{proceeding.opened_in.name}{label(PostKind(proceeding.opened_as))}"),
            guests=tuple(one for one in said.attendants.split("、") if one),
            recorder=_recorder(proceeding),
            ground=_ground(proceeding),
            cases=_numbers(proceeding, actor),
            shown=said.shown,
            answered=said.view,
            commitments=_commitments(proceeding),
            recheck_on=proceeding.next_on if is_running else None,
        )
    )


def _recorder(proceeding: Proceeding) -> str:
    wrote = proceeding.events.filter(act="hold_interview").select_related("person").first()
    return wrote.person.name if wrote is not None and wrote.person is not None else ""


def _commitments(proceeding: Proceeding) -> tuple[Commitment, ...]:
    rows = RectificationItem.objects.filter(proceeding=proceeding).select_related("owner").order_by("due_on", "pk")
    return tuple(Commitment(one.what, one.owner.name, one.due_on) for one in rows)


def _minutes(proceeding: Proceeding, actor: Actor) -> Paper:
    said = proceeding.study
    return study(
        StudyFacts(
            issue=_issue(proceeding),
            topic=said.topic.name if said.topic is not None else proceeding.title,
            at=said.meets_at,
            place=said.place,
            host=proceeding.opened_in.name,
            units=tuple(people.unit_names(proceeding.parties.values_list("pk", flat=True)).values()),
            problem=said.problem,
            causes=_lines(said.cause),
            decisions=_lines(said.measures),
            tasks=_commitments(proceeding),
            effect=f"比较决定前后各{said.effect_days}天的诉求量。",
            effect_on=proceeding.next_on if proceeding.stage == ProceedingStage.UNDER_WAY else None,
        )
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
