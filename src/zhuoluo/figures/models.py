"""Counts kept ready: what each matter contributes, and the sums by day. Both can be rebuilt from the milestones."""

from django.db import models
from django.db.models import Q


class Contribution(models.Model):
    """What one matter adds to the sums now; kept so that a change takes exactly the old part away."""

    matter_id = models.UUIDField(primary_key=True)
    parts = (
        models.JSONField()
    )  # {"klass": …, "area": …, "unit": …, "keys": [["registered", 739310, 0, 1], …]}

    class Meta:
        db_table = "figures_contribution"


class Tally(models.Model):
    """How many things of a kind fell on a day, along one dimension. What ceased to hold is a kind of its own."""

    DIMENSIONS = [("klass", "类别"), ("area", "乡镇街道"), ("unit", "单位")]
    id = models.BigAutoField(primary_key=True)
    dimension = models.CharField(max_length=5, choices=DIMENSIONS)
    member = models.CharField(max_length=36)
    kind = models.CharField(max_length=50)
    day = models.IntegerField()  # date.toordinal(), in Asia/Shanghai
    month = models.IntegerField()  # year * 12 + month - 1
    value = models.IntegerField(default=0)  # for elapsed times: tenths of a day
    count = models.IntegerField()

    class Meta:
        db_table = "figures_tally"
        constraints = [
            models.UniqueConstraint(
                fields=["dimension", "kind", "member", "day", "value"], name="tally_once"
            ),
            models.CheckConstraint(
                condition=Q(dimension__in=["klass", "area", "unit"]), name="tally_dimension"
            ),
        ]
