"""The catalogue of wanted talents (紧缺急需人才需求目录)."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7


class Wanted(models.Model):
    """People an enterprise or unit looks for in a year. The contact is the one it gives to be published."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    year = models.PositiveSmallIntegerField()
    employer = models.CharField(max_length=120)
    post = models.CharField(max_length=120)
    people = models.PositiveIntegerField()
    demands = models.TextField()  # what is required
    offer = models.TextField(blank=True)  # pay, housing, and so on
    contact = models.CharField(max_length=60)
    phone = models.CharField(max_length=40)
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "programmes_wanted"
        indexes = [models.Index(fields=["year", "-until", "-id"], name="wanted_year")]
        constraints = [
            models.UniqueConstraint(fields=["year", "employer", "post"], name="wanted_once"),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=10_000), name="wanted_people"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lt=2200), name="wanted_year_known"),
        ]
