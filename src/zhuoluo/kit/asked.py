"""Numbers and days asked for in an address. Anybody can type one, so what makes no sense is nothing, never a fault."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

# Beside the ends of the calendar neither a database nor a time zone can follow.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
DIGITS = 15  # below the largest integer of either database


def asked_number(text: str | None) -> int | None:
    """Return the whole number that `text` writes in ASCII digits, or None."""
    plain = text is not None and text.isascii() and text.isdigit() and len(text) <= DIGITS
    return int(text) if text and plain else None


def asked_day(text: str | None) -> date | None:
    """Return the day that `text` writes as 2026-03-02, or None for none and for one that no record can bear."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def asked_id(text: str | None) -> UUID | None:
    """Return the id that `text` writes, or None."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def asked_year(text: str | None) -> int | None:
    """Return the year that `text` writes in four digits, or None."""
    year = asked_number(text)
    return year if year is not None and 2000 <= year < 2200 else None


def asked_month(text: str | None) -> date | None:
    """Return the first day of the month that `text` writes as 2026-03, or None."""
    return asked_day(f"{text}-01") if text and len(text) == 7 else None


class DayField(forms.DateField):
    """A day chosen in a calendar or typed, within the years a record can bear."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        words = {
            "required": _("请选择日期"),
            "invalid": _("请写成 2026-03-04 这样的日期"),
        } | kwargs.pop("error_messages", {})
        super().__init__(**{"widget": widget} | kwargs, error_messages=words)
        beyond = _("请写 1900 年到 2199 年之间的日期")
        self.validators += [MinValueValidator(FIRST_DAY, beyond), MaxValueValidator(LAST_DAY, beyond)]
