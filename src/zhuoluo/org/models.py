"""The jurisdiction, its areas, units, people and their posts."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from zhuoluo.kit.ids import uuid7
from zhuoluo.org.rules import ROLE_NAMES


class Jurisdiction(models.Model):
    """The one county, district or city this database (or schema) belongs to."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    prefix = models.CharField(max_length=4)  # the letters in front of every matter number
    terms = models.JSONField(
        default=list, blank=True
    )  # local terms, bounded by the national rule (clock.Rulebook)
    rules = models.JSONField(
        default=dict, blank=True
    )  # thresholds: days before a date turns yellow, and so on

    class Meta:
        db_table = "org_jurisdiction"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="org_one_jurisdiction")]


class Area(models.Model):
    """An administrative division; its official code is the tree."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    full_name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    boundary = models.JSONField(null=True)  # a closed ring of [longitude, latitude], CGCS2000
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "org_area"
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{12}$"), name="org_area_code_digits")
        ]


class Unit(models.Model):
    """An organ, a township, a village office: whoever can owe something."""

    KINDS = [
        ("office", "信访工作机构"), ("department", "县直部门"), ("township", "乡镇街道"), ("village", "村社区"),
        ("leadership", "县领导"), ("supervision", "督查机构"), ("review", "复查复核机构"),
        ("discipline", "纪检监察机关"), ("inner", "内设机构"),
    ]  # fmt: skip
    id = models.UUIDField(primary_key=True, default=uuid7)
    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=KINDS)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "org_unit"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="org_unit_dates",
            )
        ]

    def __str__(self) -> str:
        return self.short_name


class People(BaseUserManager["User"]):
    """Finds accounts by name; Django's sign-in needs it."""


class User(AbstractBaseUser):
    """A member of staff who signs in."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    objects = People()

    class Meta:
        db_table = "org_user"

    def get_full_name(self) -> str:
        """Return the name shown."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name shown."""
        return self.name


class Post(models.Model):
    """A person's role in a unit, with dates. Several at once are usual."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=60)
    role = models.CharField(max_length=20, choices=list(ROLE_NAMES.items()))
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "org_post"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="org_post_dates",
            ),
            models.CheckConstraint(condition=Q(role__in=list(ROLE_NAMES)), name="org_post_role"),
        ]


class Substitution(models.Model):
    """`substitute` stands in for `absent`; chains are followed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    until_date = models.DateField()

    class Meta:
        db_table = "org_substitution"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="org_substitution_dates"
            ),
            models.CheckConstraint(condition=~Q(absent=F("substitute")), name="org_substitution_other"),
        ]


class ResetCode(models.Model):
    """A one-time code with which a person sets a new password; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_reset_code"
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="org_reset_code_dates")
        ]


class CalendarNotice(models.Model):
    """A year's holiday notice that this site imported; it adds to or replaces the shipped year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    title = models.CharField(max_length=120)
    document = models.CharField(max_length=60, blank=True)
    published = models.DateField(null=True, blank=True)
    days: Any = models.JSONField()  # {"holidays": {"2027-01-01": "元旦"}, "workdays": ["2027-02-07"]}
    imported_at = models.DateTimeField()

    class Meta:
        db_table = "org_calendar_notice"
