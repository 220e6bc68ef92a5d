"""Who raised it: the only home of residents' personal data, and the record of every look at it."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7


class Raiser(models.Model):
    """The person, household, group or enterprise behind one filing, as they gave it then.

    One row a filing: nobody is merged by guesswork; the blind indexes find the same phone or name again.
    """

    KINDS = [
        ("person", "个人"),
        ("household", "家庭"),
        ("group", "多人"),
        ("enterprise", "企业或组织"),
        ("anonymous", "匿名"),
    ]
    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=12, choices=KINDS)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=120, blank=True)
    id_number = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=300, blank=True)
    others = models.PositiveIntegerField(default=0)  # people represented beyond those named
    more = models.TextField(
        blank=True, default="", db_default=""
    )  # what else an old register tells of the person
    phone_index = models.CharField(max_length=32, blank=True)
    name_index = models.CharField(max_length=32, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "residents_raiser"
        indexes = [
            # Whole, not only of rows with a phone: SQLite cannot tell that a bound value is not empty, and would walk
            # the table instead.
            models.Index(fields=["phone_index", "-id"], name="raiser_phone_newest"),
            models.Index(fields=["name_index", "-id"], name="raiser_name_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="anonymous") | Q(name="", id_number=""), name="raiser_anonymous_has_no_name"
            )
        ]


class PhoneChange(models.Model):
    """A phone number that was put in the place of another; the old one is kept, so that a change can be looked into."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    raiser = models.ForeignKey(Raiser, on_delete=models.PROTECT, related_name="phone_changes")
    old = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "residents_phone_change"


class View(models.Model):
    """One look at a matter by one reader: what was seen, and why when it was unmasked. Append only (triggers)."""

    KINDS = [
        ("opened", "打开事项"),
        ("unmasked", "查看身份信息"),
        ("exported", "导出"),
        ("file", "打开附件"),
        ("listed", "列表"),
        ("packet", "取出案卷"),
    ]
    id = models.UUIDField(primary_key=True, default=uuid7)
    subject_id = models.UUIDField()  # the matter
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=KINDS)
    viewer_id = models.UUIDField(null=True)
    viewer_name = models.CharField(max_length=60)
    viewer_post = models.CharField(max_length=120, blank=True)
    unit_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "residents_view"
        indexes = [
            models.Index(fields=["subject_id", "at"], name="view_subject"),
            models.Index(fields=["viewer_id", "at"], name="view_viewer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["unmasked", "exported"]) | ~Q(reason=""), name="view_unmask_has_reason"
            )
        ]


class RefusedCopy(models.Model):
    """A second body that came under an idempotency key already used; kept, so that no word is lost."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    key = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "residents_refused_copy"
        indexes = [models.Index(fields=["subject_id"], name="refused_subject")]
