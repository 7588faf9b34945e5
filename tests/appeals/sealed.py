"""An appeal whose family left name and phone, and the steps towards seeing them."""

from datetime import date

from huying.appeals.actions.approve_unmask import approve_unmask
from huying.appeals.actions.request_unmask import request_unmask
from huying.appeals.arrangements import approvals
from huying.appeals.identities import Contact
from huying.rules.enums import ContactField, PrivacyMode, UnmaskPurpose
from tests import given
from tests.cast import at

ONE = at(13)
FAMILY = Contact(name="唐小雨", phone="138 0000 5678", relation="妈妈", child="唐果")


def in_hand(stage, **fields):
    """Handled by the class teacher, who does not know who filed."""
    return given.handled(stage, **{"contact": FAMILY, "privacy": PrivacyMode.OPEN, **fields})


def ask(appeal, *, by, hours=2, reason="要打电话问清楚座位", fields=(ContactField.PHONE,), moment=ONE):
    words = {"purpose": UnmaskPurpose.CALL, "fields": fields, "hours": hours, "reason": reason}
    request_unmask(given.fresh(appeal), **words, by=by, at=moment)
    return given.fresh(appeal)


def granted(stage, **fields):
    """The principal has agreed at 14:00, for two hours."""
    appeal = ask(in_hand(stage, **fields), by=stage.teacher)
    approve_unmask(appeal, by=stage.principal, at=at(14))
    return given.fresh(appeal)


def proposed(stage, post, *, since=date(2026, 9, 1), until=date(2027, 8, 31)):
    """Drawn up by the county's security administrator, and nothing yet."""
    words = {"document": "澄教惠〔2026〕3 号", "since": since, "until": until}
    return approvals.propose(stage.units["school"], post=post, **words, by=stage.security_admin, at=at(8))


def signed(stage, post, **dates):
    """And signed by the principal."""
    approval = proposed(stage, post, **dates)
    approvals.sign(approval, by=stage.principal, at=at(9))
    return approval
