"""How much an item of a programme is worth: a fixed sum, a share of a base with a ceiling, or a table by grade."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhuoluo.outreach.programmes.rules.errors import Refused
from zhuoluo.outreach.programmes.rules.money import read_fen, yuan

KINDS = {"fixed": "固定金额", "share": "按比例", "grades": "按等级"}
WHOLE = 10_000  # a share is kept in hundredths of a percent


@dataclass(frozen=True)
class Rule:
    """The rule of one item, as data. Sums in fen; `ceiling` 0 means none; `share` in hundredths of a percent."""

    kind: str
    amount: int = 0
    share: int = 0
    ceiling: int = 0
    grades: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of a reckoning: a sentence and the values in it, so that it can be said in any language."""

    words: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Reckoned:
    """What an item gives, and how."""

    fen: int
    steps: tuple[Step, ...]


def check_rule(rule: Rule) -> None:
    """Raise Refused for a rule that gives nothing or says nothing."""
    if rule.kind not in KINDS:
        raise Refused("请选择金额怎么算")
    if rule.kind == "fixed" and rule.amount <= 0:
        raise Refused("请写固定金额")
    if rule.kind == "share" and not 0 < rule.share <= WHOLE:
        raise Refused("比例要大于 0、不超过 100%")
    if rule.kind == "grades":
        if not rule.grades:
            raise Refused("请至少写一个等级和金额")
        names = [name for name, _sum in rule.grades]
        if len(set(names)) != len(names):
            raise Refused("等级写重复了")
        if any(fen <= 0 for _name, fen in rule.grades):
            raise Refused("每个等级的金额都要大于 0")


def reckon(rule: Rule, *, base: int = 0, grade: str = "") -> Reckoned:
    """Return what a rule gives for a base sum or a grade, with each step. Half a fen is rounded up, said as a step."""
    if rule.kind == "fixed":
        return Reckoned(rule.amount, (Step("固定金额 %(sum)s 元", {"sum": yuan(rule.amount)}),))
    if rule.kind == "grades":
        return _by_grade(rule.grades, grade)
    if base <= 0:
        raise Refused("请写计算的基数（元）")
    exact = base * rule.share
    fen = (exact + WHOLE // 2) // WHOLE
    steps = [
        Step(
            "%(base)s 元 × %(share)s = %(sum)s 元",
            {"base": yuan(base), "share": share_words(rule.share), "sum": yuan(fen)},
        )
    ]
    if exact % WHOLE:
        steps.append(Step("不足一分的四舍五入", {}))
    if rule.ceiling and fen > rule.ceiling:
        fen = rule.ceiling
        steps.append(Step("超过上限，按上限 %(sum)s 元", {"sum": yuan(fen)}))
    if fen == 0:
        raise Refused("按这个基数算出来不足一分钱，请核对基数")
    return Reckoned(fen, tuple(steps))


def _by_grade(grades: Sequence[tuple[str, int]], grade: str) -> Reckoned:
    for name, fen in grades:
        if name == grade:
            return Reckoned(fen, (Step("%(grade)s：%(sum)s 元", {"grade": name, "sum": yuan(fen)}),))
    raise Refused("请选择等级")


def share_words(share: int) -> str:
    """Return a share as people write it: 1250 → 12.5%."""
    whole, rest = divmod(share, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def read_grades(text: str) -> tuple[tuple[str, int], ...]:
    """Return the table typed by hand, one grade a line: name, blank, sum in yuan. Raises Refused naming the line."""
    found = []
    for place, line in enumerate(text.splitlines(), start=1):
        name, _blank, amount = line.replace("\t", " ").replace("\u3000", " ").strip().rpartition(" ")
        if not line.strip():
            continue
        if not name.strip():
            raise Refused("第 %(n)s 行请写成“等级 金额”", n=place)
        found.append((name.strip()[:40], read_fen(amount)))
    return tuple(found)


def write_grades(grades: Sequence[tuple[str, int]]) -> str:
    """Return a table as it is typed."""
    return "\n".join(f"{name} {yuan(fen).replace(',', '')}" for name, fen in grades)
