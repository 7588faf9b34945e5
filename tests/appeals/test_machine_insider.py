"""Somebody complained about tries whatever a click can do, to see, keep, bounce, merge or close it: never."""

import re
from random import Random

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from huying.appeals import facts, letterbox, piles, queries
from huying.appeals.actions.assign import assign
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.models import Appeal, ReadRecord
from huying.appeals.steps import NotAllowed, NotPossible
from huying.people import calendars
from huying.rules import permissions
from huying.rules.enums import Action, AppealKind
from tests import cast, given
from tests.appeals import invariants
from tests.appeals.ledger import everything
from tests.appeals.moves import CHANCE, MOVES, Hand
from tests.cast import at
from tests.house.routes import addresses

INSIDERS = ("teacher", "grade_head", "principal", "dispatcher", "clerk", "inspector", "caller")
NOW = at(9, day=26)
BODY = "语文课上当着全班骂人"
PAGES = sorted(path for path, _ in addresses(get_resolver()) if path.startswith("staff/appeals/<int:pk>/"))
LISTS = ("/staff/", "/staff/letters/", f"/staff/search/?q={BODY[:3]}", "/staff/search/?q=2026-0001")
# What stands for a word in an address.
PARTS = {"<slug:paper>": "opinion", "<slug:form>": "pdf"}
TYPED = {
    "reason": "说明", "reply": "已办", "message": "已看", "question": "？", "summary": "一事", "note": "已谈",
    "finding": "UNSUBSTANTIATED", "resolved": "YES", "checked": "on", "version": "1", "statement": "没有",
}  # fmt: skip


def about(stage: cast.Stage, name: str, story: str) -> Appeal:
    """An appeal about somebody: from the first, or only once it lay in their hands."""
    fields = {"kind": AppealKind.COMPLAINT, "body": BODY, "topic": "ethics"}
    build = {"first": given.registered, "in hand": given.handled, "answered": given.answered}[story]
    if story == "answered":
        fields["kind"] = AppealKind.INQUIRY
    appeal = build(stage, **fields)
    if story == "in hand":
        assign(appeal, person=stage.person("teacher"), by=stage.teacher, at=at(15))
    name_subject(given.fresh(appeal), person=stage.person(name), by=stage.county_dispatcher, at=at(16))
    return given.fresh(appeal)


class Insider(RuleBasedStateMachine):
    """One person, an appeal about them, and another one they may work on."""

    stage: cast.Stage

    def __init__(self) -> None:
        super().__init__()
        self.inside = transaction.atomic()
        self.inside.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.inside.__exit__(None, None, None)

    @initialize(name=st.sampled_from(INSIDERS), story=st.sampled_from(["first", "in hand", "answered"]))
    def someone_is_complained_about(self, name: str, story: str) -> None:
        self.name = name
        self.hidden = about(self.stage, name, story)
        self.own = given.handled(self.stage)
        self.before = everything(self.hidden)
        self.client = Client()
        self.client.force_login(self.stage.accounts[name])

    @rule(chance=CHANCE, step=st.sampled_from(sorted(MOVES)))
    def they_try_a_step_on_it(self, chance: Random, step: Action) -> None:
        actor = getattr(self.stage, self.name)
        assert not permissions.may(actor, step, facts.of(self.hidden, at=NOW))
        with pytest.raises((NotAllowed, NotPossible)), transaction.atomic():
            MOVES[step](self._hand(chance, given.fresh(self.hidden), [self.own]))
        self._nothing_moved()

    @rule(chance=CHANCE)
    def they_do_with_another_appeal_what_they_may(self, chance: Random) -> None:
        actor, own = getattr(self.stage, self.name), given.fresh(self.own)
        steps = [step for step in permissions.open_steps(actor, facts.of(own, at=NOW)) if step in MOVES]
        if not steps:
            return
        try:
            with transaction.atomic():
                MOVES[chance.choice(list(steps))](self._hand(chance, own, [given.fresh(self.hidden)]))
        except (NotAllowed, NotPossible):
            pass
        assert given.fresh(self.own).joined_into_id != self.hidden.pk
        self._nothing_moved(letters=False)

    @rule(page=st.sampled_from(PAGES), posts=st.booleans())
    def they_open_a_page_of_it(self, page: str, posts: bool) -> None:
        address = "/" + re.sub("<[^>]+>", lambda part: {"<int:pk>": str(self.hidden.pk), **PARTS}[part[0]], page)
        read = ReadRecord.objects.filter(appeal=self.hidden).count()
        answer = self.client.post(address, TYPED) if posts else self.client.get(address)
        nowhere = self.client.post(address.replace(f"/{self.hidden.pk}/", "/999999/"), TYPED)
        assert answer.status_code in (404, 405), (address, answer.status_code)
        assert self.hidden.number not in answer.content.decode() and BODY not in answer.content.decode()
        if answer.status_code == 404:
            assert ReadRecord.objects.filter(appeal=self.hidden).count() == read + 1
            last = ReadRecord.objects.filter(appeal=self.hidden).order_by("pk").last()
            assert last.page.startswith("refused:") and last.account_id == self.stage.accounts[self.name].pk
        if posts:
            assert answer.status_code == nowhere.status_code
        self._nothing_moved()

    @rule(page=st.sampled_from(LISTS))
    def they_look_through_their_lists(self, page: str) -> None:
        said = self.client.get(page).content.decode()
        assert BODY not in said and f"/staff/appeals/{self.hidden.pk}/" not in said
        actor = getattr(self.stage, self.name)
        assert not queries.visible_to(actor).filter(pk=self.hidden.pk).exists()
        assert not letterbox.letters_for(actor).filter(appeal=self.hidden.pk).exists()
        for pile in piles.of(actor):
            assert self.hidden.pk not in piles.filled(pile, actor, at=NOW).values_list("pk", flat=True)

    def _hand(self, chance: Random, appeal: Appeal, others: list[Appeal]) -> Hand:
        return Hand(
            stage=self.stage,
            appeal=appeal,
            by=getattr(self.stage, self.name),
            at=NOW,
            pick=lambda some: chance.choice(list(some)),
            say=lambda: "说明",
            others=others,
        )

    def _nothing_moved(self, *, letters: bool = True) -> None:
        after = everything(self.hidden)
        names = [name for name in self.before if letters or name != "others"]
        assert {name: after[name] for name in names} == {name: self.before[name] for name in names}
        invariants.the_row_is_what_its_events_say(given.fresh(self.hidden))
        self.before = after


def live(stage: cast.Stage, *, lives: int, steps: int) -> None:
    calendars.seed_national(at=at(8))
    run_state_machine_as_test(
        type("Insider", (Insider,), {"stage": stage}),
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def morning(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def test_whoever_is_complained_about_gets_nowhere_and_every_try_is_on_record(stage, morning):
    live(stage, lives=8, steps=15)


@pytest.mark.proof
def test_whoever_is_complained_about_gets_nowhere_in_many_lives(stage, morning):
    live(stage, lives=40, steps=40)
