"""Two-character words are found, on both databases; nothing that was typed breaks a query."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.appeals import queries, search
from huying.appeals.actions.add_message import add_message
from huying.appeals.identities import Contact
from huying.rules.actors import TIMER
from tests import given as stories
from tests.cast import at


def found(query):
    return [appeal.number for appeal in search.matching(queries.visible_to(TIMER), query).order_by("pk")]


def test_a_two_character_word_finds_its_appeal(stage):
    stories.registered(stage, body="孩子看不清黑板，想换到前面。")
    stories.registered(stage, body="食堂的饭菜凉了。")
    assert (found("黑板"), found("食堂 饭菜"), found("黑板 食堂"), found("凉")) == (
        ["2026-0001"],
        ["2026-0002"],
        [],
        ["2026-0002"],
    )


def test_words_added_later_are_found_and_the_old_ones_still(stage):
    appeal = stories.registered(stage)
    add_message(appeal, message="校车也晚点", by=stage.holding(appeal), at=at(11))
    assert (found("校车"), found("黑板")) == (["2026-0001"], ["2026-0001"])


def test_a_number_finds_its_appeal(stage):
    stories.registered(stage, channel="hotline", external_ref="HL-20261124-7")
    assert (found("2026-0001"), found("HL-20261124-7")) == (["2026-0001"], ["2026-0001"])


def test_an_identity_is_never_found(stage):
    stories.registered(stage, contact=Contact(name="慕容雪晴", phone="13800005678"))
    assert (found("慕容"), found("13800005678")) == ([], [])


def test_a_phone_inside_a_story_finds_nobody(stage):
    stories.registered(stage, body="请打13800005678，校服掉色。", title="电话 138 0000 5678")
    assert (found("13800005678"), found("138 0000 5678"), found("校服")) == ([], [], ["2026-0001"])


@pytest.mark.parametrize("query", ["", "   ", '"', "'", "* OR", "NEAR(", "a:b", "\\", "；--", "（）"])
def test_a_strange_query_answers_quietly(stage, query):
    stories.registered(stage)
    assert found(query) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=30))
def test_no_query_breaks(stage, query):
    found(query.replace("\0", ""))


def test_a_word_is_looked_up_by_its_index_and_not_by_reading_every_row(stage):
    stories.registered(stage, body="孩子看不清黑板。")
    for _ in range(40):
        stories.registered(stage, body="食堂的饭菜凉了。")
    with connection.cursor() as cursor:
        # Planned by what stands there now: what other tests tidied up leaves a table that is thought to be empty.
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            # As the product asks, not as the other tests do.
            cursor.execute("SET LOCAL join_collapse_limit = 8")
    plan = search.matching(queries.visible_to(stage.dispatcher), "黑板").explain()
    assert "appeals_search " in f"{plan} "
    assert "Seq Scan on appeals_searchentry" not in plan
