"""Helpers for the pages of staff: the wall clock of the stories, and someone at work in a browser."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Stage, at

PASSWORD = "窗外的雨下了一整夜"


class Office:
    """Signs the cast in, at a moment of the day of the stories."""

    def __init__(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        self.stage = stage
        self.monkeypatch = monkeypatch
        self.clock_shows(at(17))

    def clock_shows(self, moment: datetime) -> None:
        """Every page opened from now on is opened at that moment."""
        self.monkeypatch.setattr(timezone, "now", lambda: moment)

    def as_(self, name: str) -> Client:
        """A browser in which this member of the cast has signed in."""
        client = Client()
        client.force_login(self.stage.accounts[name])
        return client


def versioned(client: Client, address: str, **fields: object) -> dict[str, object]:
    """What a form page would post: the version it showed, and what is typed now."""
    shown = client.get(address).context["form"]
    return {"version": shown["version"].value(), **fields}
