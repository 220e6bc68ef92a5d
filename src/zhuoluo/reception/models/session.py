"""A reception day and who sits on it."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.reception.models.roster import RosterRule
from zhuoluo.reception.rules.words import FORMS, STATES


class Session(models.Model):
    """One reception day (or half of one) at one place. `day`: its day in Shanghai.

    `nominal`: the day its rule named; with the rule it tells the generator that this one is made already, even when it
    was moved or cancelled since. `changed`: by hand, so never made anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    rule = models.ForeignKey(
        RosterRule, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    nominal = models.DateField(null=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    form = models.CharField(max_length=12, choices=list(FORMS.items()))
    place = models.CharField(max_length=120)
    area = models.ForeignKey(
        "org.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    slot_minutes = models.PositiveSmallIntegerField(default=30)
    per_slot = models.PositiveSmallIntegerField(default=2)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="planned")
    version = models.PositiveIntegerField(default=1)
    provisional = models.BooleanField(default=False)
    changed = models.BooleanField(default=False)
    change_reason = models.CharField(max_length=200, blank=True)
    publish_by = models.DateField()
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    held_at = models.DateTimeField(null=True)  # when the day was closed

    class Meta:
        db_table = "reception_session"
        indexes = [
            models.Index(fields=["day", "starts_at", "id"], name="session_day"),
            models.Index(fields=["starts_at", "id"], name="session_start"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["rule", "nominal"], name="session_once_a_rule_and_day"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_hours"),
            models.CheckConstraint(
                condition=Q(rule__isnull=True) ^ Q(nominal__isnull=False), name="session_rule_pair"
            ),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="session_state_known"),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | ~Q(state="cancelled") & Q(cancelled_at__isnull=True, cancel_reason=""),
                name="session_cancelled_pair",
            ),
            models.CheckConstraint(
                condition=Q(state="held") ^ Q(held_at__isnull=True), name="session_held_pair"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="session_published_pair"
            ),
            models.CheckConstraint(
                condition=Q(changed=False) | ~Q(change_reason=""), name="session_change_has_reason"
            ),
        ]


class Seat(models.Model):
    """One leader of a day: who was planned, and who sits once that is fixed (by hand, or when the day begins).

    Until then who sits follows from the substitutions of the day (rules.roster.sits).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seats", db_index=False)
    place = models.PositiveSmallIntegerField()
    planned = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    sits = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by_hand = models.BooleanField(default=False)

    class Meta:
        db_table = "reception_seat"
        indexes = [
            models.Index(fields=["planned", "session"], name="seat_planned"),
            models.Index(fields=["sits", "session"], name="seat_sits", condition=Q(sits__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "place"], name="seat_place_once"),
            models.UniqueConstraint(fields=["session", "planned"], name="seat_planned_once"),
            models.UniqueConstraint(
                fields=["session", "sits"], name="seat_sits_once", condition=Q(sits__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(by_hand=False) | Q(sits__isnull=False), name="seat_by_hand_names_somebody"
            ),
        ]
