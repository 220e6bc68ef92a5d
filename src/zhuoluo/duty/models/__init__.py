"""Tables of the room."""

from zhuoluo.duty.models.log import Household, Raised
from zhuoluo.duty.models.night import Night, NightRule, RulePerson, Seat, Swap

__all__ = ["Household", "Night", "NightRule", "Raised", "RulePerson", "Seat", "Swap"]
