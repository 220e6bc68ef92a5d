"""A report written from its own records: each statement names what it rests on."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.research.models.finding import Finding
from zhuoluo.research.models.topic import Note, Topic


class Report(models.Model):
    """The report of a topic."""

    topic = models.OneToOneField(Topic, primary_key=True, on_delete=models.PROTECT, related_name="report")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "research_report"


class Statement(models.Model):
    """One paragraph under a heading. Without sources it cannot be kept (the action refuses it)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="statements", db_index=False)
    place = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        db_table = "research_statement"
        constraints = [models.UniqueConstraint(fields=["report", "place"], name="statement_place_once")]


class Source(models.Model):
    """What a statement rests on: a note or a finding."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="sources")
    note = models.ForeignKey(Note, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    finding = models.ForeignKey(
        Finding, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        db_table = "research_source"
        constraints = [
            models.CheckConstraint(
                condition=Q(note__isnull=False) ^ Q(finding__isnull=False), name="source_one_of_two"
            )
        ]
