"""A clause, cited by its id whatever becomes of its words, and each version of these with its days."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.outreach.policy.models.document import Document


class Clause(models.Model):
    """One numbered clause of a published document. `label`: as the source writes it; `sequence`: without gaps."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="clauses", db_index=False)
    sequence = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40)
    heading = models.CharField(max_length=120, blank=True)
    audiences = models.CharField(max_length=200, blank=True)  # nothing: those of the document

    class Meta:
        db_table = "policy_clause"
        constraints = [
            models.UniqueConstraint(fields=["document", "sequence"], name="clause_sequence_once"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="clause_sequence_from_one"),
        ]


class ClauseText(models.Model):
    """The words of a clause from one day on, and in plain words. The last day is included."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="texts", db_index=False)
    text = models.TextField()
    plain = models.TextField(blank=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    why = models.CharField(max_length=200, blank=True)  # on what an amendment rests
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "policy_clause_text"
        constraints = [
            models.UniqueConstraint(fields=["clause", "from_day"], name="clause_text_from_once"),
            # Two without an end would both be in force for ever; the rest is held by the action under a lock.
            models.UniqueConstraint(
                fields=["clause"], name="clause_text_open_once", condition=Q(until_day__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gte=F("from_day")), name="clause_text_days"
            ),
        ]
