import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appeals", "0010_readers_and_signed_approvals"),
    ]

    operations = [
        migrations.AlterField(
            model_name="standingapproval",
            name="proposed_at",
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name="standingapproval",
            name="proposed_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AlterField(
            model_name="standingapproval",
            name="valid_from",
            field=models.DateField(),
        ),
        migrations.AlterField(
            model_name="standingapproval",
            name="valid_to",
            field=models.DateField(),
        ),
    ]
