"""Numbered series of on-site days, their agenda and decisions. What becomes of a decision is the matter's."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.onsite.rules.words import STATES


class Series(models.Model):
    """A series (企业家日, 现场办公会) that counts its days, and the kind of lists they give (rules.lists)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=60, unique=True)
    lists = models.CharField(max_length=30)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "onsite_series"


class Day(models.Model):
    """One on-site day of a series."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="days", db_index=False)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    area = models.ForeignKey(
        "org.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    chain = models.ForeignKey(
        "enterprise.Chain", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    chair = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="planned")
    reason = models.CharField(max_length=200, blank=True)  # why it was cancelled
    version = models.PositiveIntegerField(default=1)
    held_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=80, null=True, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        db_table = "onsite_day"
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="onsite_newest"),
            models.Index(fields=["starts_at"], name="onsite_running", condition=Q(state="held")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="onsite_number_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="onsite_hours"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="onsite_state_known"),
            models.CheckConstraint(
                condition=Q(state="cancelled") & ~Q(reason="") | ~Q(state="cancelled") & Q(reason=""),
                name="onsite_cancelled_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["held", "closed"], held_at__isnull=False)
                | Q(state__in=["planned", "cancelled"], held_at__isnull=True),
                name="onsite_held_pair",
            ),
            models.CheckConstraint(
                condition=Q(state="closed") ^ Q(closed_at__isnull=True), name="onsite_closed_pair"
            ),
        ]


class Item(models.Model):
    """A matter on the agenda of a day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="items", db_index=False)
    place = models.PositiveSmallIntegerField()
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    spot = models.BooleanField(default=False)  # raised on the day itself
    at = models.DateTimeField()

    class Meta:
        db_table = "onsite_item"
        constraints = [
            models.UniqueConstraint(fields=["day", "place"], name="onsite_item_place_once"),
            models.UniqueConstraint(fields=["day", "matter"], name="onsite_item_matter_once"),
        ]


class Decision(models.Model):
    """What was decided on an item for one unit: what, who, by when, who agreed for it on the spot. Its id is the task's."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    what = models.TextField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.CharField(max_length=60)
    until = models.DateField()
    agreed_by = models.CharField(max_length=60)
    source_key = models.CharField(max_length=64, null=True, unique=True)  # of the sheet's row it came from
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "onsite_decision"
        constraints = [models.CheckConstraint(condition=~Q(agreed_by=""), name="decision_agreed")]
