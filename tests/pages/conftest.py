import pytest

from tests.pages.office import Office


@pytest.fixture
def office(stage, monkeypatch):
    """Staff at their desks, on the day of the stories at 17:00."""
    return Office(stage, monkeypatch)
