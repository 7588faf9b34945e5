"""Bulletins of the school of the stories, as far as their hands have brought them."""

from huying.oversight import counting
from huying.oversight.actions.check_bulletin import check_bulletin
from huying.oversight.actions.draft_bulletin import draft_bulletin
from huying.oversight.actions.issue_bulletin import issue_bulletin
from huying.oversight.actions.sign_bulletin import sign_bulletin
from huying.oversight.models import Bulletin
from huying.rules.periods import Period
from tests.cast import Stage, at


def drafted(stage: Stage, *, month: str = "2026-11", unit: str = "school", by: str = "dispatcher") -> Bulletin:
    counting.count_due()
    return draft_bulletin(stage.units[unit], Period.month(month), by=getattr(stage, by), at=at(17))


def signed(stage: Stage, **fields: str) -> Bulletin:
    made = drafted(stage, **fields)
    check_bulletin(made, by=stage.inspector, at=at(17, 10))
    sign_bulletin(made, by=stage.principal, at=at(17, 20))
    return made


def issued(stage: Stage, **fields: str) -> Bulletin:
    made = signed(stage, **fields)
    issue_bulletin(made, by=stage.dispatcher, at=at(17, 30))
    return made
