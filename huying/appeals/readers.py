"""The two at most who may read the words of a 举报, by name, and who could be named."""

from huying.appeals import facts
from huying.appeals.casefile import CaseFile
from huying.people import queries as people
from huying.people.models import Person
from huying.rules import permissions


def candidates(file: CaseFile) -> list[Person]:
    """Who may be named: of the tier that has the appeal or above it, with no hand in it and no wall before it."""
    on = facts.local_day(file.at)
    holders = people.holding_over(file.case.desk.path, kinds=permissions.READING, on=on)
    return [
        person
        for person in holders
        if person.pk not in file.case.history.readers
        and permissions.may_be_reader(people.actor_as(person, on=on), file.case)
    ]
