"""An application on its path, what it asks, and what was awarded."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.outreach.programmes.models.programme import Item, Programme
from zhuoluo.outreach.programmes.rules.words import APPLICANTS, APPLICATIONS, OBJECTIONS, RULINGS


class Notice(models.Model):
    """A published list of awards (公示), open to objections until its last day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="notices")
    from_day = models.DateField()
    until_day = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        db_table = "programmes_notice"
        indexes = [models.Index(fields=["-until_day", "-id"], name="notice_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(until_day__gt=F("from_day")), name="notice_days_pair")
        ]


class Application(models.Model):
    """An application. Who applies lives in residents; the code that opens it is derived, never kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=24, unique=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="applications", db_index=False
    )
    raiser = models.ForeignKey("residents.Raiser", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=list(APPLICANTS.items()))
    # Keyed digest of the credit code or of the phone: one live application a programme.
    applicant = models.CharField(max_length=32)
    words = models.TextField()
    state = models.CharField(max_length=10, choices=list(APPLICATIONS.items()), default="received")
    asked = models.TextField(blank=True)  # what is missing
    asked_until = models.DateField(null=True)
    refused_why = models.TextField(blank=True)
    refused_clause = models.ForeignKey(
        "policy.Clause", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    refused_by_rule = models.CharField(max_length=300, blank=True)  # the clause as it is cited
    key = models.CharField(max_length=80, unique=True)
    body_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    checked_by = models.UUIDField(null=True)
    checked_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    notice = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="applications")

    class Meta:
        db_table = "programmes_application"
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="application_newest"),
            models.Index(fields=["programme", "state", "-made_at", "-id"], name="application_programme"),
            models.Index(fields=["state", "-made_at", "-id"], name="application_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "applicant"],
                name="application_once",
                condition=~Q(state__in=["refused", "withdrawn", "revoked"]),
            ),
            models.CheckConstraint(
                condition=~Q(state="more") | ~Q(asked="") & Q(asked_until__isnull=False),
                name="application_asked_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refused_why="") & ~Q(refused_by_rule=""),
                name="application_refused_with_clause",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "noticed", "paid"]) | Q(approved_at__isnull=False),
                name="application_approved_pair",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(checked_by__isnull=True)
                | ~Q(approved_by=F("checked_by")),
                name="application_two_pairs_of_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["noticed", "paid"]) | Q(notice__isnull=False),
                name="application_paid_after_notice",
            ),
        ]


class Counter(models.Model):
    """The last number given to an application on a day."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "programmes_counter"


class Ask(models.Model):
    """One item an application asks for: the base sum or the grade the applicant gives."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="asks", db_index=False
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    base = models.BigIntegerField(default=0)
    grade = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "programmes_ask"
        constraints = [
            models.UniqueConstraint(fields=["application", "item"], name="ask_once"),
            models.CheckConstraint(condition=Q(base__gte=0), name="ask_base"),
        ]


class Paper(models.Model):
    """A file an applicant handed in."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="papers", db_index=False
    )
    file_id = models.UUIDField()  # files.StoredFile
    at = models.DateTimeField()

    class Meta:
        db_table = "programmes_paper"
        constraints = [models.UniqueConstraint(fields=["application", "file_id"], name="paper_once")]


class Award(models.Model):
    """What was approved for one item, with its clause as it was in force that day. Never edited but for what was paid.

    `paid`: what was paid less what came back. `barred`: what was clawed back, which may not be paid again. The database
    refuses more than was awarded; the totals shown are always the sum of the rows of `Payment`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="awards", db_index=False
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    clause = models.ForeignKey("policy.Clause", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300)  # the clause as it is cited
    why = models.CharField(max_length=500, blank=True)  # why less than the rule gives
    paid = models.BigIntegerField(default=0)
    barred = models.BigIntegerField(default=0)

    class Meta:
        db_table = "programmes_award"
        constraints = [
            models.UniqueConstraint(fields=["application", "item"], name="award_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="award_amount"),
            models.CheckConstraint(condition=Q(paid__gte=0, barred__gte=0), name="award_never_below_nothing"),
            models.CheckConstraint(
                condition=Q(amount__gte=F("paid") + F("barred")), name="award_never_overpaid"
            ),
        ]


class Objection(models.Model):
    """An objection to a published award, or an applicant's word against a decision: a matter of its own."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="objections")
    kind = models.CharField(max_length=10, choices=list(OBJECTIONS.items()))
    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()
    ruling = models.CharField(max_length=10, choices=list(RULINGS.items()), blank=True)
    why = models.TextField(blank=True)
    ruled_by = models.UUIDField(null=True)
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "programmes_objection"
        constraints = [
            models.CheckConstraint(
                condition=Q(ruling="", ruled_at__isnull=True)
                | ~Q(ruling="") & Q(ruled_at__isnull=False) & ~Q(why=""),
                name="objection_ruled_pair",
            )
        ]


class Attempt(models.Model):
    """One try at an application or its code, kept as a keyed digest for an hour, so that nobody guesses or floods."""

    KINDS = [("apply", "申请"), ("number", "编号"), ("address", "地址"), ("object", "异议")]
    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=10, choices=KINDS)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "programmes_attempt"
        indexes = [
            models.Index(fields=["kind", "digest", "at"], name="programmes_attempt_window"),
            models.Index(fields=["at"], name="programmes_attempt_at"),
        ]
