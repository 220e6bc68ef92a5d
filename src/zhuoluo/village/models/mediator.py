"""Mediators with the day they agreed to be listed, quarrels given to them, and what they said of each."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.rules import MEDIATION_RESULTS
from zhuoluo.village.rules.words import STATES


class Mediator(models.Model):
    """Somebody whom neighbours trust, listed by village. Only who agreed is shown; the phone only if they agreed to that too."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    user = models.OneToOneField("org.User", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("org.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    good_at = models.CharField(max_length=120, blank=True)
    consented_on = models.DateField()
    phone = models.CharField(max_length=20, blank=True)  # shown to everybody: empty unless they agreed to it
    listed_at = models.DateTimeField()
    listed_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "village_mediator"
        indexes = [models.Index(fields=["area"], name="mediator_area", condition=Q(ended_on__isnull=True))]


class Quarrel(models.Model):
    """A quarrel given to a mediator. They see `told` and nothing else of the matter."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+", db_index=False)
    mediator = models.ForeignKey(Mediator, on_delete=models.PROTECT, related_name="quarrels", db_index=False)
    told = models.TextField()
    state = models.CharField(max_length=8, choices=list(STATES.items()), default="given")
    reason = models.CharField(max_length=200, blank=True)  # why it was given back
    given_at = models.DateTimeField()
    given_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "village_quarrel"
        indexes = [
            models.Index(fields=["mediator", "-given_at", "-id"], name="quarrel_mediator"),
            models.Index(fields=["-given_at", "-id"], name="quarrel_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], name="quarrel_one_mediator", condition=Q(state__in=["given", "taken"])
            ),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="quarrel_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["returned", "done"]) ^ Q(ended_at__isnull=True),
                name="quarrel_ended_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="quarrel_returned_why"
            ),
        ]


class Record(models.Model):
    """One round of talking: what came of it, who was there, what was said; or a voice note instead of words."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    quarrel = models.ForeignKey(Quarrel, on_delete=models.PROTECT, related_name="records")
    day = models.DateField()
    result = models.CharField(max_length=8, choices=list(MEDIATION_RESULTS.items()))
    present = models.CharField(max_length=120, blank=True)
    said = models.TextField(blank=True)
    voice = models.UUIDField(null=True)  # a kept file
    key = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "village_record"
        constraints = [
            models.CheckConstraint(
                condition=~Q(said="") | Q(voice__isnull=False), name="record_says_something"
            )
        ]
