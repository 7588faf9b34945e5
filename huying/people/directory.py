"""Units by name, for those who look one up while somebody is on the phone: plain rows, no objects."""

from huying.people.models import Unit
from huying.rules.enums import UnitLevel


def schools_under(path: str) -> list[tuple[int, str, str]]:
    """Id, name and first letters of every open school at or below a path, in their order."""
    schools = Unit.objects.filter(path__startswith=path, level=UnitLevel.SCHOOL, is_active=True)
    return list(schools.order_by("position", "id").values_list("pk", "name", "initials"))


def classes_under(path: str) -> list[tuple[int, str]]:
    """Id and name of every open class below a path, in the order of the tree."""
    classes = Unit.objects.filter(path__startswith=path, level=UnitLevel.CLASS, is_active=True)
    return list(classes.order_by("path").values_list("pk", "name"))
