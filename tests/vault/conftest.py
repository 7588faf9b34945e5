"""Rings made in a temporary folder."""

import pytest

from huying.vault import keys


@pytest.fixture
def ring(tmp_path):
    """A ring of fresh keys."""
    return keys.create(tmp_path / "keys")


@pytest.fixture
def rotated(tmp_path, ring):
    """The same ring after every purpose got a new key."""
    for each in keys.Purpose:
        keys.add_key(tmp_path / "keys", each)
    return keys.load(tmp_path / "keys")


@pytest.fixture
def foreign(tmp_path):
    """The ring of another house."""
    return keys.create(tmp_path / "foreign")
