"""One county in which everyone of the table stands before every kind of appeal, built once and never changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huying.appeals.actions.add_message import add_message
from huying.appeals.actions.approve_unmask import approve_unmask
from huying.appeals.actions.name_subject import name_subject
from huying.appeals.actions.register import register
from huying.appeals.actions.request_deferral import request_deferral
from huying.appeals.arrangements import accounts, approvals, resets, routes
from huying.appeals.models import Topic
from huying.channels import feeds, files
from huying.channels.models import Channel
from huying.oversight.actions.decide_measure import decide_measure
from huying.oversight.actions.find_alarm import find_alarm
from huying.oversight.actions.object_to_figure import object_to_figure
from huying.oversight.actions.open_accountability import open_accountability
from huying.oversight.actions.propose_measure import propose_measure
from huying.oversight.actions.request_exclusion import request_exclusion
from huying.oversight.actions.serve_accountability import serve_accountability
from huying.oversight.actions.waive_statement import waive_statement
from huying.people import keys
from huying.people.models import Person, Post
from huying.rules.accounts import Lost
from huying.rules.actors import TIMER, Actor
from huying.rules.alarms import Signal
from huying.rules.enums import AlarmRule, AppealKind, DutyFinding, DutyMeasure, ExclusionGround, PostKind, UnitLevel
from tests import cast, given
from tests.appeals import sealed, town
from tests.cast import TODAY, Stage, at
from tests.channels.samples import picture
from tests.matrix import proceedings, table
from tests.oversight import bulletin, seen, texts
from tests.pages.parent import hold

# Beside the cast: another bureau of the same county, an administrator of one school, and two without a post.
UNITS = (
    ("far_district", "东乡教育学区", UnitLevel.DISTRICT, "county"),
    ("far_school", "东乡中心小学", UnitLevel.SCHOOL, "far_district"),
)
PEOPLE = {
    "far_supervisor": ("段岭", "far_district", PostKind.COUNTY_SUPERVISOR, "far_district"),
    "school_admin": ("倪思", "school", PostKind.SYSTEM_ADMIN, "school"),
    "former": ("贺年", "centre", PostKind.DISPATCHER, "school"),
}
FEED_TOKEN = "f" * 32
SLIP = "1234567890123450"
HOURS = timedelta(hours=2)
# What no address knows.
UNKNOWN = {
    "pk": "999999",
    "unit": "999999",
    "year": "2026",
    "token": "z" * 32,
    "code": "no-such",
    "step": "no-such",
    "paper": "no-such",
    "form": "no-such",
    "what": "no-such",
    "doing": "message",
    "act": "no-such",
    "kind": "docx",
    "name": "no-such",
    "part": "no-such",
}
# The paper asked for of every appeal.
PAPER = {"paper": "opinion", "form": "docx"}


def _with_photo(appeal: Any, stage: Stage) -> str:
    """A photo that the parent added; its token."""
    upload = SimpleUploadedFile("座位.png", picture("PNG"), "image/png")
    stored = files.store(files.clean(upload), draft=f"photo{appeal.pk}", at=at(16, 45))
    add_message(appeal, message="照片。", tokens=[stored.token], by=stage.holding(appeal), at=at(16, 45))
    return str(stored.token)


def _report(stage: Stage) -> Any:
    """A 举报 sent to an office as its 事实摘要; the words themselves lie open to the dispatcher."""
    return given.opened(town.report_taken_down(stage), by=stage.dispatcher, when=at(16, 40))


def _named_later(stage: Stage) -> Any:
    """The principal is named only after the school had it."""
    appeal = given.handled(stage)
    name_subject(appeal, person=stage.person("principal"), by=stage.county_dispatcher, at=at(13))
    return appeal


def _about_the_county(stage: Stage) -> Any:
    taken = given.intake(stage, kind=AppealKind.COMPLAINT, body="县里的人说话难听。")
    appeal = register(taken, code=given.code(), by=stage.mother, at=at(10, 12))
    name_subject(given.fresh(appeal), person=stage.person("county_dispatcher"), by=stage.clerk, at=at(10, 30))
    return appeal


def _wish_to_defer(stage: Stage) -> Any:
    appeal = given.handled(stage)
    said = {"plan": "寒假换", "review_on": date(2027, 1, 15), "reason": "采购"}
    request_deferral(appeal, **said, by=stage.teacher, at=at(13))
    return appeal


def _wish_to_see(stage: Stage) -> Any:
    """The teacher has asked who filed; nobody has agreed yet."""
    return sealed.ask(sealed.in_hand(stage), by=stage.teacher)


def _may_be_seen(stage: Stage) -> Any:
    """The teacher was given leave to see who filed, until tonight."""
    appeal = sealed.ask(sealed.in_hand(stage), by=stage.teacher, hours=24)
    approve_unmask(appeal, by=stage.principal, at=at(14))
    return appeal


APPEALS: dict[str, Callable[[Stage], Any]] = {
    "new": given.registered,
    "in_hand": given.contacted,
    "about_hand": town.about_the_teacher_in_hand,
    "about_head": lambda stage: given.complaint_about(stage, "grade_head"),
    "about_chief": _named_later,
    "about_county": _about_the_county,
    "report": _report,
    "elsewhere": town.elsewhere,
    "answered": given.answered,
    "delivered": given.delivered,
    "closed": given.closed,
    "declined": town.declined,
    "asked_time": town.extension_asked,
    "paused": town.paused,
    "watched": town.watched,
    "refused": town.refused,
    "joined": town.joined,
    "deferred": town.deferred,
    "wish_to_defer": _wish_to_defer,
    "disputed": town.disputed,
    "helped": town.helped,
    "wish_to_see": _wish_to_see,
    "may_be_seen": _may_be_seen,
}


@dataclass(frozen=True)
class Thing:
    """What an address is about: the values of its places, and what a form about it would bring."""

    values: dict[str, str]
    body: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """Who stands there, and what every address can be about."""

    stage: Stage
    things: dict[str, dict[str, Thing]]
    clients: dict[str, Client]
    appeals: dict[str, Any]
    held: list[str] = field(default_factory=list)

    def thing(self, path: str, about: str) -> Thing:
        """What is meant by that name at this address; whatever is not there for a name that nothing has."""
        return self.things.get(path, {}).get(about, Thing(UNKNOWN))

    def is_there(self, path: str, about: str) -> bool:
        """Whether something goes by that name at this address."""
        return about in self.things.get(path, {})

    def browser(self, who: str, about: str) -> Client:
        """The browser of this one; the holder holds the receipt of this very appeal."""
        client = self.clients[who]
        if who == "holder" and about in self.appeals and self.held[-1:] != [about]:
            hold(client, self.appeals[about], left=HOURS)
            self.held.append(about)
        return client


def build(names: tuple[str, ...]) -> World:
    """The county with these appeals. Everyone has signed in; nothing is changed from here on."""
    stage = cast.enter()
    for code, name, level, parent in UNITS:
        cast.found(stage, code, name, level, parent)
    for login, role in PEOPLE.items():
        cast.hire(stage, login, role)
    Post.objects.filter(person=stage.person("former")).update(ends_on=date(2026, 11, 20))
    made = {name: given.fresh(APPEALS[name](stage)) for name in names}
    # A word of the parent ends a pause: only those that differ by who is near have a photo.
    photos = {name: _with_photo(appeal, stage) for name, appeal in made.items() if name in table.walls()}
    appeals = {name: given.fresh(appeal) for name, appeal in made.items()}
    things = {path: _of_an_appeal(path, appeals, photos) for path in table.rows() if table.rows()[path].is_of_an_appeal}
    return World(stage, {**things, **_of_the_set_up(stage), **_of_proceedings(stage)}, _clients(stage), appeals)


def _of_an_appeal(path: str, appeals: dict[str, Any], photos: dict[str, str]) -> dict[str, Thing]:
    has_a_photo = "token" in path
    return {
        name: Thing(
            {"pk": str(appeal.pk), "token": photos.get(name, ""), "doing": "message", **PAPER},
            {"version": str(appeal.version)},
        )
        for name, appeal in appeals.items()
        if not has_a_photo or name in photos
    }


def _of_proceedings(stage: Stage) -> dict[str, dict[str, Thing]]:
    return {path: {about: Thing(*said) for about, said in some.items()} for path, some in proceedings.of(stage).items()}


def _clients(stage: Stage) -> dict[str, Client]:
    clients = {name: Client(raise_request_exception=False) for name in table.UNSIGNED}
    for name, account in stage.accounts.items():
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(account)
        # The first page notes that the session is in use; within the minute later pages write nothing.
        clients[name].get("/staff/me/")
    other = given.registered(stage)
    for name in ("holder", "other_holder"):
        hold(clients[name], other, left=HOURS)
    return clients


def _of_the_set_up(stage: Stage) -> dict[str, dict[str, Thing]]:
    """A school of ours and one of another bureau, with what hangs on them; and what holds for all."""
    admin, schools = stage.system_admin, {"here": stage.units["school"], "elsewhere": stage.units["far_school"]}
    people = {about: Person.objects.create(name="田野", unit=one) for about, one in schools.items()}
    posts = {"here": stage.accounts["inspector"], "elsewhere": stage.accounts["far_supervisor"]}
    lines = {about: _rule(admin, one) for about, one in {**schools, "for_all": None}.items()}
    signed_for = {"here": stage.units["school"], "of_the_county": stage.units["county"]}
    approved = {about: _approval(one, by=stage.security_admin) for about, one in signed_for.items()}
    (invited,) = accounts.invite_people([people["here"]], by=admin, at=at(16))
    feeds.renew(stage.accounts["teacher"].pk, ring=keys.ring(), draw=lambda _bytes: FEED_TOKEN, at=at(16))

    def each(some: dict[str, Any], place: str, **more: str) -> dict[str, Thing]:
        return {about: Thing({place: str(one.pk), **more}) for about, one in some.items()}

    invite = {
        about: Thing({}, {"place": str(schools[about].pk), "which": str(one.pk)}) for about, one in people.items()
    }
    changed = {about: Thing({"pk": str(one.pk)}, {"act": "change"}) for about, one in schools.items()}
    asked = {"a_survey": seen.surveyed(stage)}
    led = {"a_school": stage.units["school"], "a_class": stage.units["class"]}
    seen.slip(asked["a_survey"], SLIP)
    warned = {"an_alarm": _alarm(stage, is_apart=False), "about_the_head": _alarm(stage, is_apart=True)}
    duties = {"about_teacher": _duty(stage, "teacher"), "about_head": _duty(stage, "principal")}
    decided = {"decided": _decided(stage)}
    told = {"a_draft": bulletin.drafted(stage, month="2026-09"), "issued": bulletin.issued(stage)}
    wished, contested = {"asked": _exclusion(stage)}, {"of_school": _objection(stage)}
    public, closed = {"a_public_text": Thing({"token": texts.published(stage).token})}, given.closed(stage)
    return {
        "open/answers/<slug:token>/": public,
        "staff/publications/write/<int:pk>/": {"a_closed_case": Thing({"pk": str(closed.pk)})},
        "staff/publications/<slug:token>/": public,
        "staff/publications/<slug:token>/redraft/": public,
        "staff/publications/<slug:token>/decide/": public,
        "staff/channels/<int:pk>/": each(schools, "pk"),
        "staff/bulletins/<int:pk>/": each(told, "pk"),
        "staff/bulletins/<int:pk>/correct/": each(told, "pk"),
        "staff/bulletins/<int:pk>/file.<slug:kind>": each(told, "pk", kind="json"),
        "staff/bulletins/<int:pk>/<slug:name>/": each(told, "pk", name="archive"),
        "staff/surveys/<int:pk>/": each(asked, "pk"),
        "staff/surveys/<int:pk>/slips/": each(asked, "pk"),
        "open/survey/<slug:code>/": {"a_slip": Thing({"code": SLIP})},
        "staff/duty/<int:pk>/paper/<slug:kind>/": each(decided, "pk", kind="docx"),
        "staff/me/duty/<int:pk>/paper/<slug:kind>/": each(decided, "pk", kind="docx"),
        "staff/duty/<int:pk>/": each(duties, "pk"),
        "staff/duty/<int:pk>/<slug:act>/": each(duties, "pk", act="drop"),
        "staff/me/duty/<int:pk>/": each(duties, "pk"),
        "staff/me/duty/<int:pk>/<slug:act>/": each(duties, "pk", act="state"),
        "staff/exclusions/<int:pk>/": each(wished, "pk"),
        "staff/exclusions/<int:pk>/<slug:act>/": each(wished, "pk", act="grant"),
        "staff/objections/<int:pk>/": each(contested, "pk"),
        "staff/objections/<int:pk>/<slug:act>/": each(contested, "pk", act="reject"),
        "staff/unit/<int:pk>/month/": each(led, "pk"),
        "staff/unit/<int:pk>/month/sheet/": each(led, "pk"),
        "staff/unit/<int:pk>/figures/<slug:code>/<slug:part>/": each(led, "pk", code="volume", part="n"),
        "staff/alarms/<int:pk>/": each(warned, "pk"),
        "staff/alarms/<int:pk>/<slug:step>/": each(warned, "pk", step="close"),
        "s/<slug:code>/": {"a_school": Thing({"code": "school"})},
        "staff/invitation/<slug:token>/": {"an_invitation": Thing({"token": invited.token})},
        "staff/feed/<slug:token>/deadlines.ics": {"a_feed": Thing({"token": FEED_TOKEN})},
        "setup/units/<int:pk>/": changed,
        "setup/units/<int:pk>/code.svg": each(schools, "pk"),
        "setup/posts/<int:pk>/end/": each(
            {about: Post.objects.get(person=one.person) for about, one in posts.items()}, "pk"
        ),
        "setup/topics/<int:pk>/": each({"a_topic": Topic.objects.first()}, "pk"),
        "setup/channels/<int:pk>/": each({"a_channel": Channel.objects.first()}, "pk"),
        "setup/routing/<int:pk>/end/": each(lines, "pk"),
        "setup/limits/<slug:step>/": {"a_limit": Thing({"step": "triage"})},
        "setup/calendar/nation/<int:year>/": {"": Thing({"year": "2026"})},
        "setup/calendar/nation/<slug:what>/": {"a_change": Thing({"what": "days"})},
        "setup/calendar/<int:unit>/<int:year>/": each(schools, "unit", year="2026"),
        "setup/calendar/<int:unit>/<slug:what>/": each(schools, "unit", what="days"),
        "setup/people/invite/": invite,
        "setup/people/<int:pk>/leave/": each(people, "pk"),
        "setup/access/<int:pk>/": each(posts, "pk"),
        "setup/access/<int:pk>/end/": each(posts, "pk"),
        "setup/access/<int:pk>/reset/": each(posts, "pk"),
        "setup/access/reset/<int:pk>/": each(
            {
                about: resets.ask(one, lost=Lost.PHONE, reason="当面核实过", by=stage.security_admin, at=at(16))
                for about, one in posts.items()
            },
            "pk",
        ),
        "setup/approvals/<int:pk>/sign/": each(approved, "pk"),
        "setup/approvals/<int:pk>/end/": each(approved, "pk"),
        "setup/begin/with/<slug:token>/": {"": Thing({"token": "a" * 32})},
        "setup/begin/<slug:step>/": {"": Thing({"step": "organisation"})},
    }


def _duty(stage: Stage, name: str) -> Any:
    """A case of 责任追究 about one of the cast, served on them."""
    lead = "class" if name == "teacher" else "school"
    said = {"finding": DutyFinding.DELAY, "found": "签收以后一直没有联系。", "events": [3], "at": at(15)}
    by = stage.county_dispatcher
    case = open_accountability(stage.person(name), appeal=given.handled(stage, lead=lead, by=name), **said, by=by)
    serve_accountability(case, by=by, at=at(15, 30))
    return case


def _decided(stage: Stage) -> Any:
    case = _duty(stage, "teacher")
    waive_statement(case, by=stage.teacher, at=at(15, 40))
    propose_measure(case, measure=DutyMeasure.REMINDER, reason="没有联系", by=stage.county_dispatcher, at=at(15, 50))
    decide_measure(case, measure=DutyMeasure.REMINDER, reason="情节轻", by=stage.principal, at=at(16))
    return case


def _exclusion(stage: Stage) -> Any:
    said = {"ground": ExclusionGround.UNFOUNDED, "reason": "查过，不属实"}
    return request_exclusion(given.closed(stage), **said, by=stage.teacher, at=at(16, 40))


def _objection(stage: Stage) -> Any:
    said = {"indicator": "resolution_rate", "since": TODAY, "until": TODAY, "cases": [], "reason": "算了两次"}
    return object_to_figure(stage.units["school"], **said, by=stage.principal, at=at(16, 40))


def _alarm(stage: Stage, *, is_apart: bool) -> Any:
    signal = Signal(AlarmRule.OVERDUE, stage.units["school"].pk, "overdue", (), {"observed": 5, "oldest": 3})
    return find_alarm(signal, is_apart=is_apart, by=TIMER, at=at(16))


def _approval(organisation: Any, *, by: Actor) -> Any:
    """Drawn up, and not signed by anybody."""
    said = {"post": PostKind.CALLER, "document": "澄教发〔2026〕9号", "since": TODAY, "until": date(2027, 6, 30)}
    return approvals.propose(organisation, **said, by=by, at=at(16))


def _rule(admin: Actor, school: Any) -> Any:
    line = routes.Line(topic=None, kind=AppealKind.PRAISE, school=school, starts_at=UnitLevel.CLASS)
    return routes.follow(line, on=TODAY, by=admin, at=at(9))
