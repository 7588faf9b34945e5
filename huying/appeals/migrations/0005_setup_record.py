from django.db import migrations

from huying.appeals import append_only


class Migration(migrations.Migration):
    dependencies = [("appeals", "0004_ladder_entry"), ("people", "0005_setup_changes")]
    operations = [migrations.RunPython(append_only.apply, migrations.RunPython.noop)]
