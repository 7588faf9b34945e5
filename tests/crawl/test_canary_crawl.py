"""A family is looked for everywhere by those who must not find it: every page, part, file, notice, log, temporary file
and the database itself."""

import io
import logging
import re
from base64 import b64decode
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import get_resolver

from huying.appeals import letterbox, piles
from huying.appeals.models import Attachment
from huying.channels import mail
from huying.channels.delivery import Mail
from huying.channels.models import Letter
from tests import cast
from tests.cast import TODAY, at
from tests.channels import samples
from tests.crawl import nest
from tests.crawl.canaries import ALL, NOTED, SEALED, found_in
from tests.house.routes import addresses
from tests.pages.office import Office

pytestmark = pytest.mark.proof

# The head complained about, whom they manage, another school, an office that handles without leave to see who filed,
# those who run the machine or look over everybody's shoulder, all who review, call and supervise, and the two readers
# themselves once their half hour is over.
HUNTERS = (
    *("grade_head", "teacher", "other_teacher", "other_principal", "other_dispatcher", "office_head"),
    *("auditor", "system_admin", "security_admin", "principal", "inspector", "caller", "county_caller"),
    *("county_dispatcher", "county_supervisor", "second_supervisor", "dispatcher", "clerk"),
)
# Behind the wall, or of another school: they may not even learn that there is an appeal.
OUTSIDE = ("grade_head", "teacher", "other_teacher", "other_principal", "other_dispatcher")
# What somebody wrote themselves, or decides on, they may read again.
OWN = {
    "office_head": {"name_in_unmask_reason"},
    "caller": {"name_in_call_note", *NOTED},
    "principal": {"name_in_unmask_reason"},
    "county_supervisor": {"name_in_unmask_reason"},
    "second_supervisor": {"name_in_unmask_reason"},
}
MOST_PAGES = 150
FEWEST_PAGES = 80
LINK = re.compile(rb'(?:href|src|action|hx-get|data-url)="(/[^"#]*)"')


@pytest.fixture(scope="module")
def planted(databases, django_db_blocker, tmp_path_factory):
    """The office with every canary planted; logs and temporary files are caught from the first moment."""
    folder, log = tmp_path_factory.mktemp("nest"), io.StringIO()
    (folder / "temporary").mkdir()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "FILES_DIR", folder / "files")
        patch.setattr("tempfile.tempdir", str(folder / "temporary"))
        name = databases.copy()
        with databases.using(name):
            office = Office(cast.enter(), patch)
            yield office, nest.build(office.stage, office), log, folder
        databases.drop(name)
    logging.getLogger().removeHandler(handler)


def start_pages(found: nest.Nest) -> list[str]:
    """Every address of the house, filled with what there is."""
    tokens = [str(token) for token in Attachment.objects.values_list("file__token", flat=True)]
    filled = []
    for path, _ in addresses(get_resolver()):
        # A step has the same gate for every appeal; the pages that show something are opened for each.
        some = found.all if path.count("/") <= 3 or "print" in path or "dates" in path else (found.handled,)
        for appeal in some:
            for token in tokens if "files" in path else ["x"]:
                values = {"pk": str(appeal.pk), "token": token, "code": "school", "doing": "add_message"}
                filled.append("/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m, v=values: v.get(m[1], "1"), path))
    words = [f"/staff/search/?q={found.handled.number}", "/staff/search/?q=举报", "/staff/?pile=all"]
    return list(dict.fromkeys(filled + words))


def crawl(client, pages: list[str]) -> dict[str, bytes]:
    """Every page that opens, with what it leads to; nothing that ends the session."""
    seen: dict[str, bytes] = {}
    todo = list(pages)
    while todo and len(seen) < MOST_PAGES:
        page = todo.pop(0)
        if page in seen or "sign_out" in page or "leave" in page:
            continue
        body = _body(client.get(page))
        seen[page] = body
        if page.startswith(("/staff/?", "/staff/appeals/")) and page.count("/") == 4:
            seen[f"{page} (part)"] = _body(client.get(page, headers={"HX-Request": "true"}))
        todo += [link.decode("utf-8", "ignore").replace("&amp;", "&") for link in LINK.findall(body)]
    return seen


def _body(response) -> bytes:
    body = b"".join(response) if response.streaming else response.content
    head = repr(sorted(response.headers.items())).encode()
    if response.get("Content-Type") == "application/pdf" and body.startswith(b"%PDF"):
        body += samples.shown(body)
    return head + body


def test_there_are_at_least_forty_kinds():
    assert len(ALL) >= 40
    assert len(set(ALL.values())) == len(ALL)


@pytest.mark.parametrize("name", HUNTERS)
def test_whoever_must_not_know_finds_nothing_on_any_page(planted, name):
    office, found, _, _ = planted
    office.clock_shows(at(17))
    kinds = {kind: mark for kind, mark in ALL.items() if kind not in OWN.get(name, set())}
    pages = crawl(office.as_(name), start_pages(found))
    print(f"{name}: {len(pages)} pages and parts, {len(kinds)} kinds")
    assert len(pages) >= FEWEST_PAGES
    assert sorted({(kind, page) for page, body in pages.items() for kind in found_in(body, kinds)})[:9] == []
    if name in OUTSIDE:
        # They do not even meet a number.
        numbers = [appeal.number.encode() for appeal in found.all]
        met = [page for page, body in pages.items() if "/search/" not in page and any(n in body for n in numbers)]
        assert met == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_those_outside_meet_the_same_page_as_for_an_appeal_that_is_not_there(planted, name):
    office, found, _, _ = planted
    client = office.as_(name)
    met = {_bare(client.get(f"/staff/appeals/{pk}/").content) for pk in (999999, *(one.pk for one in found.all))}
    assert len(met) == 1


def test_no_search_finds_a_canary_that_is_sealed(planted):
    office, _, _, _ = planted
    everyone = (*HUNTERS, "dispatcher", "county_dispatcher", "clerk")
    met = [
        (name, kind)
        for name in everyone
        for kind, mark in SEALED.items()
        if piles.found(getattr(office.stage, name), mark).exists()
    ]
    assert met == []


@pytest.mark.usefixtures("planted")
def test_no_notice_and_no_mail_says_a_word_of_it():
    letters = list(Letter.objects.all())
    told = [(one.pk, kind) for one in letters for kind in found_in(repr(vars(one)).encode(), ALL)]
    mails = [Mail(id=f"m{one.pk}", to=("a@b.example",), kind=one.kind, number=one.number) for one in letters]
    told += [(one.id, kind) for one in mails for kind in found_in(mail._message(one).message().as_bytes(), ALL)]
    reached = {name for one in letters for name in letterbox.addresses(one, on=TODAY)}
    assert letters
    assert (told, reached) == ([], set())


def test_neither_log_nor_temporary_file_nor_stored_file_tells_anything(planted):
    office, found, log, folder = planted
    office.clock_shows(at(17))
    for page in start_pages(found)[:60]:
        office.as_("dispatcher").get(page)
    assert found_in(log.getvalue().encode(), ALL) == []
    told = []
    for file in [file for file in Path(folder).rglob("*") if file.is_file()]:
        data = file.read_bytes()
        data += samples.shown(data) if data.startswith(b"%PDF") else b""
        told += [(file.name, kind) for kind in found_in(file.name.encode() + data, ALL)]
    assert list((folder / "files").rglob("*"))
    assert told == []


def test_the_database_as_it_lies_gives_no_identity_away(planted):
    told = []
    # A note is a text of the case: what its writer put into it lies there as any words do, masked for the others.
    kinds = {kind: mark for kind, mark in SEALED.items() if kind not in NOTED}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            told += [(table, kind) for row in cursor.fetchall() for kind in found_in(_spread(row), kinds)]
    for session in Session.objects.all():
        told += [("session", kind) for kind in found_in(repr(session.get_decoded()).encode(), kinds)]
    if connection.vendor == "sqlite":
        # The bytes of the file: what was deleted or moved may still lie between the rows.
        for part in ("", "-wal"):
            file = Path(str(connection.settings_dict["NAME"]) + part)
            told += [(file.suffix, kind) for kind in found_in(file.read_bytes() if file.exists() else b"", kinds)]
    assert sorted(set(told)) == []


def _bare(body: bytes) -> bytes:
    """A page without what differs from one request to the next: its token and its own address."""
    return re.sub(rb"[A-Za-z0-9]{64}|(?:/|%2F)staff(?:/|%2F)appeals(?:/|%2F)\d+(?:/|%2F)", b"", body)


def _spread(row: tuple) -> bytes:
    """A row as text, with what is only wrapped in base64 unwrapped."""
    text = " ".join(bytes(cell).decode("utf-8", "replace") if isinstance(cell, (bytes, memoryview)) else str(cell)
                    for cell in row)  # fmt: skip
    wrapped = [b64decode(word[: len(word) // 4 * 4], altchars=b"-_") for word in re.findall(r"[\w+/-]{16,}", text)
               if word.isascii()]  # fmt: skip
    return text.encode("utf-8", "replace") + b" ".join(wrapped)
