"""The gate before a text is public (domain §8.6): off until the unit's head opens it, written apart, two people,
nothing left in it that tells who, never a red line or a 举报. Software proposes what tells of a person; people decide.
"""

from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from huying.rules.actors import Actor
from huying.rules.case import CaseFacts, UnitFact
from huying.rules.enums import Action, ActorKind, PostKind, PublicationStanding, UnitLevel
from huying.rules.lifecycle import obstacles, rows_for
from huying.rules.permissions import PUBLISHERS, has_the_right, sees
from huying.rules.refusals import Refusal

DRAFTERS: Final = (PostKind.DISPATCHER, PostKind.COUNTY_DISPATCHER)
HEADS: Final = (PostKind.PRINCIPAL, PostKind.COUNTY_SUPERVISOR)
LONGEST_TITLE: Final = 40
LONGEST_TEXT: Final = 2000
# So many characters in a row that the parent wrote are their words, not the office's.
LONGEST_QUOTE: Final = 16
# What is never left in a public text, whoever asks: it can tell of nobody but a person.
NEVER_KEPT: Final = frozenset(
    {"id_number", "student_number", "birth", "wechat", "qq", "long_number", "plate", "email", "class"}
)


class NotPublishable(Refusal):
    """The text or the matter cannot be public as it is; the text says why."""


class NotYoursToPublish(Refusal):
    """This person may not do this with a public text."""


class Piece(NamedTuple):
    """A piece of personal data in a text: its kind as a code word, and its words."""

    kind: str
    words: str


def may_draft(actor: Actor, facts: CaseFacts, *, is_open: bool) -> bool:
    """Whether the actor may write a public text about this appeal now."""
    holds = any(post.unit.holds(facts.place.path) for post in actor.holding(*DRAFTERS))
    return is_open and holds and sees(actor, facts) and not _bars(facts)


def require_gate(facts: CaseFacts, *, is_open: bool) -> None:
    """Nothing happens when the matter may be published; NotPublishable otherwise."""
    if not is_open:
        raise NotPublishable("本单位还没有开放网上公开，由校长决定")
    bars = _bars(facts)
    if bars:
        raise NotPublishable(bars[0])


def _bars(facts: CaseFacts) -> tuple[str, ...]:
    """What speaks against it, by the table of the life cycle."""
    if not rows_for(Action.PUBLISH, facts, ActorKind.STAFF):
        return ("办结以后才能公开",)
    return obstacles(Action.PUBLISH, facts, kind=ActorKind.STAFF)


def require_drafter(actor: Actor, facts: CaseFacts) -> None:
    """A dispatcher who may know of the matter writes; nobody else."""
    if not sees(actor, facts) or not any(post.unit.holds(facts.place.path) for post in actor.holding(*DRAFTERS)):
        raise NotYoursToPublish("公开答复由分办员起草")


def may_decide(actor: Actor, facts: CaseFacts, *, drafter: int | None) -> bool:
    """Whether the actor is the second person: sees the matter, has the post, neither drafted nor handled."""
    return actor.person is not None and actor.person != drafter and has_the_right(actor, Action.PUBLISH, facts)


def require_decider(actor: Actor, facts: CaseFacts, *, drafter: int | None) -> None:
    """NotYoursToPublish unless the actor is the second person."""
    if actor.person == drafter:
        raise NotYoursToPublish("起草的人不能自己同意公开")
    if not may_decide(actor, facts, drafter=drafter):
        raise NotYoursToPublish("经办过这件事的人，和不在岗位上的人，不能决定公开")


def may_take_down(actor: Actor, facts: CaseFacts) -> bool:
    """Whether the actor may take a public text off the web."""
    return has_the_right(actor, Action.TAKE_DOWN, facts)


def require_standing(now: PublicationStanding, wanted: PublicationStanding) -> None:
    """The text stands where this step begins; NotPublishable otherwise."""
    if now is not wanted:
        raise NotPublishable("这一篇现在不能做这一步，可能别人已经做过")


def require_words(title: str, question: str, answer: str) -> None:
    """All three are written, and no longer than people read."""
    if not (title.strip() and question.strip() and answer.strip()):
        raise NotPublishable("题目、问的什么、怎么答的，都要写")
    if len(title) > LONGEST_TITLE:
        raise NotPublishable("题目最多 %(most)s 个字", most=LONGEST_TITLE)
    if max(len(question), len(answer)) > LONGEST_TEXT:
        raise NotPublishable("每段最多 %(most)s 个字", most=LONGEST_TEXT)


def require_own_words(written: Iterable[str], said: str) -> None:
    """The text is written apart: no long run of the parent's own words stands in it."""
    for text in written:
        quote = _longest_quote(text, said)
        if len(quote) > LONGEST_QUOTE:
            raise NotPublishable("“%(quote)s”是家长的原话，请换成自己的话", quote=quote[:LONGEST_QUOTE] + "…")


def _longest_quote(text: str, said: str) -> str:
    one, other = "".join(text.split()), "".join(said.split())
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[match.a : match.a + match.size]


def undecided(found: Iterable[Piece], kept: Collection[Piece]) -> tuple[Piece, ...]:
    """The pieces nobody has decided to leave in, each once; some can never be left in."""
    left = [one for one in found if one not in kept or one.kind in NEVER_KEPT]
    return tuple(dict.fromkeys(left))


def require_decided(found: Iterable[Piece], kept: Collection[Piece]) -> None:
    """Every piece that is still in the text was left in by a person, and none that never may be."""
    left = undecided(found, kept)
    if left:
        raise NotPublishable("还有 %(count)s 处看得出是谁，先逐处决定", count=len(left))


def require_reason(reason: str) -> None:
    """A reason was written."""
    if not reason.strip():
        raise NotPublishable("请写明理由")


def may_open(actor: Actor, unit: UnitFact) -> bool:
    """Whether the actor heads this very unit, and so decides whether it publishes."""
    return any(
        post.unit.id == unit.id and post.unit.level.tier >= UnitLevel.SCHOOL.tier for post in actor.holding(*HEADS)
    )


def require_head(actor: Actor, unit: UnitFact) -> None:
    """NotYoursToPublish unless the actor heads the unit."""
    if not may_open(actor, unit):
        raise NotYoursToPublish("开不开放公开，由本单位的负责人决定")


def is_publisher(actor: Actor) -> bool:
    """Whether the actor has anything to do with public texts."""
    return bool(actor.holding(*PUBLISHERS))
