"""What was entered at a counter becomes an appeal under the code that was read out, by hand or by the clock."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction

from huying.appeals import queries
from huying.appeals.actions.mark_safety import mark_safety
from huying.appeals.actions.register import Code, Intake, register
from huying.appeals.identities import Contact
from huying.appeals.models import Appeal
from huying.channels import inbox, intake_forms
from huying.channels.models import IntakeForm
from huying.people import calendars
from huying.people import queries as people
from huying.people.models import Unit
from huying.rules import workdays
from huying.rules.actors import Actor
from huying.rules.enums import AppealKind, PrivacyMode, RedLine


@transaction.atomic
def register_form(form: IntakeForm, *, by: Actor, at: datetime) -> Appeal:
    """The form is an appeal under its reserved code (代发), a red line when the clerk heard one. Raises FormStale when
    it is one already."""
    intake_forms.take(form)
    said = intake_forms.said_in(form)
    code = Code(digest=form.code_digest, key=form.code_key, is_spoken=True)
    appeal = register(_intake(said, form.unit, at=at), code=code, by=by, at=at)
    if said.get("red_line"):
        mark_safety(appeal, signal=RedLine(said["red_line"]), by=by, at=at)
    return appeal


def registered_from(form: IntakeForm, *, by: Actor) -> Appeal | None:
    """The appeal that was made of this form, when this person may see it."""
    return queries.visible_to(by).filter(receipt__digest=form.code_digest).order_by("pk").first()


def register_left_alone(*, at: datetime) -> int:
    """Forms left for half an hour are appeals with the words so far; how many."""
    done = 0
    for form in intake_forms.left_alone(at=at):
        by = people.actor_as(form.account.person, on=workdays.local_day(at))
        try:
            register_form(form, by=by, at=at)
        except intake_forms.FormStale:
            continue
        done += 1
    return done


def _intake(said: Mapping[str, str], school: Unit, *, at: datetime) -> Intake:
    channel = inbox.channel_by_code(said.get("channel", "")) or inbox.channel_by_code("phone")
    topic = queries.topic_by_code(said.get("topic", "")) or queries.topic_by_code("other")
    if channel is None or topic is None:
        raise LookupError("the rules that ship are not there; run huying setup")
    received = datetime.fromisoformat(said["received_at"]) if said.get("received_at") else at
    contact = Contact(name=said.get("name", ""), phone=said.get("phone", ""), relation=said.get("relation", ""))
    return Intake(
        place=people.unit(int(said["school"])) if said.get("school") else school,
        channel=channel,
        topic=topic,
        kind=AppealKind(said.get("kind") or AppealKind.HELP),
        body=said.get("what", "") or "（电话里还没有说完）",
        received_at=min(received, at),
        subjects=[said["subject"]] if said.get("subject") else [],
        privacy=_privacy(said, contact),
        contact=None if contact.is_empty else contact,
        klass=people.unit(int(said["klass"])) if said.get("klass") else None,
        external_ref=said.get("external_ref", "") if channel.is_outer else "",
        outer_due_at=_close_of(said.get("outer_due_on", "")) if channel.is_outer else None,
        twin=said.get("twin", ""),
        is_late=_is_late(min(received, at), at),
    )


def _privacy(said: Mapping[str, str], contact: Contact) -> PrivacyMode:
    if contact.is_empty:
        return PrivacyMode.ANONYMOUS
    return PrivacyMode.CONFIDENTIAL if said.get("secret") else PrivacyMode.OPEN


def _close_of(day: str) -> datetime | None:
    return calendars.national().close_of(date.fromisoformat(day)) if day else None


def _is_late(received: datetime, at: datetime) -> bool:
    """Entered later than one working day after it was received (补录)."""
    day = workdays.workday_after(calendars.national(), workdays.local_day(received), 1)
    return at > workdays.at_local(day, time(0)) + timedelta(days=1)
