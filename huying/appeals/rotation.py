"""Keys are changed while the house goes on: new keys write at once, what older ones wrote is sealed anew in batches.

What is left to do is read from the rows themselves, so a run that was killed is simply run again.
"""

import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from huying.appeals import identities
from huying.channels import resealing
from huying.people import second_factors
from huying.people.keys import ring
from huying.vault import envelopes, keys
from huying.vault.keys import Purpose

BATCH = 200
ROTATED = (Purpose.FIELDS, Purpose.PHONE_INDEX)


def begin() -> bool:
    """New keys for fields and phones write from now on; False when an earlier rotation is not done yet."""
    if sum(left().values()):
        return False
    folder = Path(settings.KEYS_DIR)
    # Fields last: its key is what says that a rotation runs. Killed between the two, the next run makes both anew.
    keys.add_key(folder, Purpose.PHONE_INDEX)
    keys.add_key(folder, Purpose.FIELDS)
    return True


def left() -> dict[str, int]:
    """How many rows of each kind an older key still reads."""
    rows = {kind._meta.model_name: resealing.left(kind).count() for kind in resealing.SEALED}
    own = {"identity": identities.left().count(), "secondfactor": second_factors.left().count()}
    return own | {str(name): many for name, many in rows.items()}


def finish(*, batch: int = BATCH) -> int:
    """Every row is under the current keys; how many were sealed anew. Each batch is a transaction of its own."""
    done = _whole(lambda: identities.reseal(most=batch)) + _whole(lambda: second_factors.reseal(most=batch))
    return done + sum(_whole(lambda kind=kind: resealing.reseal(kind, most=batch)) for kind in resealing.SEALED)


def retire() -> list[str]:
    """The ids of older field and phone keys whose files are gone: nothing in the database needs them any more.

    Copies made before the rotation cannot be read without them: see `enclose`.
    """
    if sum(left().values()):
        return []
    old = [key for purpose in ROTATED for key in ring().newest_first(purpose)[1:]]
    for key in old:
        keys.retire_key(Path(settings.KEYS_DIR), key.purpose, key.id)
    return [key.id for key in old]


def enclose(file: Path) -> str:
    """The older keys lie in an envelope for the copies that need them; its code, empty where there is none to enclose.

    An envelope that lies there already is never written over.
    """
    old = [one for purpose in ROTATED for one in keys.older(Path(settings.KEYS_DIR), purpose)]
    if sum(left().values()) or not old:
        return ""
    code = envelopes.new_code()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(envelopes.seal(old, code=code))
        out.flush()
        os.fsync(out.fileno())
    return code


def unseal(file: Path, *, code: str) -> list[str]:
    """The keys of an envelope stand in their places and read again: how an older copy is put back. Raises KeyFault."""
    found = envelopes.open_(envelopes.read(file), code=code)
    for purpose, place, secret in found:
        keys.put_back(Path(settings.KEYS_DIR), purpose, place, secret)
    return [f"{purpose}-{place:04d}" for purpose, place, _ in found]


def _whole(step: Callable[[], int]) -> int:
    done = 0
    while True:
        with transaction.atomic():
            many = step()
        if not many:
            return done
        done += many
