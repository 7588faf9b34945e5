from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField("workcalendar", "stamp", models.CharField(blank=True, max_length=32)),
        migrations.AlterField("workcalendar", "version", models.PositiveIntegerField(default=0)),
    ]
