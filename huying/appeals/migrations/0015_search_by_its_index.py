"""PostgreSQL looks words up by their index, however it guesses and whenever it last counted the rows.

It took the making of a row's words for as cheap as a comparison, and so read all rows where a word is common or the
index was freshly filled: 1.8 s at 100,000. What new rows add is put in order soon, as each search has to read it.
"""

from django.db import migrations

FORWARDS = (
    """
    CREATE FUNCTION appeals_words(tokens text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT COST 10000
    AS $$ BEGIN RETURN array_to_tsvector(string_to_array(tokens, ' ')); END $$
    """,
    "DROP INDEX appeals_search",
    "CREATE INDEX appeals_search ON appeals_searchentry USING gin (appeals_words(tokens)) "
    "WITH (gin_pending_list_limit = 256)",
    "ANALYZE appeals_searchentry",
)
BACKWARDS = (
    "DROP INDEX appeals_search",
    "CREATE INDEX appeals_search ON appeals_searchentry USING gin (array_to_tsvector(string_to_array(tokens, ' ')))",
    "DROP FUNCTION appeals_words(text)",
)


def run(statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("appeals", "0014_publication")]
    operations = [migrations.RunPython(run(FORWARDS), run(BACKWARDS))]
