from huying.language.pinyin import initials
from huying.people.models import Unit

FIELDS = ("name", "phone", "address", "pupils", "position")


def change_unit(unit: Unit, *, name: str, phone: str, address: str, pupils: int, position: int) -> None:
    """The unit is called and reached so, and is found by the first letters of its new name. Its code stays."""
    unit.name, unit.phone, unit.address = name, phone, address
    unit.pupils, unit.position = pupils, position
    unit.initials = " ".join(sorted(initials(name)))[:120]
    unit.save(update_fields=[*FIELDS, "initials"])
