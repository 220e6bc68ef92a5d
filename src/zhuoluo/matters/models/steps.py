"""Steps beside the straight path: objections, designations, extensions, hearings, recusals."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.models.duties import Commitment
from zhuoluo.matters.models.matter import Matter


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


class Designation(models.Model):
    """Organs disagree whose matter it is; the common superior names one, finally (信访工作条例 art. 24)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="designations")
    superior = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    reason = models.TextField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    ruling = models.TextField(blank=True)

    class Meta:
        db_table = "matters_designation"
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], name="designation_one_open", condition=Q(decided_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, unit__isnull=True, ruling="")
                | (Q(decided_at__gte=F("asked_at"), unit__isnull=False) & ~Q(ruling="")),
                name="designation_pair",
            ),
        ]


class Hearing(models.Model):
    """A hearing (听证). Only in a second review does its time not count (信访工作条例 arts. 31, 36)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="hearings")
    review = models.ForeignKey("matters.Review", null=True, on_delete=models.PROTECT, related_name="hearings")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    called_at = models.DateTimeField()  # the decision to hear: where the law excludes the time, it stops here
    planned = models.DateTimeField()
    place = models.CharField(max_length=120)
    public = models.BooleanField(default=False)
    called_by = models.UUIDField(null=True)
    held_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)  # minutes signed: the time runs on from here
    minutes = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matters_hearing"
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                name="hearing_one_open",
                condition=Q(closed_at__isnull=True, cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, closed_at__isnull=True, minutes="")
                | (Q(held_at__gte=F("called_at"), closed_at__gte=F("held_at")) & ~Q(minutes="")),
                name="hearing_closed_pair",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(closed_at__isnull=True), name="hearing_one_end"
            ),
            models.CheckConstraint(condition=Q(planned__gte=F("called_at")), name="hearing_planned_after"),
        ]


class Recusal(models.Model):
    """Somebody with an interest takes no part any more (回避, 信访工作条例 art. 28)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey("org.User", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "matters_recusal"
        constraints = [models.UniqueConstraint(fields=["matter", "person"], name="recusal_once")]
