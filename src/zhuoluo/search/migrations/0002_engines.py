"""What each engine indexes with: a full-text table on SQLite, a tsvector column with a GIN index on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE UNIQUE INDEX search_document_tick ON search_document (tick)",
    # The table keeps no copy of the text (content=''), so its size is that of the index. The ascii tokenizer splits at
    # blanks only and takes every other character as it is, newer characters included; the tokens are made by us.
    "CREATE VIRTUAL TABLE search_index USING fts5(words, content='', tokenize='ascii')",
    # A table that was emptied by whatever means leaves no words behind.
    "CREATE TRIGGER search_emptied AFTER DELETE ON search_document "
    "WHEN (SELECT COUNT(*) FROM (SELECT 1 FROM search_document LIMIT 1)) = 0 "
    "BEGIN INSERT INTO search_index(search_index) VALUES ('delete-all'); END",
]
SQLITE_BACK = [
    "DROP TRIGGER search_emptied",
    "DROP TABLE search_index",
    "DROP INDEX search_document_tick",
]
POSTGRES = [
    "ALTER TABLE search_document ADD COLUMN tokens tsvector NOT NULL DEFAULT ''",
    # Bigrams do not get smaller by compression: trying costs a third of the time of a write.
    "ALTER TABLE search_document ALTER COLUMN tokens SET STORAGE EXTERNAL",
    # No plan of ours asks the statistics of this column, and gathering them would read every text.
    "ALTER TABLE search_document ALTER COLUMN tokens SET STATISTICS 0",
    "CREATE INDEX search_document_newest ON search_document (tick DESC, id DESC)",
    # New rows gather in a list beside the index, which is merged in large and cheap portions. Every search reads that
    # list from end to end, so whoever wrote merges it: search_settle(), with the owner's right that this needs.
    "CREATE INDEX search_document_tokens ON search_document USING gin (tokens) WITH (gin_pending_list_limit = 65536)",
    """
    CREATE FUNCTION search_settle() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT
    AS $$ SELECT gin_clean_pending_list('search_document_tokens') $$
    """,
    # The planner cannot know how many documents hold a word, and a wrong guess reads the whole table. The settings
    # bound to this function leave it one way, through the GIN index: "tick + 0" keeps the other index out of it.
    """
    CREATE FUNCTION search_hits(wanted tsquery, before bigint, before_id uuid, most bigint)
    RETURNS TABLE (id uuid, tick bigint) LANGUAGE sql STABLE
    SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
    AS $$
        SELECT d.id, d.tick FROM search_document d
        WHERE d.tokens @@ wanted AND (d.tick + 0, d.id) < (before, before_id)
        ORDER BY d.tick DESC, d.id DESC LIMIT most
    $$
    """,
]
POSTGRES_BACK = [
    "DROP FUNCTION search_hits(tsquery, bigint, uuid, bigint)",
    "DROP FUNCTION search_settle()",
    "DROP INDEX search_document_tokens",
    "DROP INDEX search_document_newest",
    "ALTER TABLE search_document DROP COLUMN tokens",
]


def forwards(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
