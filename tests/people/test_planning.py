"""Questions that sum up many rows are planned by their values, and the others are prepared again afterwards."""

import pytest
from django.db import connection

from huying.people import planning


def threshold() -> object:
    connection.ensure_connection()
    return getattr(connection.connection, "prepare_threshold", "sqlite")


def test_inside_nothing_is_prepared_and_afterwards_it_is_as_before(db):
    before = threshold()
    with planning.by_values():
        assert threshold() == (None if connection.vendor == "postgresql" else "sqlite")
        with planning.by_values():
            pass
        assert threshold() == (None if connection.vendor == "postgresql" else "sqlite")
    assert threshold() == before


def test_a_fault_inside_leaves_it_as_before(db):
    before = threshold()
    with pytest.raises(LookupError), planning.by_values():
        raise LookupError
    assert threshold() == before
