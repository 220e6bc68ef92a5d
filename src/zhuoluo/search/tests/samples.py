"""Documents for tests, and a slow reader that says what ought to be found."""

import random
import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from zhuoluo.search.rules import Document, normal
from zhuoluo.search.rules.words import clean

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
EVERYONE = frozenset({"all"})


def document(number: int, text: str, **given: Any) -> Document:
    """A matter numbered by its minute after MONDAY, for everyone unless told otherwise."""
    values: dict[str, Any] = {"when": MONDAY + timedelta(minutes=number), "readers": EVERYONE} | given
    return Document(id=UUID(int=number + 1), kind="matter", text=text, **values)


def contains(text: str, word: str) -> bool:
    """Say whether `word` stands in `text`, as the index promises: Chinese anywhere, Latin words and numbers whole."""
    wanted = re.escape(clean(normal(word)))
    wanted = re.sub(r"([^0-9a-z])(?=[0-9a-z])", r"\1 ?", wanted)
    wanted = re.sub(r"^(?=[0-9a-z])", "(?<![0-9a-z])", wanted)
    wanted = re.sub(r"(?<=[0-9a-z])$", "(?![0-9a-z])", wanted)
    return re.search(wanted, clean(normal(text))) is not None


def expected(
    documents: Iterable[Document],
    words: Iterable[str],
    readers: Collection[str],
    hidden: Collection[str] = (),
    place: str = "",
) -> list[UUID]:
    """What a search ought to give, by reading everything."""
    found = [
        d
        for d in documents
        if d.readers & set(readers)
        and not d.hidden_from & set(hidden)
        and d.place.startswith(place)
        and all(contains(d.text, word) for word in words)
    ]
    return [d.id for d in sorted(found, key=lambda d: (d.when, d.id), reverse=True)]


def random_text(rng: random.Random) -> str:
    """A short text over so few characters that every run of two or three occurs somewhere."""
    return "".join(rng.choices("路灯不亮小区㛃𠮷噪音A3b7，。 \n", k=rng.randrange(3, 40)))


def random_word(rng: random.Random) -> str:
    return "".join(rng.choices("路灯不亮小区㛃𠮷噪音", k=rng.randrange(2, 5)))
