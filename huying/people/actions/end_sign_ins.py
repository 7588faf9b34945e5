from datetime import datetime

from huying.people.models import Account, SignIn


def end_sign_in(account: Account, *, handle: str) -> int:
    """One session of this account is over; how many (0 when it is somebody else's, or gone already)."""
    keys = [one.session_key for one in account.sign_ins.all() if one.handle == handle]
    return SignIn.objects.filter(session_key__in=keys).delete()[0]


def end_sign_ins(account: Account, *, at: datetime, but: str = "") -> int:
    """All sessions of this account are over, save the one with this key; how many had still been open."""
    ended = account.sign_ins.exclude(session_key=but)
    count = ended.filter(expire_date__gt=at).count()
    ended.delete()
    return count
