"""Topics with their plan, visits, who was met, and the numbered notes everything else rests on."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.research.rules.words import VISITS


class Topic(models.Model):
    """A topic of research (调研课题) that one leader leads."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    title = models.CharField(max_length=120)
    lead = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    plan = models.TextField(blank=True)
    chain = models.ForeignKey(
        "enterprise.Chain", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    from_day = models.DateField()
    until_day = models.DateField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=80, null=True, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        db_table = "research_topic"
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="topic_newest"),
            models.Index(fields=["unit", "-made_at"], name="topic_unit"),
            models.Index(fields=["lead", "-made_at"], name="topic_lead"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until_day__gte=F("from_day")), name="topic_days"),
            models.CheckConstraint(condition=~Q(title=""), name="topic_titled"),
        ]


class Visit(models.Model):
    """A visit, round table or interview of a topic."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="visits", db_index=False)
    kind = models.CharField(max_length=10, choices=list(VISITS.items()))
    day = models.DateField()
    area = models.ForeignKey(
        "org.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place = models.CharField(max_length=120)
    firm = models.ForeignKey(
        "enterprise.Firm", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    who = models.CharField(max_length=200)  # of the house, who went
    key = models.CharField(max_length=80, null=True, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        db_table = "research_visit"
        indexes = [models.Index(fields=["topic", "-day", "-id"], name="research_visit_newest")]


class Met(models.Model):
    """Somebody met on a visit: who they are is in residents, here only as what they spoke."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="met")
    raiser = models.ForeignKey("residents.Raiser", on_delete=models.PROTECT, related_name="+", db_index=False)
    part = models.CharField(max_length=60)  # 村民代表, 企业负责人 …

    class Meta:
        db_table = "research_met"


class Note(models.Model):
    """A note of a visit, numbered within its topic: what reports and findings rest on. Never changed, only added to."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="notes", db_index=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "research_note"
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="note_number_once")]
