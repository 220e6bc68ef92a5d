"""Who can sit, and by which rules days are planned. A site's own, changed without touching the program."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.reception.rules.words import FORMS, WHO
from zhuoluo.rosters.rules.words import ON_REST, PATTERNS


class Leader(models.Model):
    """Somebody who receives, with what the public roster says of them beside name and post."""

    user = models.OneToOneField("org.User", primary_key=True, on_delete=models.PROTECT, related_name="+")
    portfolio = models.CharField(max_length=200, blank=True)
    principal = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=100)
    listed = models.BooleanField(default=True)  # takes turns

    class Meta:
        db_table = "reception_leader"


class RosterRule(models.Model):
    """On which days who receives where. `pattern` and `numbers`: see rules.days."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=60)
    form = models.CharField(max_length=12, choices=list(FORMS.items()))
    who = models.CharField(max_length=10, choices=list(WHO.items()))
    seats = models.PositiveSmallIntegerField(default=1)
    pattern = models.CharField(max_length=12, choices=list(PATTERNS.items()))
    numbers = models.CharField(max_length=60, blank=True)
    on_rest = models.CharField(max_length=4, choices=list(ON_REST.items()), default="next")
    starts = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=120)
    area = models.ForeignKey("org.Area", null=True, on_delete=models.PROTECT, related_name="+")
    publish_days = models.PositiveSmallIntegerField(default=2)
    slot_minutes = models.PositiveSmallIntegerField(default=30)
    per_slot = models.PositiveSmallIntegerField(default=2)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "reception_rule"
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="reception_rule_hours"),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=10, slot_minutes__gte=5, per_slot__lte=50),
                name="reception_rule_counts",
            ),
        ]


class RulePerson(models.Model):
    """One of those a rule names, in their order."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    rule = models.ForeignKey(RosterRule, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "reception_rule_person"
        constraints = [models.UniqueConstraint(fields=["rule", "user"], name="reception_rule_person_once")]
