"""责任追究决定 as a paper: what was found, what the person said, what was decided, and how to object."""

from huying.appeals import parameters
from huying.oversight.accountability import DutyFile
from huying.papers.letters.accountability import AccountabilityFacts, accountability
from huying.papers.letters.issue import Issue
from huying.papers.official.document import Paper
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import accountability as rules
from huying.rules.enums import DutyAct, DutyFinding, DutyMeasure, UnitLevel
from huying.rules.labels import label
from huying.rules.workdays import local_day


def decision_of(file: DutyFile) -> Paper | None:
    """The decision in force, addressed to the person; None before anything is decided."""
    decision = file.last(DutyAct.DECIDE, DutyAct.DECIDE_OBJECTION)
    case = file.case
    if decision is None or case.served_at is None:
        return None
    organ = _organ(case.unit, decision.data["tier"])
    on = local_day(decision.at)
    facts = AccountabilityFacts(
        issue=Issue(organ=organ, number=case.number, on=on),
        who=f"{case.person.name}（{case.unit.name}）",
        found=f"{label(DutyFinding(case.finding))}：{case.found}",
        stated="\n".join(one.note for one in file.events if one.act in (DutyAct.STATE, DutyAct.ADD_STATEMENT)),
        weighed=f"经研究认为：{decision.note}",
        measure=f"{label(DutyMeasure(decision.data['measure']))}。",
        basis=tuple(row.source for row in rules.FINDINGS if row.word == case.finding),
        served_on=local_day(case.served_at),
        objection_days=0 if file.rules.has_objected else parameters.value("duty_objection_days", on=on),
        objection_to=_organ(case.unit, UnitLevel.COUNTY.tier),
    )
    return accountability(facts)


def _organ(unit: Unit, tier: int) -> str:
    """The unit of that tier over the person's own, in whose name it is decided."""
    above = list(people.units_above(unit.path))
    named = [one for one in above if UnitLevel(one.level).tier == tier]
    return named[0].name if named else above[0].name
