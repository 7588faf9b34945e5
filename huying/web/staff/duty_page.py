"""A case of 责任追究, and the chain of an appeal, as their pages draw them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huying.appeals.casefile import CaseFile
from huying.oversight import accountability
from huying.oversight.accountability import DutyFile
from huying.people import queries as people
from huying.rules.enums import Action, DutyAct, DutyFinding, DutyMeasure, DutyStage
from huying.rules.labels import label
from huying.rules.responsibility import Hold, Lapse
from huying.web.components import moments
from huying.web.components.parts import Entry
from huying.web.staff.duty_forms import TABLE
from huying.web.staff.sheet import clock_words


def page_of(file: DutyFile, *, view: str, paper: str, is_own: bool) -> dict[str, Any]:
    """What stands on the page of a case; `view` is where its acts are taken, `paper` where its decision is."""
    case = file.case
    moves = [TABLE[act.value] for act in file.acts if act.value in TABLE]
    return {
        "case": case,
        "is_own": is_own,
        "papers": [(kind.upper(), reverse(paper, args=[case.pk, kind])) for kind in ("docx", "pdf")]
        if case.measure
        else [],
        "finding": _(label(DutyFinding(case.finding))),
        "stage": _(label(DutyStage(case.stage))),
        "pairs": _pairs(file),
        "facts": [(fact.at, _(label(Action(fact.action))), fact.unit) for fact in file.facts],
        "statements": [(event.at, event.note, _told_by(event)) for event in file.events if event.act in STATING],
        "moves": [(move.words, reverse(view, args=[case.pk, move.act.value])) for move in moves],
        "entries": [_entry(event) for event in reversed(file.events)],
    }


STATING = (DutyAct.STATE, DutyAct.ADD_STATEMENT, DutyAct.WAIVE)


def _told_by(event: Any) -> str:
    is_own = event.act == DutyAct.ADD_STATEMENT or event.data.get("by_the_person")
    if event.act == DutyAct.WAIVE:
        return _("本人放弃陈述") if is_own else _("期限过了，没有陈述")
    return "" if is_own else _("由别人记下")


def _pairs(file: DutyFile) -> list[tuple[str, str]]:
    case, told = file.case, file.rules
    pairs = [(_("谁"), f"{case.person.name}（{case.unit.name}）"), (_("问题"), _(label(DutyFinding(case.finding))))]
    if case.stage == DutyStage.SERVED and case.heard_by is not None:
        pairs.append((_("陈述到"), moments.moment_words(case.heard_by)))
    proposal, decision = file.last(DutyAct.PROPOSE), file.last(DutyAct.DECIDE, DutyAct.DECIDE_OBJECTION)
    if told.proposed is not None and proposal is not None:
        pairs.append((_("建议"), _measure(proposal)))
    if decision is not None:
        pairs.append((_("决定"), _measure(decision)))
    if case.stage == DutyStage.DECIDED and not told.has_objected and case.objection_until is not None:
        pairs.append((_("申诉到"), moments.moment_words(case.objection_until)))
    return pairs


def _measure(event: Any) -> str:
    who = event.person.name if event.person is not None else ""
    words = _("%(measure)s（%(who)s，%(at)s）")
    measure = _(label(DutyMeasure(event.data["measure"])))
    return words % {"measure": measure, "who": who, "at": moments.short_moment_words(event.at)}


def _entry(event: Any) -> Entry:
    who = event.person.name if event.person is not None else ""
    what = _(label(DutyAct(event.act)))
    if event.data.get("measure"):
        what = _("%(what)s：%(measure)s") % {"what": what, "measure": _(label(DutyMeasure(event.data["measure"])))}
    harder = event.data.get("why_harder")
    note = "\n".join(part for part in (event.note, harder) if part)
    return Entry(_("%(who)s%(what)s") % {"who": who, "what": what}, event.at, note=note)


def chain_of(file: CaseFile) -> dict[str, Any]:
    """The chain of responsibility of an appeal, with the names of persons and units."""
    found = accountability.chain_of(file.appeal, at=file.at)
    units = people.unit_names({one.unit for one in (*found.holds, *found.lapses) if one.unit is not None})
    names = accountability.names_of({hold.person for hold in found.holds})
    holds = [_hold(hold, units, names) for hold in found.holds]
    lapses = [_lapse(one, found.holds, units, names) | {"what": clock_words(one, file)} for one in found.lapses]
    return {"holds": holds, "lapses": lapses}


def _hold(hold: Hold, units: dict[int, str], names: dict[int, str]) -> dict[str, Any]:
    return {
        "station": _("%(what)s（等家长补充）") % {"what": _(label(hold.station))}
        if hold.paused
        else _(label(hold.station)),
        "unit": units.get(hold.unit or 0, ""),
        "person": names.get(hold.person or 0, ""),
        "since": hold.since,
        "until": hold.until,
        "events": f"{hold.since_event}–{hold.until_event}" if hold.until_event else f"{hold.since_event}–",
        "worked": worked_words(hold.worked),
    }


def _lapse(lapse: Lapse, holds: tuple[Hold, ...], units: dict[int, str], names: dict[int, str]) -> dict[str, Any]:
    hold = holds[lapse.hold] if lapse.hold is not None else None
    return {
        "due_at": lapse.due_at,
        "unit": units.get(lapse.unit or 0, ""),
        "person": names.get(hold.person or 0, "") if hold is not None else "",
        "met_at": lapse.met_at,
        "over": worked_words(lapse.over),
        "event": hold.since_event if hold is not None else "",
    }


def worked_words(worked: timedelta) -> str:
    """Working time in words."""
    hours, minutes = divmod(int(worked.total_seconds()) // 60, 60)
    if not hours:
        return _("%(n)d 分钟") % {"n": minutes}
    return _("%(h)d 小时 %(m)d 分") % {"h": hours, "m": minutes} if minutes else _("%(n)d 小时") % {"n": hours}
