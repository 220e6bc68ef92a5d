"""The night's log: households visited, and what was raised, each a matter with the same-night response."""

from django.db import models

from zhuoluo.duty.models.night import Night
from zhuoluo.kit.ids import uuid7


class Household(models.Model):
    """A household visited that night. Who lives there is in residents."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    night = models.ForeignKey(Night, on_delete=models.PROTECT, related_name="households", db_index=False)
    place = models.PositiveSmallIntegerField()
    area = models.ForeignKey(
        "org.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    raiser = models.ForeignKey("residents.Raiser", on_delete=models.PROTECT, related_name="+", db_index=False)
    heard = models.TextField(blank=True)
    key = models.CharField(max_length=80, null=True, unique=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "duty_household"
        constraints = [models.UniqueConstraint(fields=["night", "place"], name="household_place_once")]


class Raised(models.Model):
    """Something raised that night: a matter; the plan is owed the same night (事不隔夜), not the cure."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    night = models.ForeignKey(Night, on_delete=models.PROTECT, related_name="raised", db_index=False)
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="raised")
    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "duty_raised"
        indexes = [models.Index(fields=["night", "at"], name="duty_raised_night")]
