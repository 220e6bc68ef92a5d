"""Accusations: never a word of them in plain text. What can be queried here tells only that something came and where it lies."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.sealed.rules import ALGORITHMS, CHANNELS, RULES, SUPERIOR
from zhuoluo.sealed.states import STATE_WORDS


class SealedCase(models.Model):
    """One accusation. All that was said lies sealed in SealedText and SealedFile."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=24, unique=True)
    code_generation = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=list(STATE_WORDS.items()))
    version = models.PositiveIntegerField(default=1)
    channel = models.CharField(max_length=10, choices=list(CHANNELS.items()))
    received_at = models.DateTimeField()
    forward_due = models.DateTimeField()  # exclusive
    keeper = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    forwarded_to = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    forwarded_at = models.DateTimeField(null=True)
    concluded_at = models.DateTimeField(null=True)
    form_key = models.CharField(max_length=64, null=True, unique=True)  # digest of the form it came with

    class Meta:
        db_table = "sealed_case"
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="sealed_case_newest"),
            models.Index(fields=["keeper", "-received_at", "-id"], name="sealed_case_keeper"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(STATE_WORDS)), name="sealed_case_state"),
            models.CheckConstraint(condition=Q(channel__in=list(CHANNELS)), name="sealed_case_channel"),
            models.CheckConstraint(
                condition=~Q(state="forwarded") | Q(forwarded_at__isnull=False),
                name="sealed_case_forwarded_when",
            ),
            models.CheckConstraint(
                condition=Q(state="concluded") ^ Q(concluded_at__isnull=True),
                name="sealed_case_concluded_when",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=True) | Q(concluded_at__gte=F("received_at")),
                name="sealed_case_concluded_later",
            ),
        ]


class Ciphertext(models.Model):
    """A ciphertext with the names of its key and algorithm beside it."""

    key_id = models.CharField(max_length=16)
    algorithm = models.CharField(max_length=12, choices=[(name, name) for name in ALGORITHMS.values()])
    nonce = models.BinaryField(max_length=12)
    ciphertext = models.BinaryField()

    class Meta:
        abstract = True


class SealedText(Ciphertext):
    """Words of a case: what was handed in, and what those entitled wrote since."""

    KINDS = [
        ("given", "交来的内容"), ("added", "补充的内容"), ("taken", "事项原文"), ("accused", "被检举控告的"), ("file", "文件说明"),
        ("note", "内部记录"), ("message", "给来件人的话"), ("forward", "移送记录"), ("conclude", "办结记录"),
    ]  # fmt: skip
    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(SealedCase, on_delete=models.PROTECT, related_name="texts", db_index=False)
    kind = models.CharField(max_length=10, choices=KINDS)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)  # of an entitled officer; of nobody who handed something in

    class Meta:
        db_table = "sealed_text"
        indexes = [
            models.Index(fields=["case", "at", "id"], name="sealed_text_case"),
            models.Index(fields=["key_id", "algorithm", "id"], name="sealed_text_key"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(algorithm__in=list(ALGORITHMS.values())), name="sealed_text_algorithm"
            )
        ]


class SealedFile(Ciphertext):
    """The bytes of a file, sealed; its name and type are the words of `label`."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(SealedCase, on_delete=models.PROTECT, related_name="files", db_index=False)
    label = models.OneToOneField(SealedText, on_delete=models.PROTECT, related_name="file")
    at = models.DateTimeField()

    class Meta:
        db_table = "sealed_file"
        indexes = [
            models.Index(fields=["case", "at"], name="sealed_file_case"),
            models.Index(fields=["key_id", "algorithm", "id"], name="sealed_file_key"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(algorithm__in=list(ALGORITHMS.values())), name="sealed_file_algorithm"
            )
        ]


class SealedAccused(models.Model):
    """Whom a case accuses, by keyed digest only: enough to keep it from them, not enough to read who it is."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    case = models.ForeignKey(SealedCase, on_delete=models.PROTECT, related_name="accused", db_index=False)
    key_id = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "sealed_accused"
        indexes = [models.Index(fields=["key_id"], name="sealed_accused_key")]
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="sealed_accused_once")]


class SealedView(models.Model):
    """Every look at a case by a member of staff; the database refuses to change or remove one (migration 0001)."""

    KINDS = [("opened", "打开"), ("file", "打开文件"), ("looks", "看了谁看过")]
    id = models.UUIDField(primary_key=True, default=uuid7)
    case_id = models.UUIDField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=KINDS)
    viewer_id = models.UUIDField()
    viewer_name = models.CharField(max_length=60)
    viewer_post = models.CharField(max_length=120, blank=True)
    unit_name = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "sealed_view"
        indexes = [models.Index(fields=["case_id", "-at", "-id"], name="sealed_view_case")]


class SealedRule(models.Model):
    """To whom accusations against a kind of unit go here, where that differs from what the house came with."""

    accused_kind = models.CharField(primary_key=True, max_length=20)
    organ = models.CharField(max_length=20)  # a kind of unit, or the organ above
    inform = models.BooleanField(default=False)

    class Meta:
        db_table = "sealed_rule"
        constraints = [
            models.CheckConstraint(condition=Q(accused_kind__in=list(RULES)), name="sealed_rule_kind"),
            models.CheckConstraint(
                condition=Q(organ__in=["discipline", "leadership", "supervision", SUPERIOR]),
                name="sealed_rule_organ",
            ),
        ]


class SealedTry(models.Model):
    """One try at something limited, kept for an hour as a keyed digest of whose it was."""

    KINDS = [("filing", "提交"), ("number", "编号"), ("address", "地址")]
    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=8, choices=KINDS)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "sealed_try"
        indexes = [models.Index(fields=["kind", "digest", "at"], name="sealed_try_window")]
