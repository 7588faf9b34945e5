"""The demo is loaded once; what it prints is kept beside it, so that a second start prints the same."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from huying.appeals import queries
from huying.appeals.arrangements import approvals
from huying.ops import founding
from huying.ops.demo.county import PASSWORD, Builder, County
from huying.ops.demo.stories import Teller
from huying.people import queries as people
from huying.rules import numbers, workdays
from huying.rules.actors import TIMER
from huying.rules.enums import PostKind, State
from huying.rules.labels import label

SEED = 20261124
YEAR = 364
SHOWN = (State.HANDLING, State.CALLBACK, State.CLOSED)


class NotADemo(Exception):
    """The folder holds a real organisation: the demo does not touch it."""


@dataclass(frozen=True)
class Sheet:
    """What a visitor needs: accounts, their password, three receipts in different states."""

    accounts: list[tuple[str, str]]
    password: str
    receipts: list[tuple[str, str]]
    appeals: int
    people: int


def load(*, now: datetime) -> Sheet:
    """The demo stands; a second call finds it and changes nothing. `NotADemo` where something real stands."""
    mark = Path(settings.DEMO_MARK)
    if mark.exists():
        founding.prepare(at=now)
        said = json.loads(mark.read_text(encoding="utf-8"))
        return Sheet(**{**said, "accounts": [tuple(one) for one in said["accounts"]],
                        "receipts": [tuple(one) for one in said["receipts"]]})  # fmt: skip
    founding.prepare(at=now)
    if people.county() is not None:
        raise NotADemo("这个数据目录里已经有正式的单位。演示请另用一个目录：DATA_DIR=…")
    sheet = _tell(now)
    aside = mark.with_suffix(".new")
    aside.write_text(json.dumps(asdict(sheet), ensure_ascii=False), encoding="utf-8")
    aside.chmod(0o600)
    aside.rename(mark)
    return sheet


def _tell(now: datetime) -> Sheet:
    county = Builder(SEED, at=now).build()
    _sign_for_callers(county, now=now)
    teller = Teller(county, seed=SEED, now=now)
    told = [appeal.pk for appeal in teller.tell()]
    return Sheet(
        accounts=[(kind.value, label(kind)) for kind in PostKind],
        password=PASSWORD,
        receipts=_receipts(teller, county.schools[0].unit.pk),
        appeals=len(told),
        people=people.roster_of(county.unit.path).count(),
    )


def _sign_for_callers(county: County, *, now: datetime) -> None:
    """In each school whoever calls back may see the phone of an open appeal; who drew it up and who signed stand by."""
    keeper = county.acting(PostKind.SECURITY_ADMIN, county.unit)
    since = workdays.local_day(now) - timedelta(days=YEAR // 2)
    dates = {"since": since, "until": since + timedelta(days=YEAR)}
    for number, school in enumerate(county.schools, start=1):
        words = {"post": PostKind.CALLER, "document": f"澄教惠〔2026〕{number} 号"}
        drawn = approvals.propose(school.unit, **words, **dates, by=keeper, at=now)
        approvals.sign(drawn, by=county.acting(PostKind.PRINCIPAL, school.unit), at=now)


def _receipts(teller: Teller, school: int) -> list[tuple[str, str]]:
    """Three codes of the first school, each in another state."""
    found = []
    for state in SHOWN:
        appeal = queries.visible_to(TIMER).filter(place_id=school, state=state).order_by("-received_at").first()
        if appeal is not None:
            found.append((numbers.grouped(teller.codes[appeal.pk]), label(state)))
    return found


def states() -> Counter[str]:
    """How many appeals stand where."""
    return Counter(queries.visible_to(TIMER).values_list("state", flat=True))
