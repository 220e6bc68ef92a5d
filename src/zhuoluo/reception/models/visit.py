"""Who books, who comes in which batch, and what each batch asks."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.reception.models.session import Session
from zhuoluo.reception.rules.words import BOOKINGS, DECISIONS, MOST_REPRESENTATIVES


class Booking(models.Model):
    """A time somebody booked. Who it is lives in residents; the code that opens it is derived, never kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=24, unique=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings", db_index=False)
    slot_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField()  # the how-many-eth of its time
    raiser = models.ForeignKey("residents.Raiser", on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=500)
    people = models.PositiveSmallIntegerField(default=1)
    against = models.BooleanField(default=False)  # about whoever receives: they never see it
    state = models.CharField(max_length=10, choices=list(BOOKINGS.items()), default="booked")
    key = models.CharField(max_length=80, unique=True)
    body_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)  # the clerk, or nobody: booked by phone page
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reception_booking"
        indexes = [models.Index(fields=["session", "slot_at", "id"], name="booking_session")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "slot_at", "place"], name="booking_place_once", condition=~Q(state="cancelled")
            ),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=500), name="booking_people"),
            models.CheckConstraint(
                condition=Q(state="cancelled") ^ Q(cancelled_at__isnull=True), name="booking_cancelled_pair"
            ),
        ]  # fmt: skip


class BookingCounter(models.Model):
    """The last number given to a booking for a day."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "reception_booking_counter"


class Batch(models.Model):
    """One group of visitors (批次), numbered within its day without gaps."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="batches", db_index=False)
    sequence = models.PositiveSmallIntegerField()
    arrived_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    people = models.PositiveSmallIntegerField()
    booking = models.OneToOneField(Booking, null=True, on_delete=models.PROTECT, related_name="batch")
    key = models.CharField(max_length=80, unique=True)
    body_hash = models.CharField(max_length=64)
    registered_by = models.UUIDField(null=True)

    class Meta:
        db_table = "reception_batch"
        indexes = [models.Index(fields=["-arrived_at", "-id"], name="batch_newest")]
        constraints = [
            models.UniqueConstraint(fields=["session", "sequence"], name="batch_sequence_once"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="batch_sequence_from_one"),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=5000), name="batch_people"),
        ]


class Representative(models.Model):
    """One of at most five who speak for a batch (信访工作条例 art. 20); who they are is in residents."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="representatives", db_index=False)
    place = models.PositiveSmallIntegerField()
    raiser = models.ForeignKey("residents.Raiser", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "reception_representative"
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="representative_once"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_REPRESENTATIVES),
                name="representative_at_most_five",
            ),
        ]


class Request(models.Model):
    """One thing a batch asks: a matter of its own, and what the leader decided on it. The words said are the matter's."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="requests", db_index=False)
    place = models.PositiveSmallIntegerField()
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    fresh = models.BooleanField()  # registered with this batch; otherwise an earlier one, raised again
    wish = models.TextField(blank=True)  # 诉求及理由
    cause = models.CharField(max_length=300, blank=True)  # 产生原因
    decision = models.CharField(max_length=10, choices=list(DECISIONS.items()), blank=True)
    said = models.TextField(blank=True)
    unit = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    until = models.DateField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reception_request"
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="request_once"),
            models.UniqueConstraint(fields=["batch", "matter"], name="request_matter_once"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="request_decided_pair",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["assigned", "joint"]) | Q(unit__isnull=False, until__isnull=False),
                name="request_owner_and_day",
            ),
        ]  # fmt: skip


class Attempt(models.Model):
    """One try at a booking or its code, kept as a keyed digest for an hour, so that nobody guesses or floods."""

    KINDS = [("book", "预约"), ("number", "编号"), ("address", "地址")]
    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=10, choices=KINDS)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "reception_attempt"
        indexes = [
            models.Index(fields=["kind", "digest", "at"], name="reception_attempt_window"),
            models.Index(fields=["at"], name="reception_attempt_at"),
        ]
