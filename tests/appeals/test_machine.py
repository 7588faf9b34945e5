"""Anybody tries anything, in any order, at any time: the life of appeals holds (domain R1 to R7)."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from huying.appeals import facts, queries
from huying.appeals.actions.hand_over import leave_post
from huying.appeals.actions.register import register
from huying.appeals.due import ladder, leavers, timers
from huying.appeals.models import Appeal
from huying.appeals.steps import NotAllowed, NotPossible
from huying.people import calendars
from huying.people import queries as people
from huying.people.actions.appoint import appoint
from huying.people.models import Account, Post
from huying.rules import permissions
from huying.rules.actors import Actor
from huying.rules.case import CaseFacts
from huying.rules.enums import Action, ActorKind, AppealKind, PostKind
from huying.rules.workdays import local_day
from tests import cast, given
from tests.appeals import invariants, town
from tests.appeals.ledger import everything
from tests.appeals.moves import CHANCE, MOVES, Hand
from tests.cast import PEOPLE, at

REGISTRARS = ("mother", "clerk", "dispatcher", "county_dispatcher")
LEAVERS = ("clerk", "dispatcher", "teacher", "grade_head", "office_head", "caller", "principal", "inspector")
MOST = 5
STEPS = tuple(MOVES)
FORWARD = {Action.CONTACT, Action.TAKE_STATEMENT, Action.ASSIST, Action.CLOSE, Action.SEND_BACK}


class Life(RuleBasedStateMachine):
    """Several appeals, everyone of the cast, and the parent who holds each receipt."""

    stage: cast.Stage

    def __init__(self) -> None:
        super().__init__()
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.now = at(9, day=28)
        self.staff: dict[str, Actor] = {}
        self.appeals: list[int] = []

    def teardown(self) -> None:
        invariants.no_number_is_missing()
        transaction.set_rollback(True)
        self.inside.__exit__(None, None, None)

    @initialize(stories=st.lists(st.sampled_from(sorted(town.STORIES)), min_size=1, max_size=2))
    def much_has_happened(self, stories: list[str]) -> None:
        for name in stories:
            town.STORIES[name](self.stage)
        self.appeals = list(self._known())
        self._gather()
        self._all_hold()

    @rule(chance=CHANCE, by=st.sampled_from(REGISTRARS), kind=st.sampled_from(list(AppealKind)))
    def someone_else_writes(self, chance: Random, by: str, kind: AppealKind) -> None:
        if len(self.appeals) < MOST:
            self._register(chance, by=by, kind=kind)

    @rule(chance=CHANCE)
    def somebody_does_what_they_may(self, chance: Random) -> None:
        appeal, case = self._some_appeal(chance)
        able = self._able(self._actors(appeal), case)
        self._do_one_of(chance, appeal, case, {step: names for step, names in able.items() if step in MOVES})

    @rule(chance=CHANCE)
    def what_an_appeal_waits_for_is_done(self, chance: Random) -> None:
        appeal, case = self._some_appeal(chance)
        wanted = {step for _, steps in invariants.needs(case) for step in steps} | FORWARD
        able = self._able(self.staff, case)
        self._do_one_of(chance, appeal, case, {step: names for step, names in able.items() if step in wanted})

    def _able(self, actors: dict[str, Actor], case: CaseFacts) -> dict[Action, list[str]]:
        able: dict[Action, list[str]] = {}
        for name, actor in actors.items():
            for step in permissions.open_steps(actor, case):
                able.setdefault(step, []).append(name)
        return able

    def _do_one_of(self, chance: Random, appeal: Appeal, case: CaseFacts, able: dict[Action, list[str]]) -> None:
        if able:
            step = chance.choice(sorted(able))
            self._try(chance, appeal, case, chance.choice(able[step]), step, is_plain=True)

    @rule(chance=CHANCE, step=st.sampled_from(STEPS))
    def somebody_tries_anything(self, chance: Random, step: Action) -> None:
        appeal, case = self._some_appeal(chance)
        name = chance.choice([*self._actors(appeal)])
        self._try(chance, appeal, case, name, step, is_plain=False)

    @rule(hours=st.sampled_from([1, 7, 24, 73, 200]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        timers.run_out(at=self.now)
        leavers.hand_on(at=self.now)
        ladder.climb(at=self.now)
        ladder.hand_up(at=self.now)
        self._gather()
        self._all_hold()

    @rule(name=st.sampled_from(LEAVERS), heir=st.sampled_from([*LEAVERS, None]))
    def somebody_leaves_their_post(self, name: str, heir: str | None) -> None:
        yesterday = self._today() - timedelta(days=1)
        post = Post.objects.filter(person=self.stage.person(name), ends_on=None).first()
        if post is None or post.starts_on > yesterday:
            return
        successor = self.stage.person(heir) if heir else None
        leave_post(post, on=yesterday, successor=successor, by=self.staff["system_admin"], at=self.now)
        self._gather()
        self._all_hold()

    @rule(name=st.sampled_from(LEAVERS), of=st.sampled_from(LEAVERS))
    def somebody_is_appointed(self, name: str, of: str) -> None:
        _, _, kind, unit = PEOPLE[of]
        appoint(self.stage.person(name), kind=PostKind(kind), unit=self.stage.units[unit], on=self._today())
        self._gather()
        self._all_hold()

    @rule(name=st.sampled_from(sorted(PEOPLE)))
    def the_list_and_the_rule_agree(self, name: str) -> None:
        actor = self.staff[name]
        rows = Appeal.objects.select_related(*facts.NEEDED)
        seen = {row.pk for row in rows if permissions.sees(actor, facts.of(row, at=self.now))}
        assert set(queries.visible_to(actor).values_list("pk", flat=True)) == seen

    def _today(self) -> date:
        return local_day(self.now)

    def _gather(self) -> None:
        accounts = Account.objects.select_related("person__unit").filter(login__in=PEOPLE)
        self.staff = {one.login: people.actor_of(one, on=self._today()) for one in accounts.order_by("login")}

    def _actors(self, appeal: Appeal) -> dict[str, Actor]:
        return {**self.staff, "parent": self.stage.holding(appeal)}

    def _some_appeal(self, chance: Random) -> tuple[Appeal, CaseFacts]:
        appeal = given.fresh(Appeal(pk=chance.choice(self.appeals)))
        return appeal, facts.of(appeal, at=self.now)

    def _register(self, chance: Random, *, by: str, kind: AppealKind) -> None:
        names = chance.choice([[], [], ["王芳"], ["王老师"], ["赵校长"], ["学校"]])
        points = chance.choice([[], ["换座位", "换水杯"]])
        intake = given.intake(self.stage, kind=kind, subjects=names, items=points, received_at=self.now)
        actor = self.stage.mother if by == "mother" else self.staff[by]
        try:
            with transaction.atomic():
                appeal = register(intake, code=given.code(), by=actor, at=self.now)
        except NotAllowed:
            assert not permissions.may_register(actor, place=self.stage.units["school"].fact)
            return
        self.appeals.append(appeal.pk)
        self._all_hold()

    def _try(self, chance: Random, appeal: Appeal, case: CaseFacts, name: str, step: Action, *, is_plain: bool) -> None:
        actor = self._actors(appeal)[name]
        subjects = invariants.subjects_of(appeal)
        before, version = self._whole(), appeal.version
        hand = Hand(
            stage=self.stage,
            appeal=appeal,
            by=actor,
            at=self.now,
            pick=lambda some: chance.choice(list(some)),
            say=(lambda: "说明") if is_plain else (lambda: chance.choice(["说明", "说明", ""])),
            others=[given.fresh(Appeal(pk=pk)) for pk in self.appeals if pk != appeal.pk],
        )
        may = permissions.may(actor, step, case)
        try:
            with transaction.atomic():
                MOVES[step](hand)
        except NotAllowed:
            assert not may or step is Action.ASSIST
            assert self._whole() == before
            return
        except NotPossible:
            assert self._whole() == before
            return
        assert may, f"{name} may not {step}"
        assert given.fresh(appeal).version > version
        self._follow(step, actor, subjects, appeal)
        self._all_hold()

    def _whole(self) -> list[dict[str, list[Any]]]:
        return [everything(Appeal(pk=pk, receipt_id=self._receipt(pk))) for pk in self._known()]

    def _receipt(self, pk: int) -> int:
        return Appeal.objects.values_list("receipt_id", flat=True).get(pk=pk)

    def _known(self) -> Sequence[int]:
        return list(Appeal.objects.order_by("pk").values_list("pk", flat=True))

    def _follow(self, step: Action, actor: Actor, subjects: list[Any], appeal: Appeal) -> None:
        """What the step must not have been: by the one complained about, or into their hands."""
        self.appeals = list(self._known())
        if actor.kind is ActorKind.STAFF:
            assert actor.person not in {one.person_id for one in subjects}
        if step is Action.DISPATCH:
            row = given.fresh(appeal)
            sent = [row.lead_unit, *(one.unit for one in row.assisting.filter(is_current=True))]
            for unit in sent:
                invariants.nothing_was_sent_to_the_subject(subjects, unit=unit, on=self._today())

    def _all_hold(self) -> None:
        for appeal in Appeal.objects.select_related(*facts.NEEDED).order_by("pk"):
            invariants.the_row_is_what_its_events_say(appeal)
            invariants.the_clocks_are_those_of_its_events(appeal)
            invariants.nobody_decides_on_their_own_work(appeal)
            invariants.it_is_no_trap(facts.of(appeal, at=self.now), self.staff)
        invariants.no_number_is_missing()


def live(stage: cast.Stage, *, lives: int, steps: int, of: type[Life] = Life) -> None:
    calendars.seed_national(at=at(8))
    machine = type("Lived", (of,), {"stage": stage})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            print_blob=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # shrinking a life would take longer than living a thousand
        ),
    )


def test_whatever_anybody_tries_the_life_of_appeals_holds(stage):
    live(stage, lives=8, steps=20)


@pytest.mark.proof
def test_whatever_anybody_tries_the_life_of_appeals_holds_in_many_lives(stage):
    live(stage, lives=60, steps=40)
