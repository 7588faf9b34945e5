"""The room is tidied once an hour, by whoever comes first."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from huying.channels import files, limits
from huying.channels.models import Counter
from huying.channels.tidying import tidy
from tests.channels import samples
from tests.channels.test_files import upload

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_room_is_tidied_once_an_hour(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    orphan = files.clean(upload(samples.told_png()))
    os.utime(orphan.path, (0, 0))
    files.store(files.clean(upload(samples.mp3())), draft="6f1c" * 8, at=NOON - timedelta(days=31))
    limits.note_failed_query(address="a1" * 16, at=NOON - timedelta(days=1))
    assert tidy(at=NOON) == 4  # two counts, one row, one file
    assert not orphan.path.exists()
    limits.note_failed_query(address="a1" * 16, at=NOON - timedelta(days=1))
    assert tidy(at=NOON + timedelta(minutes=59)) == 0
    assert tidy(at=NOON + timedelta(hours=1)) == 2
    assert list(Counter.objects.values_list("key", flat=True)) == ["first:tidy", "first:tidy"]
