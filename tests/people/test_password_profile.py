"""The profile of 等保: none of the last five passwords. Left off, nothing of it is asked and no old one kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from huying.people.actions.change_password import change_password
from huying.people.models import PastPassword
from huying.people.passwords import NotUsedLately
from tests.cast import at


@pytest.fixture
def teacher(stage):
    return stage.accounts["teacher"]


def walked(account, many):
    for number in range(many):
        change_password(account, password=f"Fengzheng 飞得高 {number}", at=at(9) + timedelta(days=number))


def is_refused(account, number) -> bool:
    try:
        NotUsedLately().validate(f"Fengzheng 飞得高 {number}", account)
    except ValidationError:
        return True
    return False


def test_the_last_five_may_not_come_again(teacher, settings):
    settings.MLPS = True
    walked(teacher, 7)
    # 6 is the present one, 2 to 5 the four before it.
    assert [is_refused(teacher, number) for number in range(8)] == [False, False, True, True, True, True, True, False]
    assert PastPassword.objects.filter(account=teacher).count() == 4


def test_left_off_no_old_password_is_kept(teacher, settings):
    settings.MLPS = False
    walked(teacher, 3)
    assert PastPassword.objects.count() == 0


def test_somebody_who_has_no_sign_in_yet_has_no_past(stage, settings):
    NotUsedLately().validate("Fengzheng 飞得高 1", None)


def test_the_past_of_another_is_no_matter(teacher, stage, settings):
    settings.MLPS = True
    walked(teacher, 3)
    assert not is_refused(stage.accounts["grade_head"], 1)
