"""Ground of the tests: their own data folder and keys, and the cast on its stage."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _keys():
    from django.conf import settings

    from huying.vault import keys

    keys.create(Path(settings.KEYS_DIR))


@pytest.fixture
def stage(db):
    """The county, two schools and the people of the cast."""
    from tests import cast

    return cast.enter()
