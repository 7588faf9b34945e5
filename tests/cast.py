"""The cast: the people every story is about, in 澄川县 (fictitious). `enter()` puts them on stage."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

from huying.appeals.models import Topic
from huying.channels.models import Channel
from huying.people import queries as people
from huying.people.models import Account, Person, Post, SecondFactor, Unit
from huying.people.second_factors import sealed
from huying.rules.actors import FILER, Actor, holder
from huying.rules.enums import PostKind, UnitLevel
from huying.vault import one_time

CHINA = timezone(timedelta(hours=8))
TODAY = date(2026, 11, 24)  # a Tuesday


def at(hour: int, minute: int = 0, *, day: int = 24, month: int = 11, year: int = 2026) -> datetime:
    """A moment of Chinese wall time, as UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=CHINA).astimezone(UTC)


@dataclass
class Stage:
    """Units and accounts by the names the stories use."""

    units: dict[str, Unit] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        """An actor by name, with the posts of the day of the stories."""
        accounts = self.__dict__.get("accounts", {})
        if name not in accounts:
            raise AttributeError(name)
        return people.actor_of(Account.objects.select_related("person__unit").get(login=name), on=TODAY)

    def person(self, name: str) -> Person:
        return Person.objects.get(pk=self.accounts[name].person_id)

    @property
    def mother(self) -> Actor:
        """A mother who files: she has no receipt yet."""
        return FILER

    @staticmethod
    def holding(appeal) -> Actor:
        """Whoever holds the receipt of an appeal."""
        return holder(receipt=appeal.receipt_id, appeals=frozenset({appeal.pk}))


# name: (person, unit where they work, post, unit of the post)
PEOPLE = {
    "clerk": ("文小丽", "centre", PostKind.CLERK, "school"),
    "dispatcher": ("林静", "centre", PostKind.DISPATCHER, "school"),
    "teacher": ("王芳", "class", PostKind.CLASS_TEACHER, "class"),
    "other_teacher": ("孙梅", "other_class", PostKind.CLASS_TEACHER, "other_class"),
    "grade_head": ("李强", "grade", PostKind.GRADE_HEAD, "grade"),
    "office_head": ("钱进", "office", PostKind.OFFICE_HEAD, "office"),
    "caller": ("周敏", "centre", PostKind.CALLER, "school"),
    "principal": ("赵明远", "school", PostKind.PRINCIPAL, "school"),
    "inspector": ("冯正", "school", PostKind.INSPECTOR, "school"),
    "auditor": ("秦岚", "school", PostKind.AUDITOR, "school"),
    "other_principal": ("高山", "other_school", PostKind.PRINCIPAL, "other_school"),
    "other_dispatcher": ("何琳", "other_school", PostKind.DISPATCHER, "other_school"),
    "county_dispatcher": ("沈洁", "county", PostKind.COUNTY_DISPATCHER, "county"),
    "county_supervisor": ("陆远", "county", PostKind.COUNTY_SUPERVISOR, "county"),
    "second_supervisor": ("方舟", "county", PostKind.COUNTY_SUPERVISOR, "county"),
    "county_caller": ("罗音", "county", PostKind.CALLER, "county"),
    "system_admin": ("马志", "county", PostKind.SYSTEM_ADMIN, "county"),
    "security_admin": ("石坚", "county", PostKind.SECURITY_ADMIN, "county"),
}

UNITS = (
    ("county", "澄川县教育惠民服务中心", UnitLevel.COUNTY, None),
    ("school", "澄川县实验小学", UnitLevel.SCHOOL, "county"),
    ("grade", "三年级部", UnitLevel.GRADE, "school"),
    ("class", "三年级4班", UnitLevel.CLASS, "grade"),
    ("other_class", "三年级2班", UnitLevel.CLASS, "grade"),
    ("office", "总务处", UnitLevel.OFFICE, "school"),
    ("centre", "校惠民中心", UnitLevel.OFFICE, "school"),
    ("other_school", "澄川县第二小学", UnitLevel.SCHOOL, "county"),
)

# What everyone's telephone on stage knows.
SECRET = "HUYINGHUYINGHUYINGHUYINGHUYING22"

CHANNELS = (("web", "网页", False), ("phone", "电话", False), ("hotline", "政务热线", True))


TOPICS = (("classing", "编班与座位"), ("ethics", "师德师风"), ("canteen", "食堂与饮水"), ("other", "其他"))


def enter() -> Stage:
    """Everyone stands on stage, in the posts of the stories. Table by table: every other test begins with this."""
    stage = Stage(units=_units())
    persons = Person.objects.bulk_create(
        Person(name=name, unit=stage.units[works_in]) for name, works_in, _kind, _held_in in PEOPLE.values()
    )
    cast = list(zip(persons, PEOPLE.items(), strict=True))
    Post.objects.bulk_create(
        Post(person=person, unit=stage.units[held_in], kind=kind, starts_on=date(2026, 9, 1))
        for person, (_login, (_name, _works_in, kind, held_in)) in cast
    )
    accounts = Account.objects.bulk_create(_account(login, person) for person, (login, _role) in cast)
    stage.accounts = {account.login: account for account in accounts}
    SecondFactor.objects.bulk_create(_telephone(account) for account in accounts)
    Channel.objects.bulk_create(
        [Channel(code=code, name=name, is_outer=is_outer) for code, name, is_outer in CHANNELS], ignore_conflicts=True
    )
    Topic.objects.bulk_create([Topic(code=code, name=name) for code, name in TOPICS], ignore_conflicts=True)
    return stage


def bind(account: Account) -> None:
    """This sign-in has its telephone."""
    _telephone(account).save()


def _telephone(account: Account) -> SecondFactor:
    kept = sealed(SECRET, account=account.pk, field="sealed")
    return SecondFactor(account=account, sealed=kept, confirmed_at=at(8))


def shown(moment: datetime, *, to: Account | None = None) -> str:
    """What the telephones show at that moment; for somebody who has just used one, what they show next."""
    used = SecondFactor.objects.get(account=to).last_step if to is not None else 0
    return one_time.code(SECRET, max(one_time.step_at(moment), used + 1))


def found(stage: Stage, code: str, name: str, level: UnitLevel, parent: str) -> Unit:
    """One more unit stands below this one."""
    above = stage.units[parent]
    stage.units[code] = unit = Unit.objects.create(code=code, name=name, level=level, parent=above, path="")
    unit.path = f"{above.path}{unit.pk}/"
    unit.save()
    return unit


def hire(stage: Stage, login: str, role: tuple[str, str, PostKind, str]) -> Account:
    """One more person (name, where they work, post, where it is held) stands on stage, with an account."""
    name, works_in, kind, held_in = role
    person = Person.objects.create(name=name, unit=stage.units[works_in])
    Post.objects.create(person=person, unit=stage.units[held_in], kind=kind, starts_on=date(2026, 9, 1))
    stage.accounts[login] = account = _account(login, person)
    account.save()
    bind(account)
    return account


def _units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for code, name, level, parent in UNITS:
        above = units.get(parent) if parent else None
        units[code] = unit = Unit.objects.create(code=code, name=name, level=level, parent=above, path="")
        unit.path = f"{above.path if above else '/'}{unit.pk}/"
    Unit.objects.bulk_update(units.values(), ["path"])
    return units


def _account(login: str, person: Person) -> Account:
    account = Account(login=login, person=person, must_change_password=False, created_at=at(8))
    account.set_unusable_password()
    return account
