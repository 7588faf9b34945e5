from huying.people.models import Person, Unit


def change_person(person: Person, *, name: str, unit: Unit, staff_number: str, email: str) -> None:
    """The person is called so and works there. Posts are another matter: they begin and end with dates."""
    person.name, person.unit = name, unit
    person.staff_number, person.email = staff_number, email
    person.save(update_fields=["name", "unit", "staff_number", "email"])
