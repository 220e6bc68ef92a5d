"""Chinese text as an index sees it: bigrams, numbers, marks of who may read. Pure, and the same on both engines."""

from zhuoluo.search.rules.entries import Entry, entry_of, line, pack, unpack, vector
from zhuoluo.search.rules.found import Cursor, Found
from zhuoluo.search.rules.likeness import Weights, choose, learnt, narrowing, score
from zhuoluo.search.rules.marks import Document, Reach, allows, reach
from zhuoluo.search.rules.queries import fts5, rough_fts5, rough_tsquery, tsquery
from zhuoluo.search.rules.question import Question, ask
from zhuoluo.search.rules.words import bigrams, normal, words_of

__all__ = [
    "Cursor", "Document", "Entry", "Found", "Question", "Reach", "Weights", "allows", "ask", "bigrams", "choose",
    "entry_of", "fts5", "learnt", "line", "narrowing", "normal", "pack", "reach", "rough_fts5", "rough_tsquery", "score",
    "tsquery", "unpack", "vector", "words_of",
]  # fmt: skip
