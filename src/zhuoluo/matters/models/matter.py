"""Matters, who takes part in them, whom they are about, and what belongs together."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.models.one_of import one_of
from zhuoluo.matters.rules import CHANNELS, KLASSES, STANDINGS
from zhuoluo.matters.states import STAGE_WORDS


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
    # The column of a problem list it stands in (rules.columns), written with every act: lists of ten years count by it.
    standing = models.CharField(
        max_length=8, choices=list(STANDINGS.items()), default="new", db_default="new"
    )
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
    # Handled the simplified way (国信办发〔2022〕17号): shorter terms, notices by phone or message.
    simple = models.BooleanField(default=False, db_default=False)
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
            models.CheckConstraint(condition=one_of("stage", STAGE_WORDS), name="matter_stage_known"),
            models.CheckConstraint(condition=one_of("standing", STANDINGS), name="matter_standing_known"),
            models.CheckConstraint(condition=one_of("klass", KLASSES), name="matter_klass_known"),
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
        ("review", "复查复核"),
        ("superior", "指定管辖"),
        ("case", "包案"),
        ("joint", "承担任务"),
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
