"""What was written: texts, files, the answer, and the raiser's own word."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.models.matter import Matter
from zhuoluo.matters.models.one_of import one_of
from zhuoluo.matters.rules import OUTCOMES, SATISFACTION, SERVICE_METHODS, SOLVED, SUGGESTION_OUTCOMES


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


def evidence() -> models.QuerySet[Attachment]:
    """Return the files that show what was done: of the units, not of the raiser."""
    return Attachment.objects.filter(by_raiser=False).exclude(role="raised")


class Answer(models.Model):
    """The written answer (处理意见书): a draft until the head issues it, then never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveIntegerField(default=1)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(
        max_length=14, choices=[*OUTCOMES.items(), *SUGGESTION_OUTCOMES.items()], blank=True
    )
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
    # No review can follow any more, or never could; what is left is what finality has still to be noted of.
    review_over = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "matters_answer"
        indexes = [
            models.Index(
                fields=["served_at", "id"],
                name="answer_window",
                condition=Q(served_at__isnull=False, replaced_at__isnull=True, review_over=False),
            )
        ]
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
                condition=one_of("satisfaction", SATISFACTION), name="word_satisfaction_known"
            ),
            models.CheckConstraint(
                condition=~Q(satisfaction="not_reached") | Q(solved="", source="callback"),
                name="word_unreached_says_nothing",
            ),
        ]
