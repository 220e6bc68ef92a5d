"""How often one network address may do something within an hour, so that nobody guesses codes or floods an office with applications."""

from zhuoluo.kit.tries import TooMany, Tries
from zhuoluo.outreach.programmes.models import Attempt

FILINGS = 20  # an hour from one network address: a village hall applies for its people
CODES = 10  # wrong codes an hour
__all__ = ["CODES", "FILINGS", "TooMany", "count_try", "forget_tries", "sweep"]

_tries = Tries(Attempt, "programmes")
count_try, forget_tries, sweep = _tries.count, _tries.forget, _tries.sweep
