"""Ordering a lesson (点单): by a village, a party branch, an enterprise."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.outreach.talks.models.menu import Lesson
from zhuoluo.outreach.talks.rules.words import ORDER_STATES, ORDERERS


class Order(models.Model):
    """A lesson asked for. Who asked lives in residents; the code that opens it is derived, never kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=24, unique=True)
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="+", db_index=False)
    orderer = models.CharField(max_length=12, choices=list(ORDERERS.items()))
    organisation = models.CharField(max_length=120)
    area = models.ForeignKey(
        "org.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place = models.CharField(max_length=120)
    raiser = models.ForeignKey("residents.Raiser", on_delete=models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField()
    people = models.PositiveSmallIntegerField(null=True)  # expected by who orders
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=list(ORDER_STATES.items()), default="new")
    reason = models.CharField(max_length=200, blank=True)  # why it was declined, as it is told
    key = models.CharField(max_length=80, unique=True)
    body_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)  # a clerk, or nobody: ordered on the public page
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "talks_order"
        indexes = [
            models.Index(fields=["state", "-made_at", "-id"], name="order_state"),
            models.Index(fields=["lesson", "-made_at"], name="order_lesson"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ORDER_STATES)), name="order_state_known"),
            models.CheckConstraint(condition=Q(orderer__in=list(ORDERERS)), name="order_orderer_known"),
            models.CheckConstraint(
                condition=Q(until_day__gte=models.F("from_day")), name="order_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="new") ^ Q(decided_at__isnull=False), name="order_decided_pair"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="order_declined_reason"
            ),
        ]


class OrderCounter(models.Model):
    """The last number given to an order on a day."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "talks_order_counter"


class Attempt(models.Model):
    """One try at an order or its code, kept as a keyed digest for an hour, so that nobody guesses or floods."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "talks_attempt"
        indexes = [
            models.Index(fields=["kind", "digest", "at"], name="talks_attempt_window"),
            models.Index(fields=["at"], name="talks_attempt_at"),
        ]
