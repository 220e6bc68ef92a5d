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
