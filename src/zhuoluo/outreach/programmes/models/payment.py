"""Money that went out and money that came back, one row each, never changed."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.outreach.programmes.models.application import Award
from zhuoluo.outreach.programmes.rules.words import PAYMENTS


class Payment(models.Model):
    """One payment of an award, or one return of it as a negative row. Append only (triggers).

    No bank account is kept: the finance system pays; here stand the day, the sum and the voucher by which it is found.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField(max_length=8, choices=list(PAYMENTS.items()))
    amount = models.BigIntegerField()
    day = models.DateField()
    voucher = models.CharField(max_length=60, unique=True)
    why = models.CharField(max_length=500, blank=True)
    key = models.CharField(max_length=80, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        db_table = "programmes_payment"
        indexes = [models.Index(fields=["-day", "-id"], name="payment_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="paid", amount__gt=0)
                | Q(kind__in=["returned", "clawed"], amount__lt=0) & ~Q(why=""),
                name="payment_sign",
            ),
            models.CheckConstraint(condition=~Q(voucher=""), name="payment_voucher"),
        ]
