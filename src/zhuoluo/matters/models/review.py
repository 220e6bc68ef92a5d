"""Reviews and second reviews of a written answer (信访工作条例 arts. 35-36)."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.models.matter import Matter
from zhuoluo.matters.models.one_of import one_of
from zhuoluo.matters.models.words import Answer
from zhuoluo.matters.rules import OUTCOMES, REVIEW_OUTCOMES, REVIEW_REFUSALS, SERVICE_METHODS


class Review(models.Model):
    """One request for review (level 1, 复查) or second review (level 2, 复核), from asking to service."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="reviews")
    level = models.PositiveSmallIntegerField()
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="reviews")
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="seconds")
    # The organ above. One of this house has a unit; one above it (the city, the province) only a name, and the
    # unit keeps its papers.
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    outside = models.CharField(max_length=120, blank=True)
    request = models.TextField()
    requested_at = models.DateTimeField()  # received: the organ's thirty days run from here
    posted_at = models.DateTimeField(null=True)  # of a letter: whether it was in time is judged by this
    admitted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=16, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=list(REVIEW_OUTCOMES.items()), blank=True)
    result = models.CharField(max_length=14, choices=list(OUTCOMES.items()), blank=True)  # of a changed one
    facts = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    service = models.CharField(max_length=12, choices=list(SERVICE_METHODS.items()), blank=True)

    class Meta:
        db_table = "matters_review"
        indexes = [models.Index(fields=["requested_at", "id"], name="review_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                name="review_one_open",
                condition=Q(refused_at__isnull=True, withdrawn_at__isnull=True, decided_at__isnull=True),
            ),
            # An answer is reviewed once at each level; a refused or withdrawn request used nothing up.
            models.UniqueConstraint(
                fields=["answer", "level"],
                name="review_once_a_level",
                condition=Q(refused_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(level__in=[1, 2]), name="review_level"),
            models.CheckConstraint(
                condition=Q(posted_at__isnull=True) | Q(posted_at__lt=F("requested_at")),
                name="review_posted_before",
            ),
            models.CheckConstraint(
                condition=Q(level=1, first__isnull=True) | Q(level=2, first__isnull=False),
                name="review_second_has_first",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refusal="")
                | (Q(refused_at__gte=F("requested_at")) & one_of("refusal", REVIEW_REFUSALS)),
                name="review_refused_pair",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, outcome="")
                | (
                    Q(decided_at__gte=F("admitted_at"), refused_at__isnull=True, withdrawn_at__isnull=True)
                    & one_of("outcome", REVIEW_OUTCOMES)
                    & ~Q(facts="")
                    & ~Q(opinion="")
                    & ~Q(basis="")
                ),
                name="review_decided_full",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="changed") & ~Q(result="")) | (~Q(outcome="changed") & Q(result="")),
                name="review_changed_has_result",
            ),
            models.CheckConstraint(
                condition=Q(served_at__isnull=True, service="")
                | (Q(served_at__gte=F("decided_at")) & ~Q(service="")),
                name="review_served_pair",
            ),
        ]
