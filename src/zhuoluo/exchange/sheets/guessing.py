"""Guesses what each column is for, from the names in the header and the look of the values."""

import re
from collections.abc import Callable, Sequence

from zhuoluo.exchange.sheets.choices import EXTRA, IGNORE, OUR_COLUMNS, Choice, Mapping, signature
from zhuoluo.exchange.sheets.fields import FIELDS, KNOWN, OTHER_NAMES, Field, Shape, plain_name
from zhuoluo.exchange.sheets.problems import Unreadable
from zhuoluo.exchange.sheets.tablerows import Column, TableRow
from zhuoluo.exchange.sheets.values import (
    Value,
    as_text,
    blank,
    parse_count,
    parse_id_number,
    parse_phone,
    parse_when,
    placeholder,
)

_ACCEPTED = 0.45  # a guess below this stays a suggestion nobody makes
_ANSWERED = re.compile("答复|回复|办理|办结|处理|处置|化解|结果")
_SERVED = re.compile("送达|签收|告知|反馈")
_GENERIC_TIME = frozenset({"时间", "日期"})
_READERS: dict[Shape, Callable[[Value], object]] = {
    "when": parse_when,
    "phone": parse_phone,
    "id_number": parse_id_number,
    "count": parse_count,
}


def guess(columns: Sequence[Column], sample_rows: Sequence[TableRow]) -> Mapping:
    """The likeliest use of each column from its labels and first values; each field is given once at most."""
    offers = []
    for position, column in enumerate(columns):
        values = [row.values[position] for row in sample_rows[:50] if not blank(row.values[position])]
        for item in FIELDS:
            score = _score(column, item, values)
            if score >= _ACCEPTED:
                offers.append((score, -FIELDS.index(item), -position, item.key))
    chosen: dict[int, tuple[str, float]] = {}
    for score, _, position, key in sorted(offers, reverse=True):
        if -position not in chosen and key not in {taken for taken, _ in chosen.values()}:
            chosen[-position] = (key, round(score, 2))
    choices = []
    for position, column in enumerate(columns):
        ours = IGNORE if column.label in OUR_COLUMNS else EXTRA
        target, confidence = chosen.get(position, (ours, 0.0))
        choices.append(Choice(column.letter, column.label, target, confidence))
    return Mapping(tuple(choices), signature(columns))


def _score(column: Column, item: Field, values: Sequence[Value]) -> float:
    """How likely a column is this field, 0 to 1."""
    if column.label in OUR_COLUMNS:
        return 0.0
    fit = _fit(item.shape, values)
    if not column.header_path:
        return _headless(item, values, fit)
    named = _named(column.header_path, item)
    if values and item.shape in ("when", "phone", "id_number", "count"):
        return named * (0.4 + 0.6 * fit)
    return named * (0.7 + 0.3 * fit) if values else named


def _named(path: tuple[str, ...], item: Field) -> float:
    """How well the labels name the field."""
    leaf = plain_name(path[-1])
    above = plain_name("".join(path[:-1]))
    key = KNOWN.get(leaf)
    if leaf in _GENERIC_TIME and above:
        key = (
            "served_at"
            if _SERVED.search(above)
            else "answered_at"
            if _ANSWERED.search(above)
            else "raised_at"
        )
        return 0.95 if key == item.key else 0.0
    if key == item.key:
        names = [plain_name(name) for name in item.names]
        return 0.99 - 0.1 * names.index(leaf) / len(names) + (0.005 if above else 0.0)
    if KNOWN.get(above + leaf) == item.key:
        return 0.9
    if key:
        return 0.0
    if any(leaf.endswith(name) for name in OTHER_NAMES):
        return 0.0
    endings = [name for name in map(plain_name, item.names) if len(name) >= 2 and leaf.endswith(name)]
    return 0.5 + 0.3 * max(map(len, endings)) / len(leaf) if endings else 0.0


def _fit(shape: Shape, values: Sequence[Value]) -> float:
    """The share of the values that have the shape of the field."""
    if not values:
        return 0.0
    if shape in ("line", "block", "name", "code"):
        limit = {"line": 200, "block": 100_000, "name": 40, "code": 40}[shape]
        return sum(len(as_text(value)) <= limit for value in values) / len(values)
    seen = [value for value in values if not placeholder(as_text(value))]
    return sum(_readable(shape, value) for value in seen) / len(seen) if seen else 0.5


def _readable(shape: Shape, value: Value) -> bool:
    """Whether a value can be read as a date, phone, identity number or count."""
    try:
        _READERS[shape](value)
    except Unreadable as fault:  # a wrong date still is a date
        return shape == "when" and fault.reason.code in {"when_impossible", "when_no_year", "when_short_year"}
    return True


def _headless(item: Field, values: Sequence[Value], fit: float) -> float:
    """How likely a column without a header is this field, by its values alone."""
    if not values:
        return 0.0
    if item.key == "id_number":
        return 0.7 * fit
    if item.key == "phone":
        mobiles = sum(bool(re.match(r"(?:\+?86)?1[3-9]\d{9}", as_text(value))) for value in values)
        return 0.65 * mobiles / len(values)
    if item.key == "raised_at":
        return 0.6 * sum(_dated(value) for value in values) / len(values)
    if item.key == "text":
        lengths = sum(len(as_text(value)) for value in values) / len(values)
        return 0.5 + min(0.05, lengths / 10_000) if lengths >= 20 else 0.0
    return 0.0


def _dated(value: Value) -> bool:
    """Whether a value is a date beyond doubt: no bare number."""
    return not isinstance(value, int | float) and not as_text(value).isdigit() and _readable("when", value)
