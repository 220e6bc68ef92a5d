"""One case dissected, one class moved: the cause, one lasting fix with its own matter, and where it was rolled out."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7


class Dissection(models.Model):
    """A class of problems (类问题) understood by one of them. The fix is a matter, so that it has an owner and a date."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    title = models.CharField(max_length=120)
    finding = models.OneToOneField("research.Finding", on_delete=models.PROTECT, related_name="dissected")
    cause = models.TextField()
    remedy = models.TextField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    until = models.DateField()
    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "research_dissection"
        indexes = [models.Index(fields=["-at", "-id"], name="dissection_newest")]


class Rollout(models.Model):
    """One township's share of the fix: so many places by a day. The id names its commitment on the fix's matter."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dissection = models.ForeignKey(
        Dissection, on_delete=models.PROTECT, related_name="rollouts", db_index=False
    )
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    count = models.PositiveSmallIntegerField()
    until = models.DateField()
    at = models.DateTimeField()

    class Meta:
        db_table = "research_rollout"
        constraints = [
            models.UniqueConstraint(fields=["dissection", "unit"], name="rollout_once"),
            models.CheckConstraint(condition=Q(count__gte=1, count__lte=500), name="rollout_count"),
        ]


class Site(models.Model):
    """One place where the fix works: the pilot, or one of a township's share."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dissection = models.ForeignKey(Dissection, on_delete=models.PROTECT, related_name="sites", db_index=False)
    rollout = models.ForeignKey(Rollout, null=True, on_delete=models.PROTECT, related_name="sites")
    area = models.ForeignKey("org.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    day = models.DateField()
    serves = models.PositiveIntegerField(null=True)
    photo = models.UUIDField(null=True)  # a kept file
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "research_site"
        constraints = [
            models.UniqueConstraint(fields=["dissection", "area", "name"], name="site_once"),
            models.UniqueConstraint(
                fields=["dissection"], name="site_one_pilot", condition=Q(rollout__isnull=True)
            ),
        ]
