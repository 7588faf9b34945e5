"""Who filed is sealed apart from what was filed, from the first moment."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from huying.appeals.models import Appeal, Identity
from huying.people.inserts import PreparedInsert
from huying.people.keys import ring
from huying.vault import codes, fields


@dataclass(frozen=True)
class Contact:
    """Name and ways to reach someone, as they gave them; each may be empty."""

    name: str = ""
    phone: str = ""
    other: str = ""
    relation: str = ""
    child: str = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.name, self.phone, self.other, self.relation, self.child))


def seal(appeal: Appeal, contact: Contact) -> None:
    """The contact is stored encrypted, bound to this appeal; the phone can be found again by its keyed digest."""
    if contact.is_empty:
        return
    plain = {
        "name": contact.name,
        "phone": contact.phone,
        "other": contact.other,
        "relation": contact.relation,
        "child": contact.child,
    }
    _NEW.one(
        Identity(
            appeal=appeal,
            sealed=fields.seal(ring(), plain, row=_place(appeal.pk), field="identity"),
            phone_index=_index(contact.phone),
            has_phone=bool(contact.phone),
            has_name=bool(contact.name),
        )
    )


_NEW = PreparedInsert(Identity)


def _index(phone: str) -> str:
    try:
        return codes.phone_index(ring(), phone).digest if phone else ""
    except codes.NotAPhone:
        # What was left is kept as it is: a strange number never stops a filing.
        return ""


def opened(appeal: Appeal) -> Contact | None:
    """The contact as it was left, for the system's own use; people read it only through the gate of unmasking."""
    row = Identity.objects.filter(appeal=appeal).first()
    if row is None:
        return None
    return Contact(**fields.open_(ring(), row.sealed, row=_place(appeal.pk), field="identity"))


def is_left(appeal: Appeal) -> bool:
    """Whether anything was left by which the appellant could be known."""
    return Identity.objects.filter(appeal=appeal).exists()


def opened_part(appeal: Appeal, fields_named: Iterable[str]) -> Contact:
    """Only these parts of the contact; the others stay empty."""
    whole = opened(appeal) or Contact()
    return Contact(**{name: getattr(whole, name) for name in fields_named})


def has_phone(appeal: Appeal, phone: str) -> bool:
    """Whether this is the number that was left with the appeal; nobody learns which one was."""
    try:
        asked = [one.digest for one in codes.candidate_indexes(ring(), phone)]
    except codes.NotAPhone:
        return False
    return Identity.objects.filter(appeal=appeal, phone_index__in=asked).exclude(phone_index="").exists()


def indexes_of(phone: str) -> list[str]:
    """The keyed digests under which a phone may be stored; none for what is no phone."""
    try:
        return [one.digest for one in codes.candidate_indexes(ring(), phone)] if phone else []
    except codes.NotAPhone:
        return []


def left() -> QuerySet[Identity]:
    """The identities that an older key sealed, in order."""
    return Identity.objects.exclude(sealed__startswith=fields.prefix(ring())).order_by("pk")


def reseal(*, most: int) -> int:
    """Up to so many identities are under the current keys, with the index of their phone; how many were looked at."""
    rows = list(left()[:most])
    for row in rows:
        plain = fields.open_(ring(), row.sealed, row=_place(row.appeal_id), field="identity")
        sealed = fields.reseal(ring(), row.sealed, row=_place(row.appeal_id), field="identity")
        mine = Identity.objects.filter(pk=row.pk, sealed=row.sealed)
        mine.update(sealed=sealed, phone_index=_index(plain["phone"]))
    return len(rows)


def erase(appeal: Appeal) -> bool:
    """Nobody can tell any more who filed; whether there was anything to erase."""
    return bool(Identity.objects.filter(appeal=appeal).delete()[0])


def _place(appeal: int) -> str:
    return f"appeal:{appeal}"
