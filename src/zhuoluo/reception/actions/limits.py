"""How often one network address may do something within an hour, so that nobody guesses codes or floods a day with bookings."""

from zhuoluo.kit.tries import TooMany, Tries
from zhuoluo.reception.models import Attempt

BOOKINGS = 20  # an hour from one network address: a village hall books for its people
CODES = 10  # wrong codes an hour
__all__ = ["BOOKINGS", "CODES", "TooMany", "count_try", "forget_tries", "sweep"]

_tries = Tries(Attempt, "reception")
count_try, forget_tries, sweep = _tries.count, _tries.forget, _tries.sweep
