"""What a clerk may name at the counter: schools and classes by letters and digits, topics by two digits."""

from collections.abc import Sequence
from functools import cached_property

from huying.appeals import queries
from huying.language import naming
from huying.language.naming import Named
from huying.people import directory
from huying.people import queries as people
from huying.rules.enums import UnitLevel


class Counter:
    """The lists of one counter: that of a school, or of a centre that takes calls for its schools."""

    def __init__(self, unit: int) -> None:
        self.unit = people.unit(unit)

    @property
    def serves_many(self) -> bool:
        """Whether a call may be about one of several schools."""
        return UnitLevel(self.unit.level).tier > UnitLevel.SCHOOL.tier

    @cached_property
    def schools(self) -> list[Named]:
        """The schools calls may be about."""
        rows = directory.schools_under(self.unit.path) if self.serves_many else []
        return [_by_letters(pk, name, letters) for pk, name, letters in rows]

    def classes(self, school: int | None) -> list[Named]:
        """The classes of a school, in the order of the tree."""
        path = people.unit(school).path if school else self.unit.path
        if self.serves_many and not school:
            return []
        return [
            Named(str(pk), name, naming.class_numbers(name), naming.letters_of(name))
            for pk, name in directory.classes_under(path)
        ]

    @cached_property
    def topics(self) -> list[Named]:
        """The topics in use, each with its two digits."""
        return [
            Named(topic.code, topic.name, frozenset({f"{number:02}", topic.code}), naming.letters_of(topic.name))
            for number, topic in queries.numbered_topics()
        ]


def _by_letters(pk: int, name: str, letters: str) -> Named:
    return Named(str(pk), name, letters=frozenset(letters.split()) or naming.letters_of(name))


def number_of(topic: Named) -> str:
    """The two digits of a topic."""
    return next((number for number in sorted(topic.numbers) if number.isdigit()), "")


def name_of(key: str, named: Sequence[Named]) -> str:
    """The name that stands for a key, or nothing."""
    return next((one.name for one in named if one.key == key), "")
