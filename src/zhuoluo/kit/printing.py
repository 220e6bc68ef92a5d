"""Tables on paper: heads and rows of words, at most so many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

MOST_PRINTED = 500


@dataclass(frozen=True)
class Printed:
    """One table of a page to be printed; `more`: there are rows that it leaves out."""

    heads: Sequence[str]
    rows: list[Sequence[object]]
    title: str = ""
    more: bool = False


def printed(heads: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> Printed:
    """Return a table of the first rows, saying so when there are more."""
    found = list(islice(rows, MOST_PRINTED + 1))
    return Printed(heads, found[:MOST_PRINTED], title, len(found) > MOST_PRINTED)
