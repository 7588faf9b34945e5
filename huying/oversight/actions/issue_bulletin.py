from datetime import datetime

from django.db import transaction
from django.db.models import Max

from huying.appeals import seals
from huying.oversight import bulletinbook, bulletinfacts
from huying.oversight.models import Bulletin
from huying.people import keys
from huying.people.models import Unit
from huying.rules import chain
from huying.rules.actors import Actor
from huying.rules.enums import BulletinAct
from huying.rules.workdays import local_day
from huying.vault import signatures


@transaction.atomic
def issue_bulletin(bulletin: Bulletin, *, by: Actor, at: datetime) -> None:
    """The bulletin is out (印发): it has its number, its figures and words are signed with the seal's key, and a change
    of them no longer fits the signature. Raises NotYoursToDo or NotNow.
    """
    year = local_day(at).year
    serial = _next_serial(bulletin.unit, year=year)
    number = f"{bulletinfacts.sign_of(bulletin.unit)}〔{year}〕{serial}号"
    columns = {"number": number, "year": year, "serial": serial, "issued_at": at}
    record = bulletinbook.move(bulletin, BulletinAct.ISSUE, data={"number": number}, changes=columns, by=by, at=at)
    seal = seals.latest(bulletin.unit_id) or seals.newest()
    said = bulletinbook.statement(bulletin, at=chain.moment(record.at), seal=seal.digest if seal is not None else "")
    bulletin.statement = dict(signatures.sign(keys.ring(), said))
    bulletin.save(update_fields=["statement"])


def _next_serial(unit: Unit, *, year: int) -> int:
    """The next number of the year. Of two that are issued at once the constraint stops the second."""
    last = Bulletin.objects.filter(unit=unit, year=year).aggregate(last=Max("serial"))["last"] or 0
    return last + 1
