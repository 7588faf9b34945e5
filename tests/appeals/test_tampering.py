"""A thousand tamperings by one who owns the database; a thousand found with the seals that lie outside."""

import json
import random
from collections import Counter
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from huying.appeals import append_only, sealing, seals, verifying
from huying.appeals.verifying import Counted
from tests.appeals import tampering, town
from tests.appeals.tampering import Insider
from tests.cast import at


class Undo(Exception):
    """The database goes back to what it was before the tampering."""


def tampered(stage, *, times: int, seed: int) -> tuple[Counter, list[str]]:
    """How often each kind was done, and those that nobody found."""
    town.built(stage)
    outside = sealing.read(json.loads(json.dumps(seals.as_file(seals.make_now(at=at(18)), at=at(18)))))
    assert next(verifying.faults(Counted(), outside=outside), None) is None
    append_only.lift(None, SimpleNamespace(connection=connection))
    draw, done, missed = random.Random(seed), Counter(), []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED" if connection.vendor == "postgresql"
                       else "PRAGMA defer_foreign_keys = ON")  # fmt: skip
    while done.total() < times:
        try:
            with transaction.atomic():
                kind = one_act(Insider(draw))
                if kind:
                    done[kind] += 1
                    if next(verifying.faults(Counted(), outside=outside), None) is None:
                        missed.append(f"{done.total()}: {kind}")
                raise Undo
        except (Undo, IntegrityError):
            # What the database itself refuses is no tampering.
            continue
    return done, missed


def one_act(insider: Insider) -> str:
    """The name of the tampering; empty when the draw would have changed nothing."""
    kind = insider.draw.choice(tampering.KINDS)
    return kind.__name__ if kind(insider) else ""


def test_fifty_tamperings_are_found(stage):
    done, missed = tampered(stage, times=50, seed=7)
    assert missed == []
    assert len(done) >= 10


@pytest.mark.proof
def test_a_thousand_tamperings_are_found(stage):
    done, missed = tampered(stage, times=1000, seed=2026)
    assert missed == []
    assert set(done) == {kind.__name__ for kind in tampering.KINDS}
    print(sorted(done.items()))
