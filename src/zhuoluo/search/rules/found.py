"""What a search gives back."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: the next one holds only what stands behind it. str() goes into an address, read() back."""

    tick: int
    id: UUID

    def __str__(self) -> str:
        return f"{self.tick}-{self.id.hex}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Return the cursor written as `text`. Raises ValueError for anything else."""
        tick, _, hexadecimal = text.partition("-")
        if not (tick.isascii() and tick.isdigit() and len(tick) < 18):
            raise ValueError("not a cursor")
        return cls(int(tick), UUID(hexadecimal))


@dataclass(frozen=True)
class Found:
    """One page: ids newest first; `after` opens the next page (None: there is none); `terms` are the words looked for.

    `too_short` are single Chinese characters that were left out of the question; say so on the page.
    """

    ids: tuple[UUID, ...]
    after: Cursor | None
    terms: tuple[str, ...]
    too_short: tuple[str, ...] = ()
