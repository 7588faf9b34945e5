"""Appeals, people and arrangements whose every word is a payload, walked through the real doors and steps."""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client

from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.actions.add_message import add_message
from huying.appeals.actions.answer import answer
from huying.appeals.actions.approve_answer import approve_answer
from huying.appeals.actions.ask import ask
from huying.appeals.actions.call_back import call_back
from huying.appeals.actions.contact import contact
from huying.appeals.actions.dispatch import dispatch
from huying.appeals.actions.rate import rate
from huying.appeals.actions.register import register
from huying.appeals.actions.request_extension import request_extension
from huying.appeals.actions.supervise import supervise
from huying.appeals.actions.withdraw import withdraw
from huying.appeals.identities import Contact
from huying.people import calendars
from huying.rules.enums import AppealKind, ContactWay, Satisfaction
from tests import given
from tests.cast import Stage, at
from tests.channels import samples
from tests.crawl.xss import fitting, stretches
from tests.pages.parent import everything, said

# Columns that hold words of people, wherever they stand; the ledger's own are written by the steps alone.
WORDS = {"name", "title", "phone", "address", "source", "external_ref", "petition_number", "device", "document"}
LEFT_OUT = {"people.setupchange", "appeals.parameter", "appeals.pulse", "appeals.export"}


# Those that the desk keeps: whoever is named has to be found before an appeal is sent on.
NAMING = (0, 3)


@dataclass
class Poisoned:
    """One that a parent filed with files, one with the desk, one in hand, one answered and rated, one withdrawn."""

    filed: Any
    waiting: Any
    handled: Any
    rated: Any
    withdrawn: Any

    @property
    def all(self) -> tuple[Any, ...]:
        return self.filed, self.waiting, self.handled, self.rated, self.withdrawn


def everything_poisoned(stage: Stage) -> Poisoned:
    """Every stored text is payloads: what is written in steps by the steps, the rest in its row."""
    calendars.seed_national(at=at(8))
    found = Poisoned(_filed(), _registered(stage, 0), _handled(stage), _rated(stage), _withdrawn(stage))
    fill_rows()
    return found


def fill_rows() -> None:
    """Names of units, people, topics, doors, calendars, and sources of every arrangement."""
    turn = count()
    for model in apps.get_models():
        if model._meta.label_lower in LEFT_OUT or not model.__module__.startswith("huying."):
            continue
        fields = [one for one in model._meta.fields if isinstance(one, models.CharField) and one.name in WORDS]
        for row in model._default_manager.all() if fields else ():
            values = {one.name: fitting(one.max_length or 200, turn=7 * next(turn)) for one in fields}
            model._default_manager.filter(pk=row.pk).update(**values)


def _filed() -> Any:
    """By a mother, on the pages, with a file whose name is a payload."""
    files = [
        SimpleUploadedFile(f"{name}.jpg", samples.told_jpeg(), content_type="image/jpeg")
        for name in ("<img src=x onerror=alert(1)>", '" onmouseover=alert(2) x="')
    ]
    form = said(
        kind="teacher",
        what=stretches(5)[0][:5000],
        contact="named",
        name=fitting(20, turn=11),
        phone_too="13900771401",
        hidden_from=fitting(60, turn=200),
        files=files,
    )
    answered = Client().post("/report/", form)
    assert answered.status_code == 200, answered.content.decode()[:2000]
    return everything()[-1]


def _registered(stage: Stage, part: int) -> Any:
    texts = stretches(5)
    left = Contact(
        name=fitting(60, turn=part),
        phone=fitting(40, turn=30),
        other=texts[part],
        relation=fitting(60, turn=90),
        child=fitting(60, turn=150),
    )
    words = {
        "body": texts[part],
        "wish": texts[part + 1],
        "items": [fitting(200, turn=40 * one + part) for one in range(5)],
        "subjects": [fitting(60, turn=200 + part)] if part in NAMING else [],
        "title": fitting(40, turn=120 + part),
        "external_ref": fitting(80, turn=200 + 40 * part),
        "contact": left,
    }
    channel = "hotline" if part in NAMING else "phone"  # a hotline sets a date of its own, and no extension passes it
    taken = given.intake(stage, channel=channel, kind=AppealKind.COMPLAINT, **words)
    return given.fresh(register(taken, code=given.code(), by=stage.dispatcher, at=at(10, 12)))


def _handled(stage: Stage) -> Any:
    appeal, texts = _registered(stage, 1), stretches(5)
    add_message(given.fresh(appeal), message=texts[3], by=stage.holding(appeal), at=at(10, 30))
    lead = stage.units["class"]
    dispatch(given.fresh(appeal), lead=lead, summary=texts[2], reason=texts[4], by=stage.dispatcher, at=at(11))
    acknowledge(given.fresh(appeal), by=stage.teacher, at=at(12))
    ask(given.fresh(appeal), question=texts[0], by=stage.teacher, at=at(12, 10))
    contact(given.fresh(appeal), way=ContactWay.PHONE, reached=True, note=texts[1], by=stage.teacher, at=at(12, 40))
    demand = {"demand": texts[2], "due_at": at(17, day=26), "reason": texts[3]}
    supervise(given.fresh(appeal), **demand, by=stage.county_supervisor, at=at(13))
    later = given.fresh(appeal).due_at + timedelta(days=3)
    request_extension(given.fresh(appeal), due_at=later, reason=texts[4], by=stage.teacher, at=at(14))
    return given.fresh(appeal)


def _rated(stage: Stage) -> Any:
    appeal, texts = _registered(stage, 2), stretches(5)
    dispatch(given.fresh(appeal), lead=stage.units["class"], summary=texts[0], by=stage.dispatcher, at=at(11))
    acknowledge(given.fresh(appeal), by=stage.teacher, at=at(12))
    contact(given.fresh(appeal), way=ContactWay.PHONE, reached=True, note=texts[1], by=stage.teacher, at=at(12, 40))
    fresh = given.fresh(appeal)
    items = dict(zip(fresh.items.values_list("pk", flat=True), texts, strict=False))
    written = replace(given.FULL, reply=texts[3], note=texts[4], policy=texts[0], evidence=texts[1], items=items)
    answer(fresh, draft=written, by=stage.teacher, at=at(14))
    approve_answer(given.fresh(appeal), checked=True, by=stage.grade_head, at=at(15))
    call_back(given.fresh(appeal), call=given.BAD_CALL, reason=texts[2], by=stage.caller, at=at(16))
    rating = {"satisfaction": Satisfaction.DISSATISFIED, "reason": texts[3]}
    rate(given.fresh(appeal), **rating, by=stage.holding(appeal), at=at(16, 30))
    return given.fresh(appeal)


def _withdrawn(stage: Stage) -> Any:
    appeal = _registered(stage, 3)
    withdraw(given.fresh(appeal), reason=stretches(5)[4], by=stage.holding(appeal), at=at(14))
    return given.fresh(appeal)
