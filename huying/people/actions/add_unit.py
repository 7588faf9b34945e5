from huying.language.pinyin import initials
from huying.people.models import Unit
from huying.rules.enums import UnitLevel


def add_unit(
    *,
    code: str,
    name: str,
    level: UnitLevel,
    parent: Unit | None,
    pupils: int = 0,
    phone: str = "",
    address: str = "",
    position: int = 0,
) -> Unit:
    """A unit stands in the tree under its parent, and is found by the first letters of its name."""
    unit = Unit.objects.create(
        code=code,
        name=name,
        level=level,
        parent=parent,
        pupils=pupils,
        phone=phone,
        address=address,
        position=position,
        initials=" ".join(sorted(initials(name)))[:120],
    )
    unit.path = f"{parent.path if parent is not None else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit
