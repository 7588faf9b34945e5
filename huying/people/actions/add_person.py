from huying.people.models import Person, Unit


def add_person(*, name: str, unit: Unit, title: str = "", staff_number: str = "", email: str = "") -> Person:
    """Somebody works in a unit. What they may do follows from the posts they are appointed to."""
    return Person.objects.create(name=name, unit=unit, title=title, staff_number=staff_number, email=email)
