"""The database itself refuses to change or remove an entry, on both engines."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END",
    "CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END",
]
# A row trigger does not see TRUNCATE, so a statement trigger stands beside it.
POSTGRES = [
    "CREATE FUNCTION zhuoluo_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME; END $$",
    "CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry "
    "FOR EACH ROW EXECUTE FUNCTION zhuoluo_append_only()",
    "CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION zhuoluo_append_only()",
    # Numbers are drawn before they are committed; the transaction's own number tells readers what is settled.
    "CREATE FUNCTION zhuoluo_stamp_txid() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN NEW.txid := pg_current_xact_id()::text::bigint; RETURN NEW; END $$",
    "CREATE TRIGGER ledger_entry_txid BEFORE INSERT ON ledger_entry "
    "FOR EACH ROW EXECUTE FUNCTION zhuoluo_stamp_txid()",
]
SQLITE_BACK = ["DROP TRIGGER ledger_entry_no_update", "DROP TRIGGER ledger_entry_no_delete"]
POSTGRES_BACK = [
    "DROP TRIGGER ledger_entry_txid ON ledger_entry",
    "DROP TRIGGER ledger_entry_no_truncate ON ledger_entry",
    "DROP TRIGGER ledger_entry_no_change ON ledger_entry",
    "DROP FUNCTION zhuoluo_stamp_txid()",
    "DROP FUNCTION zhuoluo_append_only()",
]


def forwards(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
