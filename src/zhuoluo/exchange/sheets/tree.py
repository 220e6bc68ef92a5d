"""A classification tree from a sheet: one column a level, from the broadest to the narrowest."""

from collections.abc import Iterator, Mapping

from zhuoluo.exchange.sheets.headers import Table, clean_label
from zhuoluo.exchange.sheets.problems import Refused, reason
from zhuoluo.exchange.sheets.values import as_text

LEVELS, MOST, LONGEST = 6, 99, 60  # columns, categories under one, characters of a name
JOIN = " / "


def tree_codes(table: Table, known: Mapping[str, str]) -> dict[str, str]:
    """Code → name of every category, each under its parent; a path known already keeps its code.

    A cell left empty under another means the same as the one above, as in merged sheets. Raises Refused.
    """
    codes: dict[str, str] = {}
    taken = set(known.values())
    named: dict[str, str] = {}
    for path in _paths(table):
        for depth in range(1, len(path) + 1):
            full = JOIN.join(path[:depth])
            if full not in codes:
                above = codes.get(JOIN.join(path[: depth - 1]), "")
                code = _kept(known.get(full, ""), above, named) or _next(above, taken)
                codes[full] = code
                taken.add(code)
                named[code] = path[depth - 1]
    if not named:
        raise Refused(reason("map_nothing"))
    return dict(sorted(named.items()))


def _paths(table: Table) -> Iterator[tuple[str, ...]]:
    """The names from the root down, of each row."""
    last: tuple[str, ...] = ()
    for row in table.rows:
        names = [clean_label(as_text(value)) for value in row.values[:LEVELS]]
        filled = [place for place, name in enumerate(names) if name]
        if not filled:
            continue
        path = (*last[: filled[0]], *names[filled[0] : filled[-1] + 1])
        if "" in path or len(path) != filled[-1] + 1 or any(len(name) > LONGEST for name in path):
            raise Refused(reason("tree_row", row=row.number))
        last = path
        yield path


def _kept(code: str, above: str, named: Mapping[str, str]) -> str:
    return code if code and code not in named and code[:-2] == above else ""


def _next(above: str, taken: set[str]) -> str:
    for number in range(1, MOST + 1):
        code = f"{above}{number:02d}"
        if code not in taken:
            return code
    raise Refused(reason("tree_full", limit=MOST))
