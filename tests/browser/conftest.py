"""What only the tests in a browser need."""

import pytest

from huying.web.parents import report


@pytest.fixture
def at_any_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form may be sent as quickly as a machine fills it in; one grandmother keeps the true pace (test_people)."""
    monkeypatch.setattr(report, "YOUNGEST_SECONDS", 0)
