"""Builders that walk public texts by their real actions."""

from dataclasses import replace

from huying.appeals.models import Appeal
from huying.oversight.actions.approve_publication import approve_publication
from huying.oversight.actions.draft_publication import Draft, draft_publication
from huying.oversight.actions.set_openness import set_openness
from huying.oversight.models import PublishedCase
from tests import given
from tests.cast import Stage, at

DRAFT = Draft(
    title="座位怎么轮换",
    question="有家长问，教室里的座位多久换一次。",
    answer="班级两周轮换一次座位，视力不好的可以和班主任说。",
)


def opened(stage: Stage, *, unit: str = "school", by: str = "principal", is_open: bool = True) -> None:
    set_openness(stage.units[unit], is_open=is_open, reason="本学期起公开", by=getattr(stage, by), at=at(9))


def fresh(case: PublishedCase) -> PublishedCase:
    """The text as it stands in the database now."""
    return PublishedCase.objects.select_related("appeal", "drafted_by").get(pk=case.pk)


def drafted(stage: Stage, *, appeal: Appeal | None = None, by: str = "dispatcher", **words: object) -> PublishedCase:
    """A text about a closed appeal that waits for a second person; the school has opened up."""
    opened(stage)
    about = appeal or given.closed(stage)
    draft = replace(DRAFT, **words)
    return fresh(draft_publication(about, draft=draft, kept=(), by=getattr(stage, by), at=at(9, day=26)))


def published(stage: Stage, **more: object) -> PublishedCase:
    case = drafted(stage, **more)
    approve_publication(case, version=case.version, by=stage.inspector, at=at(10, day=26))
    return fresh(case)
