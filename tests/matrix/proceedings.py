"""Proceedings that everyone of the table stands before: a talk, one about a chief, and a spot check."""

from typing import Any

from huying.appeals.actions.supervise import supervise
from tests import given
from tests.cast import Stage, at
from tests.oversight import talks

Said = tuple[dict[str, str], dict[str, str]]


def of(stage: Stage) -> dict[str, dict[str, Said]]:
    """Address → by what it is about, the values of its places and what a form would bring."""
    talk, running, check = talks.called(stage), talks.signed(stage), talks.drawn(stage, closed=1)
    seen = {"a_talk": talk, "of_the_chief": _of_the_chief(stage), "a_check": check}
    one = {about: ({"pk": str(each.pk)}, {}) for about, each in seen.items()}
    # Each stands before a step that is open: a check that is drawn still has its call to make.
    steps = {
        "a_talk": (talk, "call_off", {"reason": "改期"}),
        "a_check": (talks.announced(stage), "call_off", {"reason": "改期"}),
    }
    return {
        "staff/proceedings/<int:pk>/": one,
        "staff/proceedings/<int:pk>/print/": one,
        "staff/proceedings/<int:pk>/list.txt": one,
        "staff/proceedings/<int:pk>/<slug:step>/": {
            about: ({"pk": str(row.pk), "step": step}, body) for about, (row, step, body) in steps.items()
        },
        "staff/proceedings/<int:pk>/papers/<slug:paper>/<slug:form>/": {
            about: ({"pk": str(seen[about].pk), "paper": "notice", "form": "docx"}, {})
            for about in ("a_talk", "of_the_chief")
        },
        "staff/proceedings/supervised/<int:pk>/<slug:form>/": {
            "a_case": ({"pk": str(_supervised(stage).pk), "form": "docx"}, {})
        },
        "staff/proceedings/items/<int:pk>/finish/": {"a_talk": _about(running.items.get(), {"note": "做了"})},
        "staff/proceedings/checks/calls/<int:pk>/": {"a_check": _about(check.spot_check.calls.get(), {})},
    }


def _supervised(stage: Stage) -> Any:
    appeal = given.handled(stage)
    said = {"demand": "三天内办结。", "due_at": at(17, day=27), "reason": "久拖"}
    supervise(appeal, **said, by=stage.principal, at=at(13))
    return appeal


def _about(row: Any, body: dict[str, str]) -> Said:
    return {"pk": str(row.pk)}, body


def _of_the_chief(stage: Stage) -> Any:
    """The county called the school to a talk; then one of its cases turned out to be about the principal."""
    appeal = given.handled(stage)
    talk = talks.called(stage, unit="school", by="county_supervisor", cases=[appeal])
    named = {"person": stage.person("principal"), "by": stage.county_dispatcher}
    given.name_subject(given.fresh(appeal), **named, at=at(17, 30))
    return talk
