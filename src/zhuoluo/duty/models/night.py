"""Rules of the roster, nights, who is on duty, and swaps asked for."""

from django.db import models
from django.db.models import Q

from zhuoluo.duty.rules.words import STATES
from zhuoluo.kit.ids import uuid7
from zhuoluo.rosters.rules.words import NIGHT_ON_REST, NIGHT_PATTERNS


class NightRule(models.Model):
    """On which nights who, of some people in turn, sleeps in a township."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=60)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)  # of the duty room, public
    seats = models.PositiveSmallIntegerField(default=1)
    pattern = models.CharField(max_length=12, choices=list(NIGHT_PATTERNS.items()))
    numbers = models.CharField(max_length=60, blank=True)
    on_rest = models.CharField(max_length=4, choices=list(NIGHT_ON_REST.items()), default="stay")
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "duty_rule"
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=5), name="duty_rule_seats")
        ]


class RulePerson(models.Model):
    """One of those who take turns, in their order."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    rule = models.ForeignKey(NightRule, on_delete=models.CASCADE, related_name="people", db_index=False)
    user = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "duty_rule_person"
        constraints = [models.UniqueConstraint(fields=["rule", "user"], name="duty_rule_person_once")]


class Night(models.Model):
    """One night in one township. `day`: the evening's. `nominal`: the day its rule named (see reception.Session)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    rule = models.ForeignKey(NightRule, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    nominal = models.DateField(null=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    place = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="planned")
    provisional = models.BooleanField(default=False)
    changed = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)  # why it was changed or cancelled
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True)
    told = models.PositiveSmallIntegerField(null=True)  # households, where a sheet told only how many
    handed_at = models.DateTimeField(null=True)
    handed_by = models.UUIDField(null=True)
    taken_by = models.CharField(max_length=60, blank=True)
    handover = models.TextField(blank=True)
    source_key = models.CharField(max_length=64, null=True, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "duty_night"
        indexes = [
            models.Index(fields=["-day", "-id"], name="night_newest"),
            models.Index(fields=["unit", "-day"], name="night_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["rule", "nominal"], name="night_once_a_rule_and_day"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="night_state_known"),
            models.CheckConstraint(
                condition=Q(state="handed") ^ Q(handed_at__isnull=True), name="night_handed_pair"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""), name="night_cancelled_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="night_published_pair"
            ),
        ]


class Seat(models.Model):
    """Somebody on duty: who was planned, and who is, once that is fixed (by hand, by a swap, when the night began)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    night = models.ForeignKey(Night, on_delete=models.CASCADE, related_name="seats", db_index=False)
    place = models.PositiveSmallIntegerField()
    planned = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    sits = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        db_table = "duty_seat"
        indexes = [
            models.Index(fields=["planned", "night"], name="duty_planned"),
            models.Index(fields=["sits", "night"], name="duty_sits", condition=Q(sits__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["night", "place"], name="duty_seat_place_once"),
            models.UniqueConstraint(fields=["night", "planned"], name="duty_seat_planned_once"),
            models.UniqueConstraint(
                fields=["night", "sits"], name="duty_seat_sits_once", condition=Q(sits__isnull=False)
            ),
        ]


class Swap(models.Model):
    """Somebody asks to swap their night for another's. It happens when the other says yes."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    mine = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="offered")
    theirs = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="asked")
    asker = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    answerer = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        db_table = "duty_swap"
        indexes = [
            models.Index(fields=["answerer"], name="swap_waiting", condition=Q(answered_at__isnull=True))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "theirs"], name="swap_open_once", condition=Q(answered_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) ^ Q(agreed__isnull=False), name="swap_answer_pair"
            ),
        ]
