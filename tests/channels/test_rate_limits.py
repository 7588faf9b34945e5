"""Limits: people get through, machines do not, and no address is remembered."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from huying.channels import limits
from huying.channels.limits import Allowances, TooMany
from huying.channels.models import Counter

MORNING = datetime(2026, 11, 24, 0, 12, tzinfo=UTC)
HERE, THERE = "a1" * 16, "b2" * 16


def file_one(*, address: str = HERE, school: str = "DEMO-SY", at: datetime = MORNING, **more) -> None:
    limits.require_filing(address=address, school=school, at=at, **more)


@pytest.mark.django_db
def test_thirty_filings_an_hour_pass_from_one_address_to_one_school():
    for _ in range(30):
        file_one()
    with pytest.raises(TooMany, match="请拨打电话反映") as refused:
        file_one()
    assert refused.value.wait == timedelta(minutes=48)
    file_one(address=THERE)
    file_one(school="DEMO-EY")
    file_one(at=MORNING + timedelta(hours=1))


@pytest.mark.django_db
def test_the_schools_own_network_files_on_but_not_beyond_the_whole():
    few = Allowances(filings=2, filings_in_all=5)
    for _ in range(5):
        file_one(is_known_network=True, allowances=few)
    with pytest.raises(TooMany, match="提交的人太多"):
        file_one(is_known_network=True, allowances=few)


@pytest.mark.django_db
def test_a_thousand_filings_an_hour_pass_in_all():
    Counter.objects.create(key="filing", window=datetime(2026, 11, 24, tzinfo=UTC), count=999)
    file_one()
    with pytest.raises(TooMany, match="您写的内容还在"):
        file_one(address=THERE)


@pytest.mark.django_db
def test_thirty_files_an_hour_pass_for_one_form():
    for _ in range(30):
        limits.require_attachment(form="6f1c" * 8, at=MORNING)
    with pytest.raises(TooMany, match="过一会儿再传"):
        limits.require_attachment(form="6f1c" * 8, at=MORNING)
    limits.require_attachment(form="7a2d" * 8, at=MORNING)


@pytest.mark.django_db
def test_ten_wrong_codes_an_hour_are_borne_from_one_address():
    for _ in range(10):
        limits.require_query(address=HERE, at=MORNING)
        limits.note_failed_query(address=HERE, at=MORNING)
    with pytest.raises(TooMany, match="查询码错得太多"):
        limits.require_query(address=HERE, at=MORNING)
    limits.require_query(address=THERE, at=MORNING)
    limits.require_query(address=HERE, at=MORNING + timedelta(hours=1))


@pytest.mark.django_db
def test_right_codes_are_never_counted():
    for _ in range(200):
        limits.require_query(address=HERE, at=MORNING)
        limits.note_found(address=HERE, at=MORNING)
    assert list(Counter.objects.values_list("key", "count")) == [(f"found:{HERE}", 1)]


@pytest.mark.django_db
def test_when_somebody_guesses_strangers_share_one_try_every_thirty_seconds():
    limits.note_found(address=HERE, at=MORNING)
    for guess in range(100):
        limits.note_failed_query(address=f"{guess:032x}", at=MORNING)
    limits.require_query(address=THERE, at=MORNING)
    with pytest.raises(TooMany, match="请等 30 秒") as refused:
        limits.require_query(address="c3" * 16, at=MORNING)
    assert refused.value.wait == timedelta(seconds=30)
    limits.require_query(address="c3" * 16, at=MORNING + timedelta(seconds=30))
    for _ in range(3):
        limits.require_query(address=HERE, at=MORNING)  # who found an appeal before is no stranger
    limits.require_query(address=THERE, at=MORNING + timedelta(hours=1))


@pytest.mark.django_db
def test_counts_are_gone_within_a_day():
    file_one()
    limits.note_found(address=HERE, at=MORNING)
    limits.note_failed_query(address=HERE, at=MORNING + timedelta(hours=23, minutes=30))
    assert limits.forget(at=MORNING + timedelta(hours=22)) == 0
    assert limits.forget(at=MORNING + timedelta(hours=23, minutes=30)) == 3
    assert set(Counter.objects.values_list("key", flat=True)) == {"failed", f"failed:{HERE}"}


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("203.0.113.7", True),
        (" 203.0.113.255 ", True),
        ("::ffff:203.0.113.7", True),
        ("203.0.114.1", False),
        ("2001:db8:5::9", True),
        ("2001:db8:6::9", False),
        ("", False),
        ("proxy", False),
    ],
)
def test_a_network_is_known_by_its_range(address, known):
    assert limits.is_known(address, ["203.0.113.0/24", "2001:db8:5::1/48"]) is known


def test_no_network_is_known_where_none_is_named():
    assert not limits.is_known("203.0.113.7", [])


def test_workers_that_count_at_once_lose_nothing(own_database):
    start, failures = threading.Barrier(4), []

    def work() -> None:
        try:
            start.wait()
            for step in range(15):
                limits.note_failed_query(address=f"{step:032x}", at=MORNING)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert failures == []
    counts = dict(Counter.objects.values_list("key", "count"))
    assert counts == {"failed": 60} | {f"failed:{step:032x}": 4 for step in range(15)}
