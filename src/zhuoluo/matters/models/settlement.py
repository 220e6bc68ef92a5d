"""What both sides signed, and whether it was done. Signing closes nothing (信访工作条例 art. 33)."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.models.matter import Matter
from zhuoluo.matters.models.one_of import one_of
from zhuoluo.matters.rules import SETTLEMENTS


class Settlement(models.Model):
    """A signed agreement: its text, its day, that it was free, what each side owes. Never changed; it may be voided."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="settlements")
    kind = models.CharField(max_length=16, choices=list(SETTLEMENTS.items()))
    text = models.TextField()
    signed_on = models.DateField()
    free_will = models.TextField()  # how it was made sure that the person signed freely and understood
    mediator = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    file_id = models.UUIDField(null=True)  # the signed sheet
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        db_table = "matters_settlement"
        constraints = [
            models.CheckConstraint(condition=one_of("kind", SETTLEMENTS), name="settlement_kind_known"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(free_will=""), name="settlement_full"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__gte=F("at")) & ~Q(void_reason="")),
                name="settlement_void_pair",
            ),
        ]


class Obligation(models.Model):
    """What one side promised in a settlement, by when, and when it was done."""

    SIDES = [("unit", "单位一方"), ("raiser", "诉求人一方"), ("other", "其他当事人")]
    id = models.UUIDField(primary_key=True, default=uuid7)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="obligations")
    side = models.CharField(max_length=8, choices=SIDES)
    what = models.TextField()
    until = models.DateField()
    done_at = models.DateTimeField(null=True)
    account = models.TextField(blank=True)

    class Meta:
        db_table = "matters_obligation"
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, account="") | (Q(done_at__isnull=False) & ~Q(account="")),
                name="obligation_done_pair",
            ),
            models.CheckConstraint(
                condition=one_of("side", ["unit", "raiser", "other"]), name="obligation_side_known"
            ),
        ]
