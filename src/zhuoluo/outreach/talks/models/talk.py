"""The talk itself: planned, held or cancelled, and what keeps two talks from one lecturer, team or place at a time."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.outreach.talks.models.menu import Lecturer, Lesson, Team
from zhuoluo.outreach.talks.models.order import Order
from zhuoluo.outreach.talks.rules.words import COUNTED, KINDS, STATES


class Talk(models.Model):
    """One talk. `day`: its day in Shanghai. How many came is counted, estimated with how, or not known."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    title = models.CharField(max_length=200)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(
        "org.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place = models.CharField(max_length=120)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    timed = models.BooleanField(
        default=True
    )  # no: a sheet told the day only, the hours stand for the whole of it
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="planned")
    published = models.BooleanField(default=False)
    live = models.BooleanField(default=False)  # has, or may have, a live room
    lesson = models.ForeignKey(Lesson, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    order = models.OneToOneField(Order, null=True, on_delete=models.PROTECT, related_name="talk")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    others = models.CharField(
        max_length=120, blank=True
    )  # who taught, as a sheet names them, and is not listed
    version = models.PositiveIntegerField(default=1)
    change_reason = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(null=True)
    counting = models.CharField(max_length=10, choices=list(COUNTED.items()), blank=True)
    people = models.PositiveIntegerField(null=True)
    counted_how = models.CharField(max_length=120, blank=True)
    source_key = models.CharField(max_length=64, null=True, unique=True)  # of the sheet's row it came from
    key = models.CharField(max_length=80, null=True, unique=True)  # of the form, so that it is sent once
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        db_table = "talks_talk"
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="talk_newest"),
            models.Index(fields=["unit", "-starts_at", "-id"], name="talk_unit"),
            models.Index(fields=["day", "kind"], name="talk_day_kind"),
            models.Index(
                fields=["starts_at", "id"], name="talk_coming", condition=Q(published=True, state="planned")
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="talk_hours"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="talk_kind_known"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="talk_state_known"),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | ~Q(state="cancelled") & Q(cancelled_at__isnull=True, cancel_reason=""),
                name="talk_cancelled_pair",
            ),
            models.CheckConstraint(
                condition=Q(state="held", recorded_at__isnull=False, counting__in=list(COUNTED))
                | ~Q(state="held") & Q(recorded_at__isnull=True, counting=""),
                name="talk_held_pair",
            ),
            models.CheckConstraint(
                condition=Q(counting__in=["counted", "estimated"], people__isnull=False)
                | ~Q(counting__in=["counted", "estimated"]) & Q(people__isnull=True),
                name="talk_nobody_invented",
            ),
            models.CheckConstraint(
                condition=~Q(counting="estimated") | ~Q(counted_how=""), name="talk_estimate_says_how"
            ),
        ]  # fmt: skip


class TalkLecturer(models.Model):
    """Who teaches at a talk; `instead_of` the one for whom they stepped in."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="lecturers", db_index=False)
    lecturer = models.ForeignKey(Lecturer, on_delete=models.PROTECT, related_name="+")
    instead_of = models.ForeignKey(
        Lecturer, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        db_table = "talks_talk_lecturer"
        constraints = [models.UniqueConstraint(fields=["talk", "lecturer"], name="talk_lecturer_once")]


class Slice(models.Model):
    """A quarter of an hour that a lecturer, team or place gives to a talk: the unique key is what keeps talks apart.

    `what`: "lecturer:<id>", "team:<id>" or "place:<digest of the place's plain name>". Rows of a cancelled or moved talk
    are deleted with the change.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="slices")
    what = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        db_table = "talks_slice"
        constraints = [models.UniqueConstraint(fields=["what", "at"], name="slice_once")]
