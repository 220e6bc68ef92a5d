"""What a search found, read again through `visible`: the index may lag a moment behind, a right never does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhuoluo.matters.reads.lists import Line, by_ids
from zhuoluo.matters.reads.visible import reader_tokens, visible
from zhuoluo.org.rules import Actor
from zhuoluo.search import reads as search


@dataclass(frozen=True)
class Hit:
    """A matter found, with its words, of which the page shows the part around what was asked."""

    line: Line
    text: str


def hits(actor: Actor, ids: Sequence[UUID], *, now: datetime) -> list[Hit]:
    """Return those of the matters found that the actor may read, in the order found; three queries."""
    lines = by_ids(actor, ids, now=now)
    texts = dict(visible(actor).filter(pk__in=[line.id for line in lines]).values_list("id", "text"))
    return [Hit(line, texts[line.id]) for line in lines if line.id in texts]


def by_words(actor: Actor, words: str, *, now: datetime, limit: int = 8) -> list[Line]:
    """Return the newest matters in which all the words stand, for choosing one of them; only the reader's own."""
    readers, hidden_from = reader_tokens(actor)
    found = search.find(words, readers=readers, hidden_from=hidden_from, kind="matter", limit=limit)
    return by_ids(actor, found.ids, now=now)
