"""A live room, the phones that opened it, the questions asked in it and the votes for them."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.outreach.live.rules.words import QUESTION_STATES, ROOM_STATES


class Room(models.Model):
    """The live room of one talk. `version` goes up with whatever changes on the public page."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    talk = models.OneToOneField("talks.Talk", on_delete=models.PROTECT, related_name="live_room")
    code = models.CharField(max_length=6, unique=True)
    hls = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=list(ROOM_STATES.items()), default="waiting")
    version = models.PositiveIntegerField(default=1)
    phones = models.PositiveIntegerField(
        default=0
    )  # that opened the page and came back for news; not attendance
    peak = models.PositiveIntegerField(default=0)  # most of them within half a minute
    peak_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        db_table = "live_room"
        indexes = [models.Index(fields=["-made_at", "-id"], name="live_room_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", opened_at__isnull=True, closed_at__isnull=True)
                | Q(state="open", opened_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False, closed_by__isnull=False),
                name="live_room_times",
            ),
            models.CheckConstraint(condition=Q(peak=0) ^ Q(peak_at__isnull=False), name="live_room_peak"),
        ]


class Phone(models.Model):
    """A phone that opened the page, known by the digest of the random mark in its own cookie."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+", db_index=False)
    digest = models.CharField(max_length=32)
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "live_phone"
        indexes = [models.Index(fields=["room", "seen_at"], name="live_phone_seen")]
        constraints = [models.UniqueConstraint(fields=["room", "digest"], name="live_phone_once")]


class Counter(models.Model):
    """The last number given on a day."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "live_counter"


class Question(models.Model):
    """One question. Its phone number, if one was left, stands with the residents."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="questions", db_index=False)
    number = models.CharField(max_length=20, unique=True)
    digest = models.CharField(max_length=32)  # of the phone it was asked from
    raiser_id = models.UUIDField(null=True)
    text = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=list(QUESTION_STATES.items()), default="new")
    pinned = models.BooleanField(default=False)
    answering = models.BooleanField(default=False)
    votes = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    accusation = models.BooleanField(
        default=False
    )  # hidden because it accuses: the asker is shown the sealed way
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="same")
    answer = models.TextField(blank=True)
    calculation = models.JSONField(null=True)  # result, unit and steps as they were reckoned on the day
    answered_at = models.DateTimeField(null=True)
    matter_id = models.UUIDField(null=True, unique=True)
    matter_number = models.CharField(max_length=20, blank=True)
    unit = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    key = models.CharField(max_length=80, unique=True)
    body_hash = models.CharField(max_length=64)

    class Meta:
        db_table = "live_question"
        indexes = [
            models.Index(fields=["room", "state", "-pinned", "-votes", "id"], name="live_question_list"),
            models.Index(fields=["room", "digest", "asked_at"], name="live_question_pace"),
            models.Index(
                fields=["-answered_at", "-id"], name="live_question_answered", condition=Q(state="answered")
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state="answered") ^ Q(answered_at__isnull=True), name="live_question_answer"),
            models.CheckConstraint(condition=~Q(state="answered", answer=""), name="live_question_answer_words"),
            models.CheckConstraint(condition=Q(state="merged") ^ Q(merged_into__isnull=True), name="live_question_merged"),
            models.CheckConstraint(
                condition=Q(state="handed", matter_id__isnull=False, unit__isnull=False)
                | (~Q(state="handed") & Q(matter_id__isnull=True, unit__isnull=True)),
                name="live_question_handed",
            ),
            models.CheckConstraint(condition=~Q(state="hidden", reason=""), name="live_question_reason"),
        ]  # fmt: skip


class Cited(models.Model):
    """A clause an answer rests on, with the citation of the day it was given."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="cited")
    clause = models.ForeignKey("policy.Clause", on_delete=models.PROTECT, related_name="+")
    citation = models.CharField(max_length=300)
    place = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "live_cited"
        constraints = [models.UniqueConstraint(fields=["question", "clause"], name="live_cited_once")]


class Vote(models.Model):
    """The support of one phone for one question."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+", db_index=False)
    digest = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "live_vote"
        constraints = [models.UniqueConstraint(fields=["question", "digest"], name="live_vote_once")]
