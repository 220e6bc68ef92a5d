"""What is kept of an import or export: the file's columns and what became of each row. The matters are elsewhere."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7

# Codes; their words stand where they are shown.
RUN_STATES = ("uploaded", "checking", "previewed", "running", "done", "failed", "cancelled")
MODES = ("good", "all")  # the rows without a fault, or all or nothing
ROW_STATES = ("ready", "in", "already", "rejected", "joined")  # joined: only continues the row above
EXPORT_STATES = ("waiting", "ready", "failed", "swept")


class ImportRun(models.Model):
    """One upload on its way in. Its bytes lie on disk until they are swept; what became of each row stays."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=120)  # of the file
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # every table found in the file: where it is, its first labels
    tables: Any = models.JSONField(default=list)
    sheet = models.PositiveSmallIntegerField(null=True)  # which sheet and table were chosen, counted from 0
    table = models.PositiveSmallIntegerField(default=0)
    header: Any = models.JSONField(null=True)  # row numbers of the header, where given by hand
    mapping: Any = models.JSONField(null=True)
    signature = models.CharField(max_length=16, blank=True)  # of the header
    origin = models.CharField(max_length=60, blank=True)  # the source within which numbers are unique
    defaults: Any = models.JSONField(default=dict)  # class, channel, unit of rows that do not say
    mode = models.CharField(max_length=4, default="good")
    state = models.CharField(max_length=10, default="uploaded")
    rows = models.PositiveIntegerField(default=0)  # data rows; each is one of the next six
    ready = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    joined = models.PositiveIntegerField(default=0)  # rows that only continue the one above
    # rows that are no data, by kind: how many, the first numbers
    skipped: Any = models.JSONField(default=dict)
    # the first rows as the preview shows them, identities masked
    sample: Any = models.JSONField(default=list)
    why = models.TextField(blank=True)  # why it failed, for people
    # None: the system
    by = models.ForeignKey("org.User", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()  # the last sign of life
    ended_at = models.DateTimeField(null=True)
    swept_at = models.DateTimeField(null=True)  # the bytes are gone

    class Meta:
        db_table = "exchange_import_run"
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="import_run_newest"),
            models.Index(
                fields=["made_at"], name="import_run_waiting", condition=Q(state__in=["checking", "running"])
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RUN_STATES), name="import_run_state"),
            models.CheckConstraint(condition=Q(mode__in=MODES), name="import_run_mode"),
            models.CheckConstraint(
                condition=Q(rows=F("ready") + F("taken") + F("known") + F("rejected") + F("joined")),
                name="import_run_every_row_counted",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(ready=0, ended_at__isnull=False),
                name="import_run_done_is_done",
            ),
        ]


class ImportRow(models.Model):
    """What became of one row of the chosen table. Never its words: those are in the file, and in the matter."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="entries", db_index=False)
    number = models.PositiveIntegerField()  # as in Excel
    state = models.CharField(max_length=8)
    matter_id = models.UUIDField(null=True)
    key = models.CharField(
        max_length=80, blank=True
    )  # its number at the source, or a keyed digest of its contents
    digest = models.CharField(max_length=32, blank=True)  # keyed digest of all it says: tells a changed row
    problems: Any = models.JSONField(default=list)  # [[cell, column, code, params, blocking], …]
    flagged = models.BooleanField(default=False)  # there are problems, blocking or not

    class Meta:
        db_table = "exchange_import_row"
        indexes = [
            models.Index(fields=["run", "state", "number"], name="import_row_state"),
            models.Index(
                fields=["matter_id"], name="import_row_matter", condition=Q(matter_id__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(state__in=ROW_STATES),
                name="import_row_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="in") | Q(matter_id__isnull=False), name="import_row_in_has_matter"
            ),
        ]


class SavedMapping(models.Model):
    """What the columns under a header were last said to mean; offered again when the same header comes back."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    signature = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=60)
    mapping: Any = models.JSONField()
    defaults: Any = models.JSONField(default=dict)
    origin = models.CharField(max_length=60)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "exchange_saved_mapping"


class ExportRun(models.Model):
    """One sheet taken out: what was asked for, by whom, why. Its bytes lie on disk for a few days."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sought: Any = models.JSONField(default=dict)  # the filters of the list
    identity = models.BooleanField(default=False)
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default="waiting")
    rows = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_export_run"
        indexes = [
            models.Index(fields=["by", "-made_at"], name="export_run_newest"),
            models.Index(fields=["made_at"], name="export_run_waiting", condition=Q(state="waiting")),
        ]
        constraints = [models.CheckConstraint(condition=Q(state__in=EXPORT_STATES), name="export_run_state")]
