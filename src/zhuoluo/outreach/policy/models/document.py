"""A policy document, and its clauses as proposed while it is reviewed."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.outreach.policy.rules.words import KINDS, STATES


class Document(models.Model):
    """One document. `until_day`: its last day in force; None: nobody has said when it ends.

    A draft may lack what was not found in its file; what is reviewed and published lacks nothing it needs.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)  # 文号
    issuer = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    audiences = models.CharField(max_length=200, blank=True)  # of rules.words.AUDIENCES, see tags()
    opening = models.TextField(blank=True)
    issued_on = models.DateField(null=True)
    from_day = models.DateField(null=True)
    until_day = models.DateField(null=True)
    replaced_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    end_reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="draft")
    version = models.PositiveIntegerField(default=1)
    source_id = models.UUIDField(null=True)  # files.StoredFile
    key = models.CharField(max_length=80, null=True, unique=True)  # of the form, so that it is sent once
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "policy_document"
        indexes = [models.Index(fields=["state", "-made_at", "-id"], name="document_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="document_state_known"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="document_kind_known"),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gte=F("from_day")),
                name="document_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "reviewed"], published_at__isnull=True)
                | Q(state__in=["published", "withdrawn"], published_at__isnull=False),
                name="document_published_pair",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(reviewed_at__isnull=False, from_day__isnull=False) & ~Q(issuer=""),
                name="document_reviewed_whole",
            ),
        ]


class Proposed(models.Model):
    """A clause as proposed for a draft, in the order of the document; nothing of it is in force.

    What is in doubt about it is told by the rules from its place among the others; `seen`: somebody looked and it is right.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="proposed", db_index=False)
    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40)
    heading = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    plain = models.TextField(blank=True)
    audiences = models.CharField(max_length=200, blank=True)  # nothing: those of the document
    seen = models.BooleanField(default=False)

    class Meta:
        db_table = "policy_proposed"
        constraints = [models.UniqueConstraint(fields=["document", "place"], name="proposed_place_once")]
