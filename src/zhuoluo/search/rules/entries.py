"""A document as the index holds it, and the ways it is written down for each engine."""

from dataclasses import dataclass
from uuid import UUID

from zhuoluo.search.rules.marks import Document, marks_of, tick
from zhuoluo.search.rules.words import MOST_TOKENS, Words, normal, words_of

LONGEST_TEXT = (
    20_000  # characters kept of one document: as many as its tokens need, with room for punctuation
)
_PLACES = [str(place) for place in range(1, MOST_TOKENS + 1)]


@dataclass(frozen=True)
class Entry:
    """A document ready to be indexed: its time as a tick, its marks, its text in normal form."""

    id: UUID
    tick: int
    marks: tuple[str, ...]
    text: str

    def words(self) -> Words:
        """Return its tokens."""
        return words_of(self.text)


def entry_of(document: Document) -> Entry:
    """Prepare a document. Raises ValueError for a token or place that is none."""
    text = normal(document.text[:LONGEST_TEXT])[:LONGEST_TEXT]
    return Entry(document.id, tick(document.when), marks_of(document), text)


def pack(entry: Entry) -> str:
    """Return an entry as one string, from which the very same entry can be made again."""
    return f"{entry.tick}\n{' '.join(entry.marks)}\n{entry.text}"


def unpack(entry_id: UUID, packed: str) -> Entry:
    """Return the entry that was packed."""
    when, marks, text = packed.split("\n", 2)
    return Entry(entry_id, int(when), tuple(marks.split()), text)


def line(entry: Entry) -> str:
    """Return an entry's tokens as FTS5 splits them: at blanks. The marks part the text from the numbers beside it."""
    words = entry.words()
    return " ".join((*words.stream, *entry.marks, *words.numbers))


def vector(entry: Entry) -> str:
    """Return an entry's tokens as a tsvector: those of the text with their places, the others without.

    PostgreSQL keeps 255 places of one token and forgets the others.
    """
    words = entry.words()
    places: dict[str, str] = {}
    for place, token in zip(_PLACES, words.stream, strict=False):
        places[token] = f"{places[token]},{place}" if token in places else place
    placed = [f"{token}:{where}" for token, where in places.items()]
    return " ".join([*placed, *entry.marks, *words.numbers])
