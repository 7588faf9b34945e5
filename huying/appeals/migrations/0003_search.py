from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE appeals_search USING fts5(
    tokens, content='appeals_searchentry', content_rowid='appeal_id', tokenize='unicode61', detail='none'
)
"""
POSTGRES = """
CREATE INDEX appeals_search ON appeals_searchentry USING gin (array_to_tsvector(string_to_array(tokens, ' ')))
"""


def create(apps, schema_editor):
    schema_editor.execute(POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(apps, schema_editor):
    what = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
    schema_editor.execute(f"DROP {what} appeals_search")


class Migration(migrations.Migration):
    dependencies = [("appeals", "0002_append_only")]
    operations = [migrations.RunPython(create, drop)]
