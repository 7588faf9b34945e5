"""Sheets of appeals: what this person may see, no more, with their name on it and a row in the log for each.

A sheet leaves the house and its walls behind, so it says less than the pages: no words of the family but the title, and
that with names and numbers masked; who filed only where a second person has agreed to it, appeal by appeal.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huying.appeals import facts, piles
from huying.appeals.actions.unmask import unmask
from huying.appeals.identities import Contact
from huying.appeals.models import Appeal, Event, Export, ReadRecord
from huying.language import redaction
from huying.language.contacts import without_contacts
from huying.papers import sheets
from huying.papers.sheets import Column, Form, Stamp
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules.actors import Actor
from huying.rules.enums import Action, AppealKind, ContactField, ExportPurpose, Finding, PostKind, State
from huying.rules.labels import label

MOST = 10_000
PAGE = "export"
LONGEST_GRANT = timedelta(hours=72)
SHOWN_WITH = ("channel", "topic", "place", "klass", "lead_unit", "in_charge")


class TooLarge(Exception):
    """More appeals than a sheet may hold; the text can be shown."""


@dataclass(frozen=True)
class Asked:
    """Which appeals: a pile, or those in which these words stand; of one kind, or of all."""

    pile: str = "all"
    words: str = ""
    kind: str = ""

    @property
    def kept(self) -> dict[str, str]:
        """As the log keeps it: whoever typed a phone number as a word did not mean to leave it here."""
        return {name: without_contacts(said) for name, said in vars(self).items() if said}


@dataclass(frozen=True)
class Made:
    """The sheet as it is handed over."""

    name: str
    data: bytes
    log: Export


def chosen(actor: Actor, asked: Asked, *, at: datetime) -> QuerySet[Appeal]:
    """The appeals that were asked for, as far as this person may see them; none for a pile that is not theirs."""
    pile = piles.named(asked.pile, actor)
    if asked.words:
        found = piles.found(actor, asked.words)
    else:
        found = piles.shown(pile, actor, at=at) if pile is not None else Appeal.objects.none()
    return found.filter(kind=asked.kind) if asked.kind else found


@transaction.atomic
def make(actor: Actor, asked: Asked, *, purpose: ExportPurpose, with_identities: bool, at: datetime) -> Made:
    """The sheet is made, and its log stands before anybody has it: one row for it, one for each appeal in it.

    Raises TooLarge, and then nothing is made.
    """
    rows = list(chosen(actor, asked, at=at).select_related(*SHOWN_WITH).order_by("-received_at", "-pk")[: MOST + 1])
    if len(rows) > MOST:
        raise TooLarge(_("超过 %(most)d 件，一次导不完。请先缩小范围。") % {"most": MOST})
    shown = _identities(actor, rows, at=at) if with_identities else {}
    mark = _watermark(actor, purpose, at=at)
    columns = [*_columns(), *(_identity_columns() if with_identities else [])]
    lines = [[*_line(one), *(_identity(shown.get(one.pk)) if with_identities else [])] for one in rows]
    stamp = Stamp(who=actor.name, at=at, purpose=_(label(purpose)))
    data = sheets.sheet(_("诉求"), columns, lines, watermark=mark, stamp=stamp)
    log = _recorded(actor, asked, rows, purpose=purpose, identities=len(shown), data=data, at=at)
    return Made(name=f"{_('诉求')}-{facts.local_day(at).isoformat()}-{log.pk}", data=data, log=log)


def log_of(actor: Actor) -> QuerySet[Export]:
    """Every sheet taken out by people of the organisations that this auditor looks after."""
    rows = Export.objects.none()
    for post in actor.holding(PostKind.AUDITOR):
        rows = rows | Export.objects.filter(place__path__startswith=post.unit.path)
    return rows.select_related("person", "place")


def _recorded(
    actor: Actor, asked: Asked, rows: Sequence[Appeal], *, purpose: ExportPurpose, identities: int, data: bytes, at: Any
) -> Export:
    records = [ReadRecord(appeal=one, account_id=actor.account, page=PAGE, at=at) for one in rows]
    ReadRecord.objects.bulk_create(records, batch_size=2000)
    return Export.objects.create(
        at=at,
        account_id=actor.account,
        person_id=actor.person,
        place=_place(actor),
        purpose=purpose,
        asked=asked.kept,
        rows=len(rows),
        identities=identities,
        digest=hashlib.sha256(data).hexdigest(),
    )


def _place(actor: Actor) -> Unit:
    """The organisation whose auditor sees it: the school this person works in, else the unit itself."""
    home = people.unit(actor.home.id)
    return people.school_of(home) or home


def _identities(actor: Actor, rows: Sequence[Appeal], *, at: datetime) -> dict[int, Contact]:
    """What a second person has agreed to show this person, by appeal. Each is a view like any other: it stands in the
    record, the auditor and the family are told. A standing approval is nobody's second look, and opens none here."""
    agreed = Event.objects.filter(action=Action.APPROVE_UNMASK, at__gt=at - LONGEST_GRANT, data__for=actor.person)
    last = {appeal: (moment, data["hours"]) for appeal, moment, data in agreed.values_list("appeal_id", "at", "data")}
    found = {}
    for appeal in [one for one in rows if one.pk in last]:
        moment, hours = last[appeal.pk]
        grant = facts.of(appeal, at=at).unmask_grant(actor.person)
        if grant is not None and grant.until == moment + timedelta(hours=hours):
            found[appeal.pk] = unmask(appeal, by=actor, at=at)
    return found


def _watermark(actor: Actor, purpose: ExportPurpose, *, at: datetime) -> str:
    said = {
        "who": actor.name,
        "when": at.astimezone(facts.SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        "what": _(label(purpose)),
    }
    return _("%(who)s %(when)s 导出，用来%(what)s。仅供内部使用，不得转发。") % said


def _columns() -> list[Column]:
    return [
        Column(_("编号")),
        Column(_("外部编号")),
        Column(_("收到"), Form.MOMENT, width=18),
        Column(_("渠道")),
        Column(_("类别"), width=8),
        Column(_("主题")),
        Column(_("事由"), width=40),
        Column(_("单位"), width=20),
        Column(_("主办"), width=20),
        Column(_("经办"), width=10),
        Column(_("状态"), width=10),
        Column(_("红线"), width=8),
        Column(_("到期"), Form.MOMENT, width=18),
        Column(_("轮次"), Form.NUMBER, width=8),
        Column(_("查明"), width=12),
        Column(_("办结"), Form.MOMENT, width=18),
    ]


def _line(appeal: Appeal) -> list[Any]:
    return [
        appeal.number,
        appeal.external_ref,
        appeal.received_at,
        appeal.channel.name,
        _(label(AppealKind(appeal.kind))),
        appeal.topic.name,
        "" if appeal.is_sealed else redaction.masked(appeal.title),
        (appeal.klass or appeal.place).name,
        appeal.lead_unit.name if appeal.lead_unit is not None else "",
        appeal.in_charge.name if appeal.in_charge is not None else "",
        _(label(State(appeal.state))),
        _("是") if appeal.safety else "",
        appeal.next_due_at,
        appeal.round,
        _(label(Finding(appeal.finding))) if appeal.finding else "",
        appeal.closed_at,
    ]


def _identity_columns() -> list[Column]:
    return [Column(_(label(name)), width=18) for name in ContactField]


def _identity(contact: Contact | None) -> list[str]:
    said: Mapping[str, str] = vars(contact) if contact is not None else {}
    return [said.get(name.value, "") for name in ContactField]
