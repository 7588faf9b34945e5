"""A code counts once, however many workers are shown it at the same moment; two administrators make one appointment."""

import threading
from datetime import date

from django.db import OperationalError, connections

from huying.appeals.arrangements import posts
from huying.people.actions.confirm_second_factor import renew_recovery_codes
from huying.people.actions.pass_second_factor import pass_second_factor
from huying.people.changes import Refused
from huying.people.models import Person, Post
from huying.rules.accounts import ADMINISTRATORS
from tests import cast
from tests.cast import at, shown


def at_once(*acts):
    """What each of these gives when all begin together."""
    ready, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        ready.wait()
        try:
            found[place] = act()
        except (Refused, OperationalError) as refused:
            found[place] = type(refused).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


def test_a_code_shown_to_eight_workers_opens_one_door(own_database):
    account = cast.enter().accounts["principal"]
    code = shown(at(17))
    found = at_once(*[lambda: pass_second_factor(account, said=code, at=at(17))] * 8)
    assert sorted(found) == [""] * 7 + ["code"]


def test_a_code_from_paper_shown_to_eight_workers_opens_one_door(own_database):
    account = cast.enter().accounts["principal"]
    codes = renew_recovery_codes(account)
    found = at_once(*[lambda: pass_second_factor(account, said=codes[0], at=at(17))] * 8)
    assert sorted(found) == [""] * 7 + ["paper"]


def test_two_administrators_at_once_never_give_one_person_two_of_the_three_posts(own_database):
    stage = cast.enter()
    newcomer = Person.objects.create(name="田野", unit=stage.units["county"])
    by, where = stage.system_admin, {"unit": stage.units["county"], "on": date(2026, 11, 24), "at": at(17)}

    def give(kind):
        return lambda: posts.appoint(newcomer, kind=kind, by=by, **where).kind

    at_once(*[give(kind) for kind in ADMINISTRATORS])
    assert Post.objects.filter(person=newcomer).count() == 1
