"""Who comes second is told, and nothing of theirs is left."""

import pytest
from django.db import connection

from huying.appeals.actions.acknowledge import acknowledge
from huying.appeals.models import Appeal
from huying.appeals.steps import Stale
from tests import given
from tests.cast import at


def slipping_in(appeal):
    """Between what a step read and what it writes, somebody else moves the appeal."""
    done = []

    def wrapper(execute, sql, params, many, context):
        if not done and sql.startswith('UPDATE "appeals_appeal"'):
            done.append(sql)
            Appeal.objects.filter(pk=appeal.pk).update(version=appeal.version + 1)
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def test_whoever_is_overtaken_between_reading_and_writing_is_told_and_leaves_nothing(stage):
    appeal = given.dispatched(stage)
    before, events = (appeal.state, appeal.version), appeal.events.count()
    with slipping_in(appeal), pytest.raises(Stale):
        acknowledge(appeal, by=stage.teacher, at=at(12))
    assert (appeal.state, appeal.version, appeal.events.count()) == (*before, events)
