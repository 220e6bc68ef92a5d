"""Looks at residents' data are appended only; the database refuses to change or remove one."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER residents_view_no_update BEFORE UPDATE ON residents_view "
    "BEGIN SELECT RAISE(ABORT, 'the view record is append only'); END",
    "CREATE TRIGGER residents_view_no_delete BEFORE DELETE ON residents_view "
    "BEGIN SELECT RAISE(ABORT, 'the view record is append only'); END",
]
POSTGRES = [
    "CREATE TRIGGER residents_view_no_change BEFORE UPDATE OR DELETE ON residents_view "
    "FOR EACH ROW EXECUTE FUNCTION zhuoluo_append_only()",
    "CREATE TRIGGER residents_view_no_truncate BEFORE TRUNCATE ON residents_view "
    "FOR EACH STATEMENT EXECUTE FUNCTION zhuoluo_append_only()",
]
SQLITE_BACK = ["DROP TRIGGER residents_view_no_update", "DROP TRIGGER residents_view_no_delete"]
POSTGRES_BACK = [
    "DROP TRIGGER residents_view_no_truncate ON residents_view",
    "DROP TRIGGER residents_view_no_change ON residents_view",
]


def forwards(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("residents", "0001_initial"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(forwards, backwards)]
