"""What every parents' page shows around its content."""

from typing import Any

from django.utils.translation import gettext as _

from huying.people import queries as people
from huying.web.components.parts import Phone


def around(school: Any = None, *, here: str = "") -> dict[str, Any]:
    """The school's name and home, and the phones at the foot."""
    county = people.county()
    phones = []
    if school is not None and school.phone:
        phones.append(Phone(_("%(school)s惠民服务站") % {"school": school.name}, school.phone))
    if county is not None and county.phone:
        phones.append(Phone(county.name, county.phone))
    return {
        "school": school,
        "school_name": school.name if school is not None else "",
        "home_url": f"/s/{school.code}/" if school is not None else "/",
        "phones": phones,
        "here": here,
    }


def school_of_code(code: str) -> Any:
    """The school with this code; the only one there is when none is named; else None."""
    if code:
        unit = people.unit_by_code(code)
        return unit if unit is not None and unit.level == "school" else None
    some = list(people.schools()[:2])
    return some[0] if len(some) == 1 else None
