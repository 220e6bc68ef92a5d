"""What the residents' pages keep for a short while. Nothing here outlives a week; what was filed lives in matters."""

from typing import Any

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7


class Draft(models.Model):
    """One form being filled in: two tabs are two drafts. Holds personal data until it is swept (tasks.sweep)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    token = models.CharField(
        max_length=40, unique=True
    )  # in the address; opens nothing without the holder's cookie
    holder = models.CharField(max_length=64)  # keyed digest of the cookie
    key = models.UUIDField(unique=True)  # the idempotency key of its registration, made when the form opened
    answers: Any = models.JSONField(default=dict)  # rules.steps.Answers; personal
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)  # filing has begun: no answer changes any more
    filed_at = models.DateTimeField(null=True)
    matter_id = models.UUIDField(null=True)
    number = models.CharField(max_length=24, blank=True)

    class Meta:
        db_table = "portal_draft"
        indexes = [
            models.Index(fields=["holder", "-touched_at"], name="draft_holder"),
            models.Index(fields=["touched_at"], name="draft_touched"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True, matter_id__isnull=True, number="")
                | (
                    Q(filed_at__isnull=False, frozen_at__isnull=False, matter_id__isnull=False)
                    & ~Q(number="")
                ),
                name="draft_filed_whole",
            )
        ]


class Attempt(models.Model):
    """One try at something limited (a query code, a filing), kept as a keyed digest of whose it was, for an hour."""

    KINDS = [
        ("number", "编号"),
        ("address", "地址"),
        ("filing", "提交"),
        ("draft", "开表"),
        ("photo", "照片"),
    ]
    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=10, choices=KINDS)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "portal_attempt"
        indexes = [models.Index(fields=["kind", "digest", "at"], name="attempt_window")]


class Press(models.Model):
    """One press of a button on the follow page, so that a double tap, a refresh or a re-post does nothing twice."""

    digest = models.CharField(primary_key=True, max_length=64)  # of matter, deed, form key and what was said
    at = models.DateTimeField()

    class Meta:
        db_table = "portal_press"
        indexes = [models.Index(fields=["at"], name="press_at")]
