"""`zhuoluo law`: every term with its article and the known calendar years, as they apply here."""

from argparse import Namespace

from django.db import Error as DatabaseError

from zhuoluo.clock import Calendar, Rulebook
from zhuoluo.clock.law import law_page
from zhuoluo.org.reads import Law, law


def run(options: Namespace) -> int:
    """Print the law of this site; the shipped one before there is a database."""
    try:
        here = law()
    except DatabaseError:
        here = Law(Calendar.shipped(), Rulebook.shipped())
    print(law_page(here.rulebook, here.calendar))
    return 0
