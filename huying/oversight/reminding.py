"""Days of proceedings that come near, told once the day before and once the day after: to whoever it waits for."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from huying.channels import post
from huying.channels.models import Letter
from huying.oversight import proceedings
from huying.oversight.models import Proceeding, RectificationItem
from huying.people import queries as people
from huying.people.models import Person
from huying.rules.enums import PostKind, ProceedingStage
from huying.rules.workdays import local_day

A_DAY = timedelta(days=1)
Told = tuple[str, str, Proceeding, Person]


def remind_due(*, at: datetime) -> int:
    """Whoever something waits for by tomorrow, or waited for until yesterday, is told; how many letters that made.

    A round that was missed does no harm, nor does one too many: each day is told of under a key of its own.
    """
    on = local_day(at)
    wanted = [*_of_items(on), *_of_proceedings(on)]
    known = set(Letter.objects.filter(key__in=[key for key, *_ in wanted]).values_list("key", flat=True))
    return sum(_tell(one, on=on, at=at) for one in wanted if one[0] not in known)


def _tell(told: Told, *, on: date, at: datetime) -> int:
    key, kind, about, person = told
    if not proceedings.visible_to(people.actor_as(person, on=on)).filter(pk=about.pk).exists():
        return 0
    post.tell(kind, key=key, at=at, person=person.pk, number=about.number, data={"proceeding": about.pk})
    return 1


def _of_items(on: date) -> Iterator[Told]:
    rows = RectificationItem.objects.filter(
        done_at=None, due_on__lte=on + A_DAY, proceeding__stage=ProceedingStage.UNDER_WAY
    )
    for one in rows.select_related("proceeding", "owner__unit"):
        yield f"item.{one.pk}:{_when(one.due_on, on)}", "item_due", one.proceeding, one.owner


def _of_proceedings(on: date) -> Iterator[Told]:
    rows = Proceeding.objects.filter(stage__in=proceedings.OPEN, next_on__lte=on + A_DAY)
    for one in rows.select_related("opened_in"):
        holders = people.holders(unit=one.opened_in_id, kind=PostKind(one.opened_as), on=on).select_related("unit")
        for person in holders:
            said = f"{one.stage}.{one.next_on:%Y%m%d}:{_when(one.next_on, on)}"
            yield f"proceeding.{one.pk}.{said}:p{person.pk}", "proceeding_due", one, person


def _when(due_on: date, on: date) -> str:
    return "late" if due_on < on else "due"
