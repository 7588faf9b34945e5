"""Intake forms in progress at a counter, sealed under a reserved 查询码; registered by hand or by the clock."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from huying.channels.models import IntakeForm
from huying.people.keys import ring
from huying.vault import fields
from huying.vault.codes import KeyedDigest

LEFT_ALONE = timedelta(minutes=30)
SENT_TWICE = timedelta(minutes=2)


class FormStale(Exception):
    """The form was saved in another window, or registered already. Nothing was written."""


def reserve(said: Mapping[str, str], *, code: KeyedDigest, account: int, unit: int, at: datetime) -> IntakeForm:
    """The entry is kept under a reserved code, once however often it is sent. It is not an appeal yet."""
    form, _is_new = IntakeForm.objects.get_or_create(
        code_digest=code.digest,
        defaults={
            "account_id": account,
            "unit_id": unit,
            "code_key": code.key_id,
            "sealed": _sealed(said, code.digest),
            "opened_at": at,
            "saved_at": at,
            "registers_at": at + LEFT_ALONE,
        },
    )
    return form


def is_open(form: IntakeForm) -> bool:
    """Whether it still waits to be registered."""
    return form.stage == IntakeForm.Stage.OPEN


def keep(form: IntakeForm, said: Mapping[str, str], *, at: datetime) -> None:
    """The entry is kept as it is now. `FormStale` when another window saved it since it was read."""
    mine = IntakeForm.objects.filter(pk=form.pk, version=form.version, stage=IntakeForm.Stage.OPEN)
    sealed = _sealed(said, form.code_digest)
    if not mine.update(sealed=sealed, saved_at=at, version=form.version + 1):
        raise FormStale("这张登记表在别的窗口改过，您写的还在下面。")
    form.sealed, form.saved_at, form.version = sealed, at, form.version + 1


def take(form: IntakeForm) -> None:
    """The form becomes an appeal now, and nobody else can make one of it."""
    mine = IntakeForm.objects.filter(pk=form.pk, stage=IntakeForm.Stage.OPEN)
    if not mine.update(stage=IntakeForm.Stage.REGISTERED):
        raise FormStale("这张登记表已经登记过了。")


def said_in(form: IntakeForm) -> dict[str, Any]:
    """What was entered."""
    return dict(fields.open_(ring(), form.sealed, row=f"intake:{form.code_digest}", field="said"))


def mine(account: int) -> list[IntakeForm]:
    """The open forms of one person, the newest first."""
    return list(IntakeForm.objects.filter(account_id=account, stage=IntakeForm.Stage.OPEN).order_by("-pk"))


def open_form(pk: int, *, account: int) -> IntakeForm | None:
    """One open form of one's own, or None."""
    return IntakeForm.objects.filter(pk=pk, account_id=account, stage=IntakeForm.Stage.OPEN).first()


def sent_twice(pk: int, *, account: int, at: datetime) -> IntakeForm | None:
    """One's own form when it was registered only just now: the same page came a second time."""
    just_now = Q(pk=pk, account_id=account, stage=IntakeForm.Stage.REGISTERED, saved_at__gte=at - SENT_TWICE)
    return IntakeForm.objects.filter(just_now).first()


def registered_since(account: int, *, since: datetime) -> int:
    """How many forms of one person are appeals since that moment."""
    done = IntakeForm.objects.filter(account_id=account, stage=IntakeForm.Stage.REGISTERED, saved_at__gte=since)
    return done.count()


def left_alone(*, at: datetime) -> list[IntakeForm]:
    """Forms whose half hour has passed."""
    due = IntakeForm.objects.filter(stage=IntakeForm.Stage.OPEN, registers_at__lte=at)
    return list(due.select_related("unit", "account__person__unit").order_by("registers_at")[:100])


def is_reserved(digests: list[str]) -> bool:
    """Whether one of these codes was read out and its form is not registered yet."""
    return IntakeForm.objects.filter(code_digest__in=digests, stage=IntakeForm.Stage.OPEN).exists()


def _sealed(said: Mapping[str, str], digest: str) -> str:
    return fields.seal(ring(), dict(said), row=f"intake:{digest}", field="said")
