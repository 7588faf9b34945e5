from datetime import datetime

from django.contrib.auth.hashers import check_password

from huying.people.models import Account, RecoveryCode, SecondFactor
from huying.people.second_factors import of, opened
from huying.vault import one_time


def pass_second_factor(account: Account, *, said: str, at: datetime) -> str:
    """What was used up: "code" of the telephone, "paper" for one on paper; empty when it was neither. Each counts once,
    whichever of many workers is asked, and however many are asked at the same moment."""
    factor = of(account.pk)
    if factor is None or factor.confirmed_at is None:
        return ""
    paper = one_time.paper_parts(said)
    if paper is not None:
        return "paper" if _uses_up(account, *paper, at=at) else ""
    step = one_time.matching_step(opened(factor, field="sealed"), said, at=at, after=factor.last_step)
    if step is None:
        return ""
    won = SecondFactor.objects.filter(pk=factor.pk, sealed=factor.sealed, last_step__lt=step).update(last_step=step)
    return "code" if won else ""


def _uses_up(account: Account, place: int, word: str, *, at: datetime) -> bool:
    kept = RecoveryCode.objects.filter(account=account, place=place, used_at=None).first()
    if kept is None or not check_password(word, kept.digest):
        return False
    return RecoveryCode.objects.filter(pk=kept.pk, used_at=None).update(used_at=at) == 1
