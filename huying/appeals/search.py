"""Full text of appeals: SQLite's FTS5 or PostgreSQL's GIN over tokens made in Python. Identity is never in it."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from huying.appeals.models import Appeal, SearchEntry, Text
from huying.language import tokens
from huying.language.contacts import without_contacts
from huying.people.inserts import PreparedInsert
from huying.rules.enums import TextKind

WORDS = (TextKind.VERBATIM, TextKind.WISH, TextKind.SUMMARY, TextKind.MESSAGE, TextKind.REPLY)
_NEW = PreparedInsert(SearchEntry)


def index_new(appeal: Appeal, texts: Iterable[Text]) -> None:
    """A new appeal is found by its number, outer number, title and these first words."""
    entry = entry_for(appeal, [text.body for text in texts if text.kind in WORDS])
    _NEW.one(SearchEntry(appeal=appeal, tokens=entry))
    if connection.vendor == "sqlite":
        _remember(appeal.pk, entry)


def index(appeal: Appeal) -> None:
    """The appeal is found by its words as they stand now."""
    bodies = Text.objects.filter(appeal=appeal, kind__in=WORDS).values_list("body", flat=True)
    entry = entry_for(appeal, list(bodies))
    if connection.vendor == "sqlite":
        _forget(appeal.pk)
    SearchEntry.objects.filter(appeal=appeal).update(tokens=entry)
    if connection.vendor == "sqlite":
        _remember(appeal.pk, entry)


def entry_for(appeal: Appeal, bodies: list[str]) -> str:
    """What stands in the index for an appeal with these words. A phone inside a story finds nobody."""
    words = [appeal.number, appeal.external_ref, *map(without_contacts, (appeal.title, *bodies))]
    return " ".join(tokens.index_tokens("\n".join(words)))


def matching(appeals: QuerySet[Appeal], query: str) -> QuerySet[Appeal]:
    """Those of the appeals in which every word of the query stands; none for a query without a word."""
    wanted = tokens.query_tokens(query)
    if not wanted:
        return appeals.none()
    if connection.vendor == "sqlite":
        found = RawSQL("SELECT rowid FROM appeals_search WHERE appeals_search MATCH %s", [_fts(wanted)])
    else:
        found = RawSQL(
            "SELECT appeal_id FROM appeals_searchentry WHERE appeals_words(tokens) @@ %s::tsquery",
            [_tsquery(wanted)],
        )
    return appeals.filter(pk__in=found)


def _fts(wanted: list[str]) -> str:
    return " AND ".join(f'"{token}"' for token in wanted)


def _tsquery(wanted: list[str]) -> str:
    return " & ".join(f"'{token}'" for token in wanted)


def _forget(pk: int) -> None:
    """FTS5 needs the old tokens to take a row out; Debian's SQLite cannot delete from a table without content."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO appeals_search(appeals_search, rowid, tokens) "
            "SELECT 'delete', appeal_id, tokens FROM appeals_searchentry WHERE appeal_id = %s",
            [pk],
        )


def _remember(pk: int, entry: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO appeals_search(rowid, tokens) VALUES (%s, %s)", [pk, entry])
