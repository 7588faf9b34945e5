"""The topics, routing rules and numbers that ship, as rows to be seen and followed by others."""

from datetime import date

from huying.appeals import parameters, rulebook
from huying.appeals.models import Parameter, RoutingRule, Topic
from huying.rules.enums import AppealKind, UnitLevel

SOURCE = "系统默认"
TOPICS = (
    ("admission", "招生入学与学区"),
    ("transfer", "转学与学籍"),
    ("classing", "编班与座位"),
    ("fees", "教育收费"),
    ("uniform", "教辅与校服"),
    ("ethics", "师德师风"),
    ("discipline", "教育惩戒"),
    ("homework", "作业与考试"),
    ("teaching", "课程与教学"),
    ("schedule", "作息、体育与睡眠"),
    ("afterschool", "课后服务"),
    ("canteen", "食堂与饮水"),
    ("bus", "校车与接送交通"),
    ("safety", "校园安全与卫生"),
    ("bullying", "学生欺凌"),
    ("mental", "心理健康"),
    ("aid", "学生资助"),
    ("facility", "设施建设"),
    ("trips", "研学与活动"),
    ("contact", "家校沟通"),
    ("privacy", "信息与隐私"),
    ("attitude", "服务态度"),
    ("staff_rights", "教职工权益"),
    ("other", "其他"),
)
# Where a topic starts when it does not start in the class, and which office of the school takes it.
ROUTES = (
    ("admission", UnitLevel.OFFICE, "教务处"),
    ("transfer", UnitLevel.OFFICE, "教务处"),
    ("teaching", UnitLevel.GRADE, ""),
    ("schedule", UnitLevel.GRADE, ""),
    ("fees", UnitLevel.OFFICE, "总务处"),
    ("uniform", UnitLevel.OFFICE, "总务处"),
    ("canteen", UnitLevel.OFFICE, "总务处"),
    ("bus", UnitLevel.OFFICE, "总务处"),
    ("facility", UnitLevel.OFFICE, "总务处"),
    ("afterschool", UnitLevel.OFFICE, "教务处"),
    ("safety", UnitLevel.OFFICE, "德育处"),
    ("mental", UnitLevel.OFFICE, "德育处"),
    ("trips", UnitLevel.OFFICE, "德育处"),
    ("aid", UnitLevel.OFFICE, "教务处"),
    ("ethics", UnitLevel.SCHOOL, ""),
    ("discipline", UnitLevel.GRADE, ""),
    ("bullying", UnitLevel.SCHOOL, ""),
    ("privacy", UnitLevel.SCHOOL, ""),
    ("staff_rights", UnitLevel.SCHOOL, ""),
)


def seed(*, since: date) -> None:
    """Topics, limits, ladder, routes and numbers stand in their tables; what was there stays as it is."""
    topics = {code: _topic(code, name, place) for place, (code, name) in enumerate(TOPICS)}
    rulebook.seed(since=since)
    if not RoutingRule.objects.exists():
        RoutingRule.objects.bulk_create(_routes(topics, since=since))
    known = set(Parameter.objects.values_list("name", flat=True))
    Parameter.objects.bulk_create(
        [
            Parameter(name=name, value=value, source=SOURCE, valid_from=since)
            for name, value in parameters.SHIPPED.items()
            if name not in known
        ]
    )


def _topic(code: str, name: str, place: int) -> Topic:
    return Topic.objects.get_or_create(code=code, defaults={"name": name, "position": place})[0]


def _routes(topics: dict[str, Topic], *, since: date) -> list[RoutingRule]:
    every = RoutingRule(starts_at=UnitLevel.CLASS, source=SOURCE, valid_from=since)
    reports = RoutingRule(kind=AppealKind.REPORT, starts_at=UnitLevel.SCHOOL, source=SOURCE, valid_from=since)
    return [
        every,
        reports,
        *(
            RoutingRule(topic=topics[code], starts_at=level, office_name=office, source=SOURCE, valid_from=since)
            for code, level, office in ROUTES
        ),
    ]
