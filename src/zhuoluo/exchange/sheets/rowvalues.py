"""What a row says under a mapping: cleaned values, the rest kept by label, and every problem by cell."""

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from zhuoluo.exchange.sheets.choices import EXTRA, IGNORE, Choice, Mapping
from zhuoluo.exchange.sheets.fields import BY_KEY, FIELDS, Field, Shape
from zhuoluo.exchange.sheets.headers import Table, TableRow, clean_label
from zhuoluo.exchange.sheets.problems import Problem, Reason, Unreadable, label, reason
from zhuoluo.exchange.sheets.values import (
    Value,
    as_text,
    blank,
    damaged,
    parse_code,
    parse_count,
    parse_id_number,
    parse_phone,
    parse_when,
    placeholder,
    tidy_block,
    tidy_line,
)
from zhuoluo.exchange.sheets.when import SHANGHAI

Cleaned = str | int | date | datetime

_READERS: dict[Shape, Callable[[Value], Cleaned]] = {
    "code": parse_code,
    "line": lambda value: tidy_line(as_text(value)),
    "block": lambda value: tidy_block(as_text(value)),
    "name": clean_label,
    "phone": parse_phone,
    "id_number": parse_id_number,
    "count": parse_count,
}
_MAY_SAY_NOTHING = frozenset(
    {"when", "phone", "id_number", "count", "code"}
)  # 无 or / in such a cell is no value
# A value of these shapes that cannot be read is kept as it stands and pointed out; the row still comes in.
_KEPT_AS_IT_STANDS = frozenset({"phone_unclear", "id_number_unclear", "count_unclear"})
PERSONAL = re.compile(
    "姓名|电话|手机|联系方式|身份证|证件|住址|地址|户籍|银行|账号|卡号|邮箱|微信|QQ|出生|性别|年龄|民族|家庭|来访人|信访人|诉求人|反映人|投诉人",
    re.IGNORECASE,
)
_IN_TIME = ("raised_at", "answered_at", "served_at")


@dataclass(frozen=True, slots=True)
class RowResult:
    """What a row says.

    `values` holds cleaned values by field, `extra` the other columns by label, `extra_personal` those that
    tell of a person (to be kept with identities, never beside the matter). `part_of` names the row that this
    one only continues, its title or details being merged into it; what such a row says of its own is then found
    among the extras of that row.
    """

    number: int
    values: MappingOf[str, Cleaned] = field(default_factory=dict)
    extra: MappingOf[str, str] = field(default_factory=dict)
    extra_personal: MappingOf[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    part_of: int | None = None

    @property
    def ok(self) -> bool:
        """Whether the row may come in as a matter of its own."""
        return self.part_of is None and not any(problem.blocking for problem in self.problems)


def results(mapping: Mapping, table: Table) -> Iterator[RowResult]:
    """One result for each data row of a table, in order; rows that continue another are folded into it.

    The mapping must have been guessed from this table or fitted to it.
    """
    group: list[RowResult] = []
    for row in table.rows:
        result = row_values(mapping, row, date1904=table.sheet.date1904)
        if result.part_of is None and group:
            yield from _folded(group)
            group = []
        group.append(result)
    yield from _folded(group)


def _folded(group: list[RowResult]) -> Iterator[RowResult]:
    """A row and those that continue it; the first takes over what the others say."""
    if not group:
        return
    first, *others = group
    extra, personal = dict(first.extra), dict(first.extra_personal)
    for other in others:
        for kept, words in ((extra, other.extra), (personal, other.extra_personal)):
            kept.update(
                {label("row_part", row=str(other.number), label=name): text for name, text in words.items()}
            )
    yield replace(first, extra=extra, extra_personal=personal)
    yield from others


def row_values(mapping: Mapping, row: TableRow, *, date1904: bool = False) -> RowResult:
    """Clean the values of one row. The choices of the mapping stand in the order of the row's values."""
    if len(mapping.choices) != len(row.values):
        raise ValueError("the mapping was made for another table")
    above = _continued(mapping, row)
    if above is not None:
        return _continuation(mapping, row, above)
    reading = _Reading(row, date1904)
    for position, choice in enumerate(mapping.choices):
        if choice.target != IGNORE:
            reading.cell(position, choice)
    return reading.result(mapping)


def _continued(mapping: Mapping, row: TableRow) -> int | None:
    """The number of the row that this one continues: it has neither title, details nor number of its own."""
    if not row.filled:
        return None
    found = None
    for position, choice in enumerate(mapping.choices):
        if choice.target not in ("title", "text", "external_id") or blank(row.values[position]):
            continue
        if position not in row.filled:
            return None
        if choice.target != "external_id":
            found = row.filled[position]
    return found


def _continuation(mapping: Mapping, row: TableRow, above: int) -> RowResult:
    """The result of a row that only continues another: its own words by label."""
    kept = _Reading(row, date1904=False)
    for position, choice in enumerate(mapping.choices):
        if choice.target != IGNORE and position not in row.filled and not blank(row.values[position]):
            item = BY_KEY.get(choice.target)
            kept.keep(choice, as_text(row.values[position]), personal=bool(item and item.personal))
    return RowResult(row.number, extra=kept.extra, extra_personal=kept.personal, part_of=above)


class _Reading:
    """Reads one row cell by cell."""

    def __init__(self, row: TableRow, date1904: bool) -> None:
        self.row = row
        self.date1904 = date1904
        self.values: dict[str, Cleaned] = {}
        self.extra: dict[str, str] = {}
        self.personal: dict[str, str] = {}
        self.problems: list[Problem] = []
        if row.group:
            self.extra[label("group")] = row.group

    def cell(self, position: int, choice: Choice) -> None:
        """Read one cell for the field or the extras."""
        value = self.row.values[position]
        self.point_out(position, choice, value)
        if blank(value):
            return
        item = BY_KEY.get(choice.target)
        if item is None:
            self.keep(choice, as_text(value).strip())
            if damaged(value):
                self.problem(choice, reason("number_damaged", value=as_text(value)), blocking=False)
            return
        if item.shape in _MAY_SAY_NOTHING and isinstance(value, str) and placeholder(value):
            return
        self.field(item, choice, value)

    def point_out(self, position: int, choice: Choice, value: Value) -> None:
        """Name a cell that could not be had, or that is worth a look."""
        fault = self.row.faults.get(position)
        if fault:
            self.problem(choice, fault, blocking=choice.target != EXTRA)
        caution = self.row.cautions.get(position)
        if caution:
            self.problem(choice, caution, blocking=False)
        if isinstance(value, str) and "\ufffd" in value:
            self.problem(choice, reason("lost_character"), blocking=False)

    def field(self, item: Field, choice: Choice, value: Value) -> None:
        """Read the value of a field; what cannot be read becomes a problem."""
        try:
            cleaned = self.read(item, value)
        except Unreadable as fault:
            kept = fault.reason.code in _KEPT_AS_IT_STANDS or (
                item.personal and fault.reason.code == "too_long"
            )
            self.problem(choice, fault.reason, blocking=not kept)
            if kept:
                self.keep(choice, as_text(value).strip(), personal=item.personal)
            return
        if cleaned != "":
            self.values[item.key] = cleaned

    def read(self, item: Field, value: Value) -> Cleaned:
        """The cleaned value of a field. Raises `Unreadable`."""
        if item.shape == "when":
            return parse_when(value, date1904=self.date1904)
        cleaned = _READERS[item.shape](value)
        if isinstance(cleaned, str) and len(cleaned) > item.longest:
            raise Unreadable(reason("too_long", length=len(cleaned), field=item.label, limit=item.longest))
        return cleaned

    def keep(self, choice: Choice, text: str, *, personal: bool = False) -> None:
        """Keep the words of a column that is no field."""
        kept = self.personal if personal or PERSONAL.search(choice.label) else self.extra
        name = choice.label if choice.label not in kept else f"{choice.label}（{choice.letter}列）"
        kept[name] = text

    def problem(self, choice: Choice, why: Reason, *, blocking: bool = True) -> None:
        """Name a cell and what is wrong with it."""
        self.problems.append(Problem(f"{choice.letter}{self.row.number}", choice.label, why, blocking))

    def result(self, mapping: Mapping) -> RowResult:
        """Check the row as a whole."""
        self.check_needed(mapping)
        self.check_order(mapping)
        return RowResult(self.row.number, self.values, self.extra, self.personal, tuple(self.problems))

    def check_needed(self, mapping: Mapping) -> None:
        """A row must say what was raised, by title or by details."""
        needed = [item.key for item in FIELDS if item.needed]
        if any(key in self.values for key in needed):
            return
        choice = next((choice for choice in mapping.choices if choice.target in needed), mapping.choices[0])
        if not any(
            problem.blocking and problem.cell == f"{choice.letter}{self.row.number}"
            for problem in self.problems
        ):
            self.problem(choice, reason("need_text"))

    def check_order(self, mapping: Mapping) -> None:
        """What was raised is answered later, and served later still."""
        for earlier_key, later_key in (_IN_TIME[:2], _IN_TIME[1:], _IN_TIME[::2]):
            earlier, later = self.values.get(earlier_key), self.values.get(later_key)
            if not isinstance(earlier, date) or not isinstance(later, date) or _before(earlier, later):
                continue
            choice = next(choice for choice in mapping.choices if choice.target == later_key)
            why = reason(
                "answer_before_raised",
                later_label=choice.label,
                later=as_text(later),
                earlier_label=next(
                    choice.label for choice in mapping.choices if choice.target == earlier_key
                ),
                earlier=as_text(earlier),
            )
            self.problem(choice, why)
            return


def _before(earlier: date, later: date) -> bool:
    """Whether two moments are in order; a day without a time counts as the whole day."""
    if isinstance(earlier, datetime) and isinstance(later, datetime):
        return earlier <= later
    return _day(earlier) <= _day(later)


def _day(moment: date) -> date:
    """The day of a moment in Shanghai."""
    return moment.astimezone(SHANGHAI).date() if isinstance(moment, datetime) else moment
