"""How often one network address may do something within an hour, so that nobody guesses codes or floods the office with orders."""

from zhuoluo.kit.tries import TooMany, Tries
from zhuoluo.outreach.talks.models import Attempt

ORDERS = 20  # an hour from one network address: a village hall orders for its groups
RATINGS_AN_HOUR = 300  # from one network address: a hall shares one
CODES = 10  # wrong codes an hour
__all__ = ["CODES", "ORDERS", "RATINGS_AN_HOUR", "TooMany", "count_try", "forget_tries", "sweep"]

_tries = Tries(Attempt, "talks")
count_try, forget_tries, sweep = _tries.count, _tries.forget, _tries.sweep
