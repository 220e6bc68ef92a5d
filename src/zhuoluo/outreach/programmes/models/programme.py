"""A programme: what it gives, to whom, under which clauses, until when, out of which budget."""

from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.outreach.programmes.rules.amounts import KINDS, WHOLE
from zhuoluo.outreach.programmes.rules.money import MOST
from zhuoluo.outreach.programmes.rules.words import AUDIENCES, PROGRAMMES


class Programme(models.Model):
    """A talent or subsidy programme (人才政策、奖补项目) of one year. Sums are whole fen, in yuan of China (CNY)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    title = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")  # in charge: it approves
    desk = models.ForeignKey(
        "org.Unit", on_delete=models.PROTECT, related_name="+"
    )  # drew it up: it checks too
    audience = models.CharField(max_length=10, choices=list(AUDIENCES.items()))
    who = models.TextField()  # who may apply, in words
    needs = models.TextField()  # what is to be handed in
    opens = models.DateField()
    closes = models.DateField()
    budget = models.BigIntegerField()
    notice_days = models.PositiveSmallIntegerField(default=5)  # working days of publication (公示)
    told_on = models.DateField(null=True)  # the talk or ceremony at which it is announced
    told_at = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=list(PROGRAMMES.items()), default="draft")
    key = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "programmes_programme"
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="programme_newest"),
            models.Index(fields=["state", "closes", "id"], name="programme_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="programme_window"),
            models.CheckConstraint(condition=Q(budget__gt=0, budget__lte=MOST), name="programme_budget"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lt=2200), name="programme_year"),
            models.CheckConstraint(
                condition=Q(notice_days__gte=1, notice_days__lte=60), name="programme_notice_days"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") ^ Q(announced_at__isnull=False), name="programme_announced_pair"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "settled"], closed_at__isnull=False)
                | Q(state__in=["draft", "announced"], closed_at__isnull=True),
                name="programme_closed_pair",
            ),
        ]


class Item(models.Model):
    """One thing a programme gives, with its clause and the rule of its amount; fixed once the programme is announced."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="items", db_index=False)
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    clause = models.ForeignKey("policy.Clause", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=8, choices=list(KINDS.items()))
    amount = models.BigIntegerField(default=0)
    share = models.PositiveSmallIntegerField(default=0)  # in hundredths of a percent
    ceiling = models.BigIntegerField(default=0)  # 0: none
    base = models.CharField(max_length=60, blank=True)  # of what the share is taken
    grades = models.JSONField(default=list)  # [[name, fen], …]

    class Meta:
        db_table = "programmes_item"
        constraints = [
            models.UniqueConstraint(fields=["programme", "place"], name="item_place_once"),
            models.CheckConstraint(
                condition=Q(rule="fixed", amount__gt=0)
                | Q(rule="share", share__gt=0, share__lte=WHOLE, ceiling__gte=0)
                | Q(rule="grades", amount=0, share=0),
                name="item_rule_whole",
            ),
        ]
