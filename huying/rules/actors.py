"""Who acts. Built once a request from the posts of today, so a change of post binds on the next request."""

from dataclasses import dataclass, field

from huying.rules.case import UnitFact
from huying.rules.enums import ActorKind, PostKind


@dataclass(frozen=True)
class PostFact:
    """A post held today, and the unit it is held in."""

    kind: PostKind
    unit: UnitFact


@dataclass(frozen=True)
class Actor:
    """Someone who acts, with all that the rules need to know of them.

    `superiors` are the persons who head a unit this person works in, `own_units` the units this person works in and
    those above them up to the school: an appeal about any of these is behind a wall.
    """

    kind: ActorKind
    account: int | None = None
    person: int | None = None
    name: str = ""
    posts: tuple[PostFact, ...] = ()
    home: UnitFact | None = None
    superiors: frozenset[int] = frozenset()
    own_units: frozenset[int] = frozenset()
    receipt: int | None = None
    appeals: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_staff(self) -> bool:
        return self.kind is ActorKind.STAFF

    @property
    def is_machine(self) -> bool:
        return self.kind in (ActorKind.TIMER, ActorKind.IMPORT)

    def holding(self, *kinds: PostKind) -> tuple[PostFact, ...]:
        """The posts of today that are of one of these kinds."""
        return tuple(post for post in self.posts if post.kind in kinds)

    @property
    def walled_persons(self) -> frozenset[int]:
        """Persons whose being complained about walls this actor off."""
        own = frozenset() if self.person is None else frozenset({self.person})
        return own | self.superiors


NOBODY = Actor(kind=ActorKind.NOBODY)
TIMER = Actor(kind=ActorKind.TIMER, name="系统定时")
IMPORT = Actor(kind=ActorKind.IMPORT, name="历史导入")


def holder(*, receipt: int, appeals: frozenset[int]) -> Actor:
    """The appellant, known by the receipt alone."""
    return Actor(kind=ActorKind.APPELLANT, name="家长", receipt=receipt, appeals=appeals)


FILER = Actor(kind=ActorKind.APPELLANT, name="家长")
