"""Which official papers there are of one appeal by now, and who may take them along.

A paper says what the appellant is told anyway. It is for the hands that write, review and conclude the answer, and for
the desk that takes on or refuses.
"""

from collections.abc import Collection
from typing import Final

from huying.rules import permissions
from huying.rules.actors import Actor
from huying.rules.case import CaseFacts
from huying.rules.enums import Action, CaseLetter, State
from huying.rules.lifecycle import OPEN

RIGHTS: Final = (Action.ANSWER, Action.APPROVE_ANSWER, Action.CLOSE, Action.REFUSE)
APPROVED: Final = (Action.APPROVE_ANSWER, Action.ANSWER_AT_ONCE)
WITHOUT_A_HAND: Final = (State.REFUSED, State.REFERRED, State.WITHDRAWN, State.JOINED, State.RECEIVED)


def may_take(actor: Actor, case: CaseFacts) -> bool:
    """Whether the papers of this appeal are handed to this person."""
    return any(permissions.has_the_right(actor, action, case) for action in RIGHTS)


def there_are(state: State, taken: Collection[Action], *, has_lead: bool) -> tuple[CaseLetter, ...]:
    """The papers of an appeal that stands there, after these steps; the opinion only once an answer is written."""
    is_written = state is State.ANSWERED or any(action in taken for action in APPROVED)
    found = {
        CaseLetter.OPINION: is_written,
        CaseLetter.TAKEN_ON: has_lead and state not in WITHOUT_A_HAND,
        CaseLetter.EXTENDED: Action.APPROVE_EXTENSION in taken and state in OPEN,
        CaseLetter.REFUSED: state is State.REFUSED,
        CaseLetter.REFERRED: state is State.REFERRED,
    }
    return tuple(letter for letter, is_there in found.items() if is_there)
