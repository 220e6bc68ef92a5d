"""Chains, enterprises, who looks after them, visits, and what they need: each need is a matter."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.enterprise.rules.words import SIZES, VISITS
from zhuoluo.kit.ids import uuid7


class Chain(models.Model):
    """An industrial chain (产业链) with the leader who heads it (链长)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=60, unique=True)
    head = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "enterprise_chain"


class Firm(models.Model):
    """An enterprise by its unified social credit code. Its contact is a row of residents, shown masked."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)
    size = models.CharField(max_length=8, choices=list(SIZES.items()), default="other")
    area = models.ForeignKey(
        "org.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    address = models.CharField(max_length=200, blank=True)
    chain = models.ForeignKey(
        Chain, null=True, on_delete=models.PROTECT, related_name="firms", db_index=False
    )
    contact = models.ForeignKey(
        "residents.Raiser", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    makes = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "enterprise_firm"
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="firm_newest"),
            models.Index(fields=["chain", "-made_at"], name="firm_chain"),
            models.Index(fields=["area", "-made_at"], name="firm_area"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-HJ-NP-RT-UW-Y]{18}$"), name="firm_code_signs"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="firm_named"),
        ]


class Liaison(models.Model):
    """The one member of staff who looks after an enterprise (千名干部进千企), with the days they did."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="liaisons", db_index=False)
    user = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    class Meta:
        db_table = "enterprise_liaison"
        indexes = [models.Index(fields=["user", "until_day"], name="liaison_user")]
        constraints = [
            models.UniqueConstraint(fields=["firm"], name="liaison_one", condition=Q(until_day__isnull=True)),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gte=F("from_day")), name="liaison_days"
            ),
        ]


class Visit(models.Model):
    """A visit to an enterprise: when, by whom, what was heard. What it needs is a matter of its own."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="visits", db_index=False)
    kind = models.CharField(max_length=6, choices=list(VISITS.items()))
    day = models.DateField()
    by = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    heard = models.TextField()
    key = models.CharField(max_length=80, null=True, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "enterprise_visit"
        indexes = [models.Index(fields=["firm", "-day", "-id"], name="firm_visit_newest")]


class Need(models.Model):
    """Something an enterprise needs: always a matter, with a first contact owed in two working days."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="needs", db_index=False)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="needs")
    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="+")
    source_key = models.CharField(max_length=64, null=True, unique=True)  # of the sheet's row it came from
    at = models.DateTimeField()

    class Meta:
        db_table = "enterprise_need"
        indexes = [
            models.Index(fields=["-at", "-id"], name="need_newest"),
            models.Index(fields=["firm", "-at"], name="need_firm"),
        ]
