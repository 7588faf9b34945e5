from datetime import datetime

from django.db import IntegrityError, transaction

from huying.people.invitations import NoInvitation, still_open
from huying.people.models import Account, Invitation


def accept_invitation(invitation: Invitation, *, password: str, at: datetime) -> Account:
    """The person has a sign-in with a password that only they know, and the link opens nothing more.

    Raises NoInvitation when it was used, withdrawn or too old by now.
    """
    try:
        with transaction.atomic():
            if not still_open(at=at).filter(pk=invitation.pk).update(used_at=at):
                raise NoInvitation
            return _account(invitation, password=password, at=at)
    except IntegrityError as taken:  # the login went to somebody else a moment ago
        raise NoInvitation from taken


def _account(invitation: Invitation, *, password: str, at: datetime) -> Account:
    account = Account.objects.filter(person=invitation.person).first()
    if account is None:
        account = Account(person=invitation.person, login=invitation.login, created_at=at)
    account.set_password(password)
    account.must_change_password, account.password_set_at = False, at
    account.save()
    return account
