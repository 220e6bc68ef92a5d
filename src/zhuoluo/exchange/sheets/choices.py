"""What each column of a table is for: the choices, how they are saved, and how they fit another table."""

import hashlib
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhuoluo.exchange.sheets.fields import BY_KEY, FIELDS, plain_name
from zhuoluo.exchange.sheets.problems import LABELS, Reason, reason
from zhuoluo.exchange.sheets.tablerows import Column

EXTRA, IGNORE = "", "-"  # targets of a column that is no field: kept aside, or left out
OUR_COLUMNS = frozenset(
    text for key in ("result", "reason") for text in LABELS[key]
)  # written by returned copies


@dataclass(frozen=True, slots=True)
class Choice:
    """What one column is for: a field's key, `EXTRA` or `IGNORE`; with how sure the guess is, 0 to 1."""

    letter: str
    label: str
    target: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Mapping:
    """The choices for all columns of a table, in their order."""

    choices: tuple[Choice, ...]
    signature: str

    def target(self, letter: str) -> str:
        """What a column is for."""
        return next((choice.target for choice in self.choices if choice.letter == letter), EXTRA)

    def with_choice(self, letter: str, target: str) -> "Mapping":
        """The same mapping with another use of one column; a field given to another column moves here.

        Raises KeyError for an unknown field.
        """
        if target not in (EXTRA, IGNORE):
            _ = BY_KEY[target]
        changed = []
        for choice in self.choices:
            if choice.letter == letter:
                changed.append(replace(choice, target=target, confidence=1.0))
            elif choice.target == target and target not in (EXTRA, IGNORE):
                changed.append(replace(choice, target=EXTRA, confidence=1.0))
            else:
                changed.append(choice)
        return replace(self, choices=tuple(changed))

    def faults(self) -> tuple[Reason, ...]:
        """What keeps the mapping from being used: no column for title or details, or a field given twice."""
        targets = [choice.target for choice in self.choices]
        found = []
        if not any(item.needed and item.key in targets for item in FIELDS):
            found.append(reason("map_nothing"))
        for item in FIELDS:
            if targets.count(item.key) > 1:
                letters = "、".join(choice.letter for choice in self.choices if choice.target == item.key)
                found.append(reason("map_twice", field=item.label, columns=letters))
        return tuple(found)

    def fit(self, columns: Sequence[Column]) -> "Mapping":
        """This mapping for another table: by letter and label, else by label; new columns are extra."""
        left = list(self.choices)
        fitted: list[Choice] = []
        for column in columns:
            same = [choice for choice in left if plain_name(choice.label) == plain_name(column.label)]
            found = next(
                (choice for choice in same if choice.letter == column.letter), same[0] if same else None
            )
            if found:
                left.remove(found)
            target, confidence = (found.target, found.confidence) if found else (EXTRA, 0.0)
            fitted.append(Choice(column.letter, column.label, target, confidence))
        return Mapping(tuple(fitted), signature(columns))

    def as_json(self) -> dict[str, object]:
        """Plain values for a JSON column; `from_json` reads them back."""
        columns = [
            {"letter": item.letter, "label": item.label, "target": item.target, "confidence": item.confidence}
            for item in self.choices
        ]
        return {"version": 1, "signature": self.signature, "columns": columns}

    @classmethod
    def from_json(cls, saved: MappingOf[str, object]) -> "Mapping":
        """A mapping from what `as_json` gave. Raises ValueError for anything else."""
        columns, signed = saved.get("columns"), saved.get("signature")
        if saved.get("version") != 1 or not isinstance(columns, list) or not isinstance(signed, str):
            raise ValueError("not a saved mapping")
        return cls(tuple(_choice(item) for item in columns), signed)


def _choice(item: object) -> Choice:
    """One choice from its JSON form."""
    if not isinstance(item, dict):
        raise ValueError("not a saved choice")
    target = str(item["target"])
    if target not in (EXTRA, IGNORE) and target not in BY_KEY:
        raise ValueError(f"unknown field {target}")
    return Choice(str(item["letter"]), str(item["label"]), target, float(item.get("confidence", 1.0)))


def signature(columns: Sequence[Column]) -> str:
    """A short mark of a header, the same for the same labels in any order: finds a saved mapping again."""
    labels = sorted(plain_name(column.label) for column in columns if column.label not in OUR_COLUMNS)
    return hashlib.sha256("\n".join(labels).encode()).hexdigest()[:16]
