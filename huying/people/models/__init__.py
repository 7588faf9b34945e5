"""Tables of the room: who, where, in which post, and the days they work."""

from huying.people.models.access import AccessReset, PastPassword, RecoveryCode, SecondFactor
from huying.people.models.accounts import Account
from huying.people.models.calendars import (
    CalendarChange,
    CalendarDay,
    CalendarYear,
    SchoolTerm,
    WorkCalendar,
    WorkingHours,
)
from huying.people.models.changes import SetupChange
from huying.people.models.invitations import Invitation
from huying.people.models.persons import Person, Post
from huying.people.models.sign_ins import SignIn
from huying.people.models.units import Unit

__all__ = [
    "AccessReset",
    "Account",
    "CalendarChange",
    "CalendarDay",
    "CalendarYear",
    "Invitation",
    "PastPassword",
    "Person",
    "Post",
    "RecoveryCode",
    "SchoolTerm",
    "SecondFactor",
    "SetupChange",
    "SignIn",
    "Unit",
    "WorkCalendar",
    "WorkingHours",
]
