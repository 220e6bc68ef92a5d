"""Numbers that Word writes by itself: they stand in no text, only in the list a paragraph belongs to."""

from dataclasses import dataclass, field
from typing import Any

from zhuoluo.outreach.policy.rules.numerals import write_numeral

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographTraditional", "chineseLegalSimplified",
}  # fmt: skip
LEVELS = 9


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts (`form`), what is written (第%1条), where it begins."""

    form: str
    text: str
    start: int


@dataclass
class Numbers:
    """The lists of a document and how far each has counted. Ask in the order of the paragraphs."""

    levels: dict[str, dict[int, Level]]  # of each list (numId)
    family: dict[str, str]  # lists of one abstract list count on together
    styles: dict[str, tuple[str, int]]  # a style may put its paragraphs into a list
    counted: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> "Numbers":
        """Return the lists of a document; a document without any numbers nothing."""
        styles = {
            style.get(f"{_W}styleId"): _listed(style) for style in document.styles.element.iter(f"{_W}style")
        }
        known = {name: where for name, where in styles.items() if where is not None}
        parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")]
        if not parts:
            return cls({}, {}, known)
        root = parts[0].element
        shapes = {a.get(f"{_W}abstractNumId"): _levels(a) for a in root.iter(f"{_W}abstractNum")}
        family = {n.get(f"{_W}numId"): _value(n.find(f"{_W}abstractNumId")) for n in root.iter(f"{_W}num")}
        levels = {num: {**shapes.get(shape, {}), **_overrides(root, num)} for num, shape in family.items()}
        return cls(levels, family, known)

    def before(self, paragraph: Any) -> str:
        """Return what Word writes before a paragraph, and count it; nothing for one in no list."""
        listed = _listed(paragraph)
        if listed is None:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            listed = self.styles.get(_value(style)) if style is not None else None
        if listed is None or listed[0] not in self.levels:
            return ""
        number, depth = listed
        level = self.levels[number].get(depth)
        if level is None or level.form in {"bullet", "none"}:
            return ""
        family = self.family[number]
        self.counted[family, depth] = self.counted.get((family, depth), level.start - 1) + 1
        for deeper in range(depth + 1, LEVELS):
            self.counted.pop((family, deeper), None)
        text = level.text
        for one in range(depth + 1):
            text = text.replace(f"%{one + 1}", self._written(number, one))
        return f"{text} "

    def _written(self, number: str, depth: int) -> str:
        level = self.levels[number].get(depth)
        if level is None:
            return ""
        count = self.counted.get((self.family[number], depth), level.start)
        return write_numeral(count) if level.form in CHINESE and 0 < count < 10_000 else str(count)


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{_W}val") or "")


def _listed(element: Any) -> tuple[str, int] | None:
    """Return the list and level that a paragraph or style names itself."""
    found = element.find(f"{_W}pPr/{_W}numPr")
    if found is None:
        return None
    number, depth = _value(found.find(f"{_W}numId")), _value(found.find(f"{_W}ilvl"))
    return (number, int(depth) if depth.isdecimal() else 0) if number else None


def _levels(abstract: Any) -> dict[int, Level]:
    return {int(lvl.get(f"{_W}ilvl")): _level(lvl) for lvl in abstract.iter(f"{_W}lvl")}


def _level(lvl: Any) -> Level:
    start = _value(lvl.find(f"{_W}start"))
    return Level(
        _value(lvl.find(f"{_W}numFmt")) or "decimal", _value(lvl.find(f"{_W}lvlText")), int(start) if start.isdecimal() else 1
    )  # fmt: skip


def _overrides(root: Any, number: str) -> dict[int, Level]:
    """Return the levels that one list writes otherwise than its abstract list."""
    found = {}
    for num in root.iter(f"{_W}num"):
        if num.get(f"{_W}numId") == number:
            for over in num.iter(f"{_W}lvlOverride"):
                lvl = over.find(f"{_W}lvl")
                if lvl is not None:
                    found[int(over.get(f"{_W}ilvl"))] = _level(lvl)
    return found
