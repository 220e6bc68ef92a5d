"""Findings: each is a matter. What a problem list says beside the matter stands here; how it stands is the matter's."""

from django.db import models

from zhuoluo.kit.ids import uuid7
from zhuoluo.research.models.classes import Dissection
from zhuoluo.research.models.topic import Note, Topic, Visit
from zhuoluo.research.rules.words import PACES


class Finding(models.Model):
    """One row of the problem list (问题清单). The id names the unit's commitment to its measure."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="findings", db_index=False)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="+")
    measure = models.TextField()
    lead = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.CharField(max_length=60)  # of the unit, who does it
    until = models.DateField()
    pace = models.CharField(max_length=4, choices=list(PACES.items()), default="now")
    chain = models.ForeignKey(
        "enterprise.Chain", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    firm = models.ForeignKey(
        "enterprise.Firm", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    area = models.ForeignKey(
        "org.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    group = models.ForeignKey(Dissection, null=True, on_delete=models.PROTECT, related_name="members")
    external_id = models.CharField(max_length=60, null=True, unique=True)  # of the province's list
    source_key = models.CharField(max_length=64, null=True, unique=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "research_finding"
        indexes = [
            models.Index(fields=["-at", "-id"], name="finding_newest"),
            models.Index(fields=["topic", "-at"], name="finding_topic"),
            models.Index(fields=["chain", "-at"], name="finding_chain"),
            models.Index(fields=["area", "-at"], name="finding_area"),
        ]
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="finding_number_once")]


class FindingNote(models.Model):
    """A note that a finding rests on."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="rests", db_index=False)
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "research_finding_note"
        constraints = [models.UniqueConstraint(fields=["finding", "note"], name="finding_note_once")]


class SpotCheck(models.Model):
    """Somebody looked again later, at whether it still holds. If not, the matter was reopened."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="checks")
    day = models.DateField()
    found = models.TextField()
    holds = models.BooleanField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        db_table = "research_check"
