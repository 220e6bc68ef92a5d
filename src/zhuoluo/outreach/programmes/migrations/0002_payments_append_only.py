"""Payments are appended only; the database refuses to change or remove one."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER programmes_payment_no_update BEFORE UPDATE ON programmes_payment "
    "BEGIN SELECT RAISE(ABORT, 'payments are append only'); END",
    "CREATE TRIGGER programmes_payment_no_delete BEFORE DELETE ON programmes_payment "
    "BEGIN SELECT RAISE(ABORT, 'payments are append only'); END",
]
POSTGRES = [
    "CREATE TRIGGER programmes_payment_no_change BEFORE UPDATE OR DELETE ON programmes_payment "
    "FOR EACH ROW EXECUTE FUNCTION zhuoluo_append_only()",
    "CREATE TRIGGER programmes_payment_no_truncate BEFORE TRUNCATE ON programmes_payment "
    "FOR EACH STATEMENT EXECUTE FUNCTION zhuoluo_append_only()",
]
SQLITE_BACK = ["DROP TRIGGER programmes_payment_no_update", "DROP TRIGGER programmes_payment_no_delete"]
POSTGRES_BACK = [
    "DROP TRIGGER programmes_payment_no_truncate ON programmes_payment",
    "DROP TRIGGER programmes_payment_no_change ON programmes_payment",
]


def forwards(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(forwards, backwards)]
