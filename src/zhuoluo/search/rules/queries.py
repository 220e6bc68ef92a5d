"""A question as each engine wants it asked. Tokens hold letters, digits and marks only, so quoting them is safe."""

from collections.abc import Sequence

from zhuoluo.search.rules.marks import Reach

Phrases = Sequence[Sequence[str]]


def fts5(phrases: Phrases, reach: Reach) -> str:
    """Return an FTS5 expression: every phrase, one of the readers, all of the place, none of the hidden."""
    parts = [f'"{" ".join(phrase)}"' for phrase in phrases]
    parts += [f'"{mark}"' for mark in reach.within]
    parts.append("(" + " OR ".join(f'"{mark}"' for mark in reach.readers) + ")")
    wanted = " AND ".join(parts)
    hidden = " OR ".join(f'"{mark}"' for mark in reach.hidden)
    return f"({wanted}) NOT ({hidden})" if hidden else wanted


def tsquery(phrases: Phrases, reach: Reach, *, in_a_row: bool) -> str:
    """Return the same as a tsquery; without `in_a_row` a phrase's tokens may stand anywhere.

    The index alone answers the loose form; whether tokens stand in a row has to be looked up in each document.
    """
    parts = [(" <-> " if in_a_row else " & ").join(f"'{token}'" for token in phrase) for phrase in phrases]
    parts = [f"({part})" for part in parts]
    parts += [f"'{mark}'" for mark in reach.within]
    parts.append("(" + " | ".join(f"'{mark}'" for mark in reach.readers) + ")")
    parts += [f"!'{mark}'" for mark in reach.hidden]
    return " & ".join(parts)


def rough_fts5(term: str, marks: Sequence[Sequence[str]]) -> str:
    """Return an FTS5 expression for a term with one mark of each group. Who may read is checked by the caller."""
    groups = ["(" + " OR ".join(f'"{mark}"' for mark in group) + ")" for group in marks]
    return " AND ".join([f'"{term}"', *groups])


def rough_tsquery(term: str, marks: Sequence[Sequence[str]]) -> str:
    """Return the same as a tsquery."""
    groups = ["(" + " | ".join(f"'{mark}'" for mark in group) + ")" for group in marks]
    return " & ".join([f"'{term}'", *groups])
