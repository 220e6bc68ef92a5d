"""Matters, the commitments on them, and the facts with their times. Names of residents are not here (residents)."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.rules import (
    CHANNELS,
    KINDS,
    KLASSES,
    MILESTONES,
    OUTCOMES,
    SATISFACTION,
    SERVICE_METHODS,
    SOLVED,
)  # fmt: skip
from zhuoluo.matters.states import STAGE_WORDS


def _one_of(field: str, values: Any) -> Q:
    return Q(**{f"{field}__in": list(values)})


class Category(models.Model):
    """A topic in the site's classification tree; the code is the tree ("0102" lies under "01")."""

    code = models.CharField(primary_key=True, max_length=12)
    name = models.CharField(max_length=60)
    full_name = models.CharField(max_length=200)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "matters_category"


class Matter(models.Model):
    """What was raised. `stage` says where it lies (states.py assigns it); all facts and dates hang below it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=24, unique=True)
    klass = models.CharField(max_length=12, choices=list(KLASSES.items()))
    title = models.CharField(max_length=200)
    text = models.TextField()
    salt = models.BinaryField(max_length=16)  # of the text's digest in the ledger
    channel = models.CharField(max_length=12, choices=list(CHANNELS.items()))
    stage = models.CharField(max_length=12, choices=list(STAGE_WORDS.items()))
    version = models.PositiveIntegerField(default=1)
    raised_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    area = models.ForeignKey(
        "org.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place = models.CharField(max_length=200, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    category = models.ForeignKey(
        Category, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    raiser = models.ForeignKey("residents.Raiser", on_delete=models.PROTECT, related_name="+", db_index=False)
    registered_by = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    sender = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    lead_unit = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    lead_person = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    bounces = models.PositiveSmallIntegerField(default=0)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    origin = models.CharField(
        max_length=60, blank=True
    )  # where an imported matter comes from (file or system)
    external_id = models.CharField(max_length=80, blank=True)  # its own number there
    code_generation = models.PositiveSmallIntegerField(default=1)

    class Meta:
        db_table = "matters_matter"
        indexes = [
            models.Index(fields=["-registered_at", "-id"], name="matter_newest"),
            models.Index(fields=["area", "-registered_at"], name="matter_area"),
            models.Index(fields=["raiser"], name="matter_raiser"),
            models.Index(
                fields=["lead_unit", "-registered_at"],
                name="matter_lead",
                condition=Q(lead_unit__isnull=False),
            ),
            models.Index(
                fields=["-registered_at", "-id"], name="matter_returned", condition=Q(bounces__gte=2)
            ),
            models.Index(
                fields=["merged_into"], name="matter_merged", condition=Q(merged_into__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "external_id"], name="matter_external_once", condition=~Q(external_id="")
            ),
            models.CheckConstraint(
                condition=Q(raised_at__lte=F("registered_at")), name="matter_raised_first"
            ),
            models.CheckConstraint(condition=_one_of("stage", STAGE_WORDS), name="matter_stage_known"),
            models.CheckConstraint(condition=_one_of("klass", KLASSES), name="matter_klass_known"),
            models.CheckConstraint(
                condition=Q(stage="merged") ^ Q(merged_into__isnull=True), name="matter_merged_has_target"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="matter_not_into_itself"),
        ]


class Party(models.Model):
    """A unit that takes part in a matter and may therefore read it, until it no longer does."""

    ROLES = [
        ("registered", "登记"),
        ("sender", "转交"),
        ("lead", "主办"),
        ("co", "协办"),
        ("callback", "回访"),
    ]
    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="parties", db_index=False)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=12, choices=ROLES)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matters_party"
        indexes = [
            models.Index(fields=["unit", "matter"], name="party_unit", condition=Q(until_at__isnull=True)),
            models.Index(fields=["matter", "role"], name="party_matter"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "unit", "role"], name="party_once", condition=Q(until_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="party_dates"
            ),
        ]


class About(models.Model):
    """The unit or person complained of: they never see the matter and never get it (信访工作条例 art. 30, 46)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="about")
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("org.User", null=True, on_delete=models.PROTECT, related_name="+")
    # The matter merged into this one that is about them; empty for those this matter itself is about.
    via = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "matters_about"
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) ^ Q(person__isnull=False), name="about_one_of_two"
            )
        ]


class Commitment(models.Model):
    """Who owes what by when, under which rule. `target` is the un-rolled end, `due` the legal one (exclusive)."""

    CLOSINGS = [
        ("done", "已完成"), ("replaced", "已变更"), ("returned", "已退回"), ("cancelled", "已取消"), ("not_reached", "未联系上"),
    ]  # fmt: skip
    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="commitments", db_index=False)
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    unit = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "org.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    owed_to = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    term = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    target = models.DateTimeField()
    due = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    extension = models.PositiveSmallIntegerField(default=0)  # days added under art. 34
    reckoning = models.JSONField()  # clock.Due as JSON: the explanation shown
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing = models.CharField(max_length=12, choices=CLOSINGS, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        db_table = "matters_commitment"
        indexes = [
            models.Index(fields=["matter"], name="commitment_matter"),
            models.Index(
                fields=["unit", "due", "id"], name="commitment_owed", condition=Q(closed_at__isnull=True)
            ),
            models.Index(fields=["due", "id"], name="commitment_open", condition=Q(closed_at__isnull=True)),
            models.Index(
                fields=["kind", "due", "id"], name="commitment_kind", condition=Q(closed_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind"],
                name="commitment_one_live",
                condition=Q(closed_at__isnull=True) & ~Q(kind="cohandle"),
            ),
            models.UniqueConstraint(
                fields=["matter", "unit"],
                name="commitment_one_live_cohandle",
                condition=Q(closed_at__isnull=True, kind="cohandle"),
            ),
            models.CheckConstraint(
                condition=Q(due__gte=F("target")), name="commitment_due_not_before_target"
            ),
            models.CheckConstraint(
                condition=Q(target__gte=F("starts_at")), name="commitment_target_after_start"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closing="")
                | (Q(closed_at__isnull=False, closed_at__gte=F("opened_at")) & ~Q(closing="")),
                name="commitment_closed_pair",
            ),
            models.CheckConstraint(condition=_one_of("kind", KINDS), name="commitment_kind_known"),
        ]


class Milestone(models.Model):
    """A fact with a time and, if it was undone, the time it was undone. Every count is taken from these, as of any day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="milestones", db_index=False)
    kind = models.CharField(max_length=12, choices=list(MILESTONES.items()))
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matters_milestone"
        indexes = [
            models.Index(fields=["matter", "kind"], name="milestone_matter"),
            models.Index(fields=["kind", "at", "matter"], name="milestone_kind_at"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind"], name="milestone_one_live", condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("at")), name="milestone_undone_after"
            ),
            models.CheckConstraint(condition=_one_of("kind", MILESTONES), name="milestone_kind_known"),
        ]


class Text(models.Model):
    """Words written in the course of a matter; the ledger entry holds only their salted digest. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="texts")
    kind = models.CharField(max_length=20)  # the verb it was written with
    body = models.TextField()
    to_raiser = models.BooleanField(default=False)  # shown on the raiser's page
    salt = models.BinaryField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        db_table = "matters_text"


class Attachment(models.Model):
    """A file of a matter, and what it shows."""

    ROLES = [
        ("raised", "诉求材料"),
        ("before", "办理前"),
        ("after", "办理后"),
        ("proof", "送达凭证"),
        ("other", "其他材料"),
    ]
    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="attachments")
    file_id = models.UUIDField()  # files.StoredFile
    role = models.CharField(max_length=10, choices=ROLES)
    caption = models.CharField(max_length=120, blank=True)
    to_raiser = models.BooleanField(default=False)
    by_raiser = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "matters_attachment"
        constraints = [models.UniqueConstraint(fields=["matter", "file_id"], name="attachment_once")]


class Objection(models.Model):
    """A receiving unit says the matter is not its own, with reasons; the sender rules, and the ruling is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="objections")
    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="objection")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    by_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    reason = models.TextField()
    ruled_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)
    ruling = models.TextField(blank=True)

    class Meta:
        db_table = "matters_objection"
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], name="objection_one_open", condition=Q(ruled_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(ruled_at__isnull=True, upheld__isnull=True, ruling="")
                | (Q(ruled_at__gte=F("made_at"), upheld__isnull=False) & ~Q(ruling="")),
                name="objection_ruling_pair",
            ),
        ]


class Extension(models.Model):
    """A request for the one extension, and the decision of the handling unit's head (信访工作条例 art. 34)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="extensions")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()
    reason = models.TextField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    remark = models.TextField(blank=True)

    class Meta:
        db_table = "matters_extension"
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=30), name="extension_days"),
            models.UniqueConstraint(
                fields=["matter"], name="extension_one_open", condition=Q(decided_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, granted__isnull=True, decided_by__isnull=True)
                | Q(decided_at__gte=F("asked_at"), granted__isnull=False, decided_by__isnull=False),
                name="extension_decision_pair",
            ),
        ]


class Answer(models.Model):
    """The written answer (处理意见书): a draft until the head issues it, then never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveIntegerField(default=1)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=14, choices=list(OUTCOMES.items()), blank=True)
    request = models.TextField(blank=True)
    facts = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    execute_by = models.DateField(null=True)
    drafted_by = models.UUIDField(null=True)
    drafted_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    issued_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    service = models.CharField(max_length=12, choices=list(SERVICE_METHODS.items()), blank=True)
    replaced_at = models.DateTimeField(null=True)  # the matter was reopened; the answer stays readable

    class Meta:
        db_table = "matters_answer"
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], name="answer_one_draft", condition=Q(issued_at__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["matter"],
                name="answer_one_current",
                condition=Q(issued_at__isnull=False, replaced_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True) | (~Q(outcome="") & ~Q(opinion="")),
                name="answer_issued_full",
            ),
            models.CheckConstraint(
                condition=Q(served_at__isnull=True, service="")
                | (Q(issued_at__isnull=False, served_at__gte=F("issued_at")) & ~Q(service="")),
                name="answer_served_pair",
            ),
        ]


class Word(models.Model):
    """The raiser's own word, given on the portal or recorded at a call-back; a call that reached nobody is kept too."""

    SOURCES = [("raiser", "本人网上"), ("callback", "回访")]
    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="words")
    source = models.CharField(max_length=10, choices=SOURCES)
    solved = models.CharField(max_length=8, choices=list(SOLVED.items()), blank=True)
    satisfaction = models.CharField(max_length=14, choices=list(SATISFACTION.items()))
    note = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    # Of the words given after one service, the last one of a reached raiser counts; earlier ones stay readable.
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matters_word"
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], name="word_one_counts", condition=Q(superseded_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=_one_of("satisfaction", SATISFACTION), name="word_satisfaction_known"
            ),
            models.CheckConstraint(
                condition=~Q(satisfaction="not_reached") | Q(solved="", source="callback"),
                name="word_unreached_says_nothing",
            ),
        ]


class Link(models.Model):
    """Two matters that belong together: an earlier one of the same raiser, new facts after a final answer."""

    KINDS = [("related", "相关"), ("earlier", "此前反映"), ("new_facts", "新的事实和理由")]
    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=KINDS)
    at = models.DateTimeField()

    class Meta:
        db_table = "matters_link"
        constraints = [
            models.UniqueConstraint(fields=["matter", "other"], name="link_once"),
            models.CheckConstraint(condition=~Q(matter=F("other")), name="link_not_to_itself"),
        ]


class Receipt(models.Model):
    """An idempotency key and what it led to; kept longer than the longest offline trip (90 days)."""

    key = models.CharField(primary_key=True, max_length=80)
    body_hash = models.CharField(max_length=64)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "matters_receipt"


class DayCounter(models.Model):
    """The last sequence number given out on a registration day."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "matters_day_counter"
