from django.db import transaction

from huying.people.models import Unit


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit) -> None:
    """The unit and all below it stand under another unit; their paths say so."""
    before, after = unit.path, f"{parent.path}{unit.pk}/"
    for one in Unit.objects.filter(path__startswith=before).exclude(pk=unit.pk):
        one.path = after + one.path.removeprefix(before)
        one.save(update_fields=["path"])
    unit.parent, unit.path = parent, after
    unit.save(update_fields=["parent", "path"])
