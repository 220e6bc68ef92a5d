"""Programmes, applications, awards, payments, wanted talents."""

from zhuoluo.outreach.programmes.models.application import (
    Application,
    Ask,
    Attempt,
    Award,
    Counter,
    Notice,
    Objection,
    Paper,
)
from zhuoluo.outreach.programmes.models.payment import Payment
from zhuoluo.outreach.programmes.models.programme import Item, Programme
from zhuoluo.outreach.programmes.models.wanted import Wanted

__all__ = [
    "Application",
    "Ask",
    "Attempt",
    "Award",
    "Counter",
    "Item",
    "Notice",
    "Objection",
    "Paper",
    "Payment",
    "Programme",
    "Wanted",
]
