"""Long-standing cases (积案), who takes responsibility (包案), what they saw, and the four boxes."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.oversight.rules import BOXES, SOURCES


class Listed(models.Model):
    """A matter on the list of long-standing cases (信访积案)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter_id = models.UUIDField()
    source = models.CharField(max_length=60)  # which list
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    struck_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "oversight_listed"
        constraints = [
            models.UniqueConstraint(
                fields=["matter_id"], name="listed_once", condition=Q(struck_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, reason="") | (Q(struck_at__gte=F("at")) & ~Q(reason="")),
                name="listed_struck_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="listed_order", condition=Q(struck_at__isnull=True))
        ]


class Case(models.Model):
    """A leader's responsibility for one matter, with the plan (四包), until it ends."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter_id = models.UUIDField()
    leader = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=10, choices=list(SOURCES.items()))
    plan = models.TextField(blank=True)
    until = models.DateField()
    at = models.DateTimeField()
    forward_at = models.DateTimeField(null=True)  # put forward to be certified
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "oversight_case"
        constraints = [
            models.UniqueConstraint(
                fields=["matter_id"], name="case_one_live", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, reason="") | (Q(ended_at__gte=F("at")) & ~Q(reason="")),
                name="case_ended_pair",
            ),
            models.CheckConstraint(
                condition=Q(forward_at__isnull=True) | Q(forward_at__gte=F("at")), name="case_forward_after"
            ),
        ]
        indexes = [
            models.Index(
                fields=["leader", "at", "id"], name="case_leader", condition=Q(ended_at__isnull=True)
            ),
            models.Index(fields=["at", "id"], name="case_live", condition=Q(ended_at__isnull=True)),
        ]


class Visit(models.Model):
    """A leader's visit: the day, whom they met (parts, no names), what they found, what comes next."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField()
    met = models.CharField(max_length=120)
    found = models.TextField()
    then = models.TextField(blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "oversight_visit"
        constraints = [models.CheckConstraint(condition=~Q(met="") & ~Q(found=""), name="visit_full")]


class Box(models.Model):
    """One of the four boxes of a case as it is filled now."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="boxes")
    key = models.CharField(max_length=8, choices=list(BOXES.items()))
    applies = models.BooleanField()
    words = models.TextField()
    evidence = models.TextField(blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "oversight_box"
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="box_once"),
            models.CheckConstraint(
                condition=~Q(words="") & (Q(applies=False) | ~Q(evidence="")), name="box_full"
            ),
            models.CheckConstraint(condition=Q(key__in=list(BOXES)), name="box_known"),
        ]
