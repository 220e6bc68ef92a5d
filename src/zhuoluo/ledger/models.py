"""Entries: append only. No foreign keys, so history outlives the rows it speaks of."""

from django.db import models


class Entry(models.Model):
    """One act, appended for ever: at once the history shown, the audit log, and the outbox senders read.

    The database refuses UPDATE, DELETE and TRUNCATE (migration 0002). `payload` never holds personal text: text
    lives in its own room, and the entry carries its salted digest.
    """

    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()  # when the act was done
    recorded_at = models.DateTimeField()  # when it was written down; the order of writing is `seq`
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=60)  # as it was that day
    actor_post = models.CharField(max_length=120, blank=True)
    unit_id = models.UUIDField(null=True)
    unit_name = models.CharField(max_length=120, blank=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    verb = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    # For the later sealing: the salt and the leaf of the hash tree are fixed when the entry is written.
    salt = models.BinaryField(max_length=16)
    leaf = models.BinaryField(max_length=32)
    # PostgreSQL only (set by a trigger): the writing transaction, so that a cursor never skips a late commit.
    txid = models.BigIntegerField(null=True)

    class Meta:
        db_table = "ledger_entry"
        indexes = [models.Index(fields=["subject_id", "seq"], name="ledger_subject")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor_kind__in=["staff", "resident", "system"]), name="ledger_actor_kind"
            ),
            models.CheckConstraint(
                condition=~models.Q(actor_kind="staff") | models.Q(actor_id__isnull=False),
                name="ledger_staff_is_known",
            ),
        ]


class Cursor(models.Model):
    """How far a reader of the ledger has come: one row per reader, moved in the reader's own transaction."""

    reader = models.CharField(primary_key=True, max_length=60)
    seq = models.BigIntegerField(default=0)

    class Meta:
        db_table = "ledger_cursor"
