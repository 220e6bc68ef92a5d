"""Projects and their steps. A step with an office is a commitment of that office on the project's matter."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.enterprise.models.firm import Firm
from zhuoluo.kit.ids import uuid7


class Project(models.Model):
    """A project from its first day to its last, with the natural days it is meant to take."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(max_length=120)
    plan = models.CharField(max_length=30)  # rules.steps
    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    aim = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        db_table = "enterprise_project"
        indexes = [models.Index(fields=["-made_at", "-id"], name="project_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="project_days"
            ),
            models.CheckConstraint(condition=Q(aim__gte=1), name="project_aims"),
        ]


class Step(models.Model):
    """One step. The id names the office's commitment; without a unit it lies with the enterprise itself."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="steps", db_index=False)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    unit = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    workdays = models.PositiveSmallIntegerField(null=True)  # promised
    since = models.DateField()
    until = models.DateField(null=True)
    account = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "enterprise_step"
        constraints = [
            models.UniqueConstraint(fields=["project", "place"], name="step_place_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="step_days"
            ),
        ]
