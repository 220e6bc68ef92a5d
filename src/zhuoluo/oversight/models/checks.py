"""Random re-checks with a recorded seed, and signs of false closures."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.oversight.rules import FINDINGS, SIGNS


class Sample(models.Model):
    """One draw: its seed, its algorithm, what it was drawn from. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    seed = models.CharField(max_length=80)
    algorithm = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField()
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    klass = models.CharField(max_length=12, blank=True)
    size = models.PositiveIntegerField()
    population = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # of the population's ids
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "oversight_sample"
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="sample_dates"),
            models.CheckConstraint(condition=~Q(seed=""), name="sample_seeded"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="sample_newest")]


class Drawn(models.Model):
    """A matter that was drawn, who looks at it again, and what they found."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="rows")
    matter_id = models.UUIDField(db_index=True)
    place = models.PositiveIntegerField()
    finding = models.CharField(max_length=10, choices=list(FINDINGS.items()), blank=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField(null=True)
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "oversight_drawn"
        constraints = [
            models.UniqueConstraint(fields=["sample", "matter_id"], name="drawn_once"),
            models.UniqueConstraint(fields=["sample", "place"], name="drawn_place"),
            models.CheckConstraint(
                condition=Q(finding="", words="", at__isnull=True)
                | (Q(finding__in=list(FINDINGS), at__isnull=False, by_id__isnull=False) & ~Q(words="")),
                name="drawn_finding_whole",
            ),
        ]


class Trace(models.Model):
    """That a browser on a network was used, by staff or for a matter: a keyed digest, kept 90 days. No address."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    digest = models.CharField(max_length=32)
    at = models.DateTimeField()
    user_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    matter_id = models.UUIDField(null=True)

    class Meta:
        db_table = "oversight_trace"
        indexes = [
            models.Index(fields=["digest", "at"], name="trace_digest"),
            models.Index(fields=["matter_id"], name="trace_matter", condition=Q(matter_id__isnull=False)),
            models.Index(fields=["at"], name="trace_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user_id__isnull=False) ^ Q(matter_id__isnull=False), name="trace_one_of_two"
            )
        ]


class Print(models.Model):
    """By what the words of an answer are known again; no words."""

    id = models.UUIDField(primary_key=True)  # the answer
    matter_id = models.UUIDField()
    digest = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "oversight_print"
        indexes = [models.Index(fields=["digest", "at"], name="print_digest")]


class Doubt(models.Model):
    """A sign that a closure may be false, as it was found, and what supervision saw when it looked."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter_id = models.UUIDField()
    sign = models.CharField(max_length=8, choices=list(SIGNS.items()))
    at = models.DateTimeField()  # of the fact
    number = models.IntegerField(default=0)
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)  # the facts changed: material was added, the matter reopened
    looked_at = models.DateTimeField(null=True)
    looked_by = models.UUIDField(null=True)
    finding = models.CharField(max_length=10, choices=list(FINDINGS.items()), blank=True)
    words = models.TextField(blank=True)

    class Meta:
        db_table = "oversight_doubt"
        constraints = [
            models.UniqueConstraint(fields=["matter_id", "sign", "at"], name="doubt_once"),
            models.CheckConstraint(condition=Q(sign__in=list(SIGNS)), name="doubt_known"),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True, finding="", words="")
                | (Q(looked_at__isnull=False, finding__in=list(FINDINGS)) & ~Q(words="")),
                name="doubt_looked_pair",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-at", "-id"],
                name="doubt_open",
                condition=Q(looked_at__isnull=True, gone_at__isnull=True),
            ),
            models.Index(
                fields=["-looked_at", "-id"], name="doubt_looked", condition=Q(looked_at__isnull=False)
            ),
        ]
