"""What callers and handlers note down of a talk. It may name the family; nobody else reads the name there.

Words are kept as they were written. Where the family did not file openly, all but the writer read them masked: what the
sealed identity holds, and whatever looks like a name or a number.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from huying.appeals import identities
from huying.appeals.identities import Contact
from huying.appeals.models import Appeal, Event, Text
from huying.language import redaction
from huying.rules.actors import Actor
from huying.rules.case import CaseFacts
from huying.rules.enums import Action, ActorKind, PrivacyMode

TALKS = (Action.CALL_BACK, Action.CONTACT, Action.WITHDRAW)
HELD = (Action.CALL_BACK, Action.WITHDRAW)
HIDDEN = "***"
FEWEST = 2


def is_of_a_talk(event: Event) -> bool:
    """Whether the words that came with this event were noted by staff of a talk with the family."""
    return event.action in TALKS and event.actor_kind != ActorKind.APPELLANT


def are_held(event: Event, actor: Actor, *, reads: bool) -> bool:
    """Whether the note is for the readers of a 举报 and for who wrote it."""
    return not reads and event.action in HELD and is_of_a_talk(event) and event.person_id != actor.person


def masked(
    texts: Iterable[Text], events: Iterable[Event], actor: Actor, case: CaseFacts, *, appeal: Appeal
) -> list[Text]:
    """The same texts, the notes of talks masked for all but their writers where the family did not file openly."""
    talks = {event.pk for event in events if is_of_a_talk(event) and event.person_id != actor.person}
    found = list(texts)
    if case.privacy is PrivacyMode.OPEN or not any(text.event_id in talks for text in found):
        return found
    contact = identities.opened(appeal) or Contact()
    for text in found:
        if text.event_id in talks:
            text.body = without(text.body, contact)
    return found


def without(words: str, contact: Contact) -> str:
    """The words with a mask for each part of this identity and for whatever looks like a name or a number."""
    for part in sorted(_parts(contact), key=len, reverse=True):
        words = re.sub(_loosely(part), HIDDEN, words)
    return redaction.masked(words)


def proposal(words: str) -> str:
    """The words as they might be kept instead: without what looks like a name or a number. Of the sealed identity this
    knows nothing, so nobody can try names on it."""
    return redaction.masked(words)


def _parts(contact: Contact) -> set[str]:
    """Whatever would tell who it is: names, also without the surname, numbers, and each piece of the other ways."""
    bare = replace(contact, name="".join(contact.name.split()), child="".join(contact.child.split()))
    # Surnames may have two characters: whatever is left of a name from its second one on is taken for a given name.
    given = {name[start:] for name in (bare.name, bare.child) for start in range(1, len(name) - 1)}
    others = re.split(r"[\s,，;；、:：]+", contact.other)
    whole = {bare.name, bare.child, contact.relation.strip(), re.sub(r"\D", "", contact.phone), *others}
    return {part for part in whole | given if len(part) >= FEWEST}


def _loosely(part: str) -> str:
    """The part with any blanks or dashes between its characters."""
    return r"[\s-]*".join(re.escape(one) for one in part)
