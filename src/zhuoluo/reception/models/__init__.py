"""Reception days and who comes to them. Names and phones of visitors are not here (residents), nor what is done (matters)."""

from zhuoluo.reception.models.roster import Leader, RosterRule, RulePerson
from zhuoluo.reception.models.session import Seat, Session
from zhuoluo.reception.models.visit import Attempt, Batch, Booking, BookingCounter, Representative, Request

__all__ = [
    "Attempt",
    "Batch",
    "Booking",
    "BookingCounter",
    "Leader",
    "Representative",
    "Request",
    "RosterRule",
    "RulePerson",
    "Seat",
    "Session",
]
