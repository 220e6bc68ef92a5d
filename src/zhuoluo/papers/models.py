"""Official papers: drafts, issued ones frozen with their digest, and the proof that they were served."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from zhuoluo.kit.ids import uuid7
from zhuoluo.papers.rules import KINDS, STATES, UNNUMBERED

METHODS = {
    "in_person": "当面送达", "post": "邮寄送达", "electronic": "网上送达", "phone": "电话告知", "left": "留置送达",
}  # fmt: skip
RECIPIENTS = {"raiser": "信访人本人", "family": "同住成年家属", "agent": "代理人、代表人", "unit": "收文单位"}


class Counter(models.Model):
    """The last number given to one kind of paper of one unit in one year. Locked while the next one is drawn."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "papers_counter"
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "year"], name="paper_counter_once")]


class Paper(models.Model):
    """One paper about one subject (a matter, a batch of visitors). A void one keeps its number, and is listed."""

    SUBJECTS = [("matter", "事项"), ("batch", "接访批次")]
    id = models.UUIDField(primary_key=True, default=uuid7)
    subject_kind = models.CharField(max_length=10, choices=SUBJECTS)
    subject_id = models.UUIDField()
    # The fact it is about, where a subject has several (an answer, a review, a hearing); else the subject itself.
    source_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=[(code, kind.name) for code, kind in KINDS.items()])
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=list(STATES.items()), default="draft")
    version = models.PositiveIntegerField(default=1)
    content = models.JSONField()
    year = models.PositiveSmallIntegerField(null=True)
    sequence = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=60, blank=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    issued_at = models.DateTimeField(null=True)
    pdf_id = models.UUIDField(null=True)  # files.StoredFile
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    docx_id = models.UUIDField(null=True)
    docx_sha256 = models.CharField(max_length=64, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        db_table = "papers_paper"
        indexes = [models.Index(fields=["subject_id", "-made_at", "-id"], name="paper_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "source_id"], name="paper_one_live", condition=~Q(state="void")
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "year", "sequence"],
                name="paper_number_once",
                condition=Q(sequence__isnull=False),
            ),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="paper_kind_known"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="paper_state_known"),
            models.CheckConstraint(
                condition=Q(state="issued", issued_at__isnull=False)
                | Q(state="draft", issued_at__isnull=True)
                | Q(state="void"),
                name="paper_issued_when",
            ),
            # Issued means frozen: both files with their digests, and a number where the kind has one.
            models.CheckConstraint(
                condition=Q(
                    issued_at__isnull=True, issued_by__isnull=True, number="", sequence__isnull=True, year__isnull=True,
                    pdf_id__isnull=True, pdf_sha256="", docx_id__isnull=True, docx_sha256="",
                )
                | (
                    Q(issued_at__gte=F("made_at"), pdf_id__isnull=False, docx_id__isnull=False)
                    & Exact(Length("pdf_sha256"), 64)
                    & Exact(Length("docx_sha256"), 64)
                    & (
                        Q(kind__in=UNNUMBERED, number="", sequence__isnull=True)
                        | (~Q(kind__in=UNNUMBERED) & ~Q(number="") & Q(sequence__gte=1, year__isnull=False))
                    )
                ),
                name="paper_issued_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state="void", voided_at__isnull=False) & ~Q(void_reason="")
                | ~Q(state="void") & Q(voided_at__isnull=True, void_reason=""),
                name="paper_void_pair",
            ),
        ]  # fmt: skip


class Service(models.Model):
    """The proof that an issued paper reached whom it is for (送达回证)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="service")
    method = models.CharField(max_length=12, choices=list(METHODS.items()))
    recipient = models.CharField(max_length=8, choices=list(RECIPIENTS.items()))
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    receipt_id = models.UUIDField(null=True)  # files.StoredFile: the signed sheet
    note = models.TextField(blank=True)

    class Meta:
        db_table = "papers_service"
        constraints = [
            models.CheckConstraint(condition=Q(method__in=list(METHODS)), name="paper_service_method"),
            models.CheckConstraint(
                condition=Q(recipient__in=list(RECIPIENTS)), name="paper_service_recipient"
            ),
        ]
