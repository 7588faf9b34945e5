from django.db import migrations

from huying.appeals import append_only


class Migration(migrations.Migration):
    dependencies = [("appeals", "0001_initial")]
    operations = [migrations.RunPython(append_only.apply, append_only.lift)]
