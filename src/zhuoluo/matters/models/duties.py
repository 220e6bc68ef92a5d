"""What is owed on a matter by when, and the facts with their times."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.models.matter import Matter
from zhuoluo.matters.models.one_of import one_of
from zhuoluo.matters.rules import KINDS, MILESTONES


class Commitment(models.Model):
    """Who owes what by when, under which rule. `target` is the un-rolled end, `due` the legal one (exclusive)."""

    CLOSINGS = [
        ("done", "已完成"), ("replaced", "已变更"), ("returned", "已退回"), ("cancelled", "已取消"), ("not_reached", "未联系上"),
    ]  # fmt: skip
    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="commitments", db_index=False)
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    unit = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    owed_to = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    term = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    target = models.DateTimeField()
    due = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    extension = models.PositiveSmallIntegerField(default=0)  # days added under art. 34
    reckoning = models.JSONField()  # clock.Due as JSON: the explanation shown
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing = models.CharField(max_length=12, choices=CLOSINGS, blank=True)
    # What the duty is about, where a matter can have several of the kind: an obligation, a review, a task of a meeting.
    subject = models.UUIDField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        db_table = "matters_commitment"
        indexes = [
            models.Index(fields=["matter"], name="commitment_matter"),
            models.Index(
                fields=["unit", "due", "id"], name="commitment_owed", condition=Q(closed_at__isnull=True)
            ),
            models.Index(fields=["due", "id"], name="commitment_open", condition=Q(closed_at__isnull=True)),
            models.Index(
                fields=["kind", "due", "id"], name="commitment_kind", condition=Q(closed_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind"],
                name="commitment_one_live",
                condition=Q(closed_at__isnull=True)
                & ~Q(kind__in=["cohandle", "perform", "joint", "review_serve"]),
            ),
            models.UniqueConstraint(
                fields=["matter", "kind", "subject"],
                name="commitment_one_live_subject",
                condition=Q(closed_at__isnull=True, kind__in=["perform", "joint", "review_serve"]),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["perform", "joint", "review_serve"]) | Q(subject__isnull=False),
                name="commitment_subject_named",
            ),
            models.UniqueConstraint(
                fields=["matter", "unit"],
                name="commitment_one_live_cohandle",
                condition=Q(closed_at__isnull=True, kind="cohandle"),
            ),
            models.CheckConstraint(
                condition=Q(due__gte=F("target")), name="commitment_due_not_before_target"
            ),
            models.CheckConstraint(
                condition=Q(target__gte=F("starts_at")), name="commitment_target_after_start"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closing="")
                | (Q(closed_at__isnull=False, closed_at__gte=F("opened_at")) & ~Q(closing="")),
                name="commitment_closed_pair",
            ),
            models.CheckConstraint(condition=one_of("kind", KINDS), name="commitment_kind_known"),
        ]


class Milestone(models.Model):
    """A fact with a time and, if it was undone, the time it was undone. Every count is taken from these, as of any day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="milestones", db_index=False)
    kind = models.CharField(max_length=12, choices=list(MILESTONES.items()))
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matters_milestone"
        indexes = [
            models.Index(fields=["matter", "kind"], name="milestone_matter"),
            models.Index(fields=["kind", "at", "matter"], name="milestone_kind_at"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind"], name="milestone_one_live", condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("at")), name="milestone_undone_after"
            ),
            models.CheckConstraint(condition=one_of("kind", MILESTONES), name="milestone_kind_known"),
        ]
