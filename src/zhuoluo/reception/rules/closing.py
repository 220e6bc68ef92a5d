"""What a reception day still lacks before it can be closed: each request an answer or an owner."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """A request as the closing looks at it. `owner`: a unit answers for it."""

    batch: int
    request: int
    decision: str
    said: str
    owner: bool


def missing(requests: Iterable[Standing]) -> list[tuple[int, int, str]]:
    """Return batch, request and what is missing there: "decision", "words" of an answer, or an "owner"."""
    found = []
    for row in requests:
        if not row.decision:
            found.append((row.batch, row.request, "decision"))
        elif row.decision in {"answered", "mediated"} and not row.said.strip():
            found.append((row.batch, row.request, "words"))
        elif row.decision in {"assigned", "joint"} and not row.owner:
            found.append((row.batch, row.request, "owner"))
    return found
