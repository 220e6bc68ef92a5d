"""What came of talks: questions and suggestions, each with its answer or its matter; ratings; deliveries to homes."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.outreach.talks.models.talk import Talk
from zhuoluo.outreach.talks.rules.words import DELIVERIES, RATINGS


class Question(models.Model):
    """A question asked on the spot: answered there with the clause, or a matter with an owner and a date."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="questions", db_index=False)
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    answer = models.TextField(blank=True)
    clause_id = models.UUIDField(null=True)
    citation = models.CharField(max_length=200, blank=True)  # as it was on the day of the answer
    matter = models.ForeignKey("matters.Matter", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "talks_question"
        constraints = [
            models.UniqueConstraint(fields=["talk", "place"], name="talk_question_once"),
            models.CheckConstraint(
                condition=~Q(answer="") | Q(matter__isnull=False), name="talk_question_not_lost"
            ),
        ]


class Suggestion(models.Model):
    """A suggestion gathered at a talk (建言献策): always a matter."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="suggestions", db_index=False)
    place = models.PositiveSmallIntegerField()
    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "talks_suggestion"
        constraints = [models.UniqueConstraint(fields=["talk", "place"], name="talk_suggestion_once")]


class Rating(models.Model):
    """What one phone thought of a talk: once, without account or name."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="ratings", db_index=False)
    digest = models.CharField(max_length=64)  # of the random mark in the phone's own cookie
    value = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "talks_rating"
        constraints = [
            models.UniqueConstraint(fields=["talk", "digest"], name="talk_rating_once"),
            models.CheckConstraint(condition=Q(value__in=list(RATINGS)), name="talk_rating_known"),
        ]


class Delivery(models.Model):
    """Teaching or material brought to homes: one entry, or a lot with its count. The three kinds are never added up."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=6, choices=list(DELIVERIES.items()))
    day = models.DateField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.CharField(max_length=120)  # whom it was for, never names
    what = models.CharField(max_length=200, blank=True)
    count = models.PositiveIntegerField()
    source_key = models.CharField(max_length=64, null=True, unique=True)
    key = models.CharField(max_length=80, null=True, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        db_table = "talks_delivery"
        indexes = [
            models.Index(fields=["-day", "-id"], name="delivery_newest"),
            models.Index(fields=["unit", "-day", "-id"], name="delivery_unit"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1, count__lte=100_000), name="delivery_count"),
            models.CheckConstraint(condition=Q(kind__in=list(DELIVERIES)), name="delivery_kind_known"),
        ]
