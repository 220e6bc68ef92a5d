"""The figures, each defined once: name, words, numerator, denominator, cut-off, source. Page, export and docs read this.

And the pure part of counting: what one matter contributes to the sums.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from zhuoluo.clock import Calendar, Term, local_day, reckon

UNDONE = "undone:"  # what ceased to hold, on the day it ceased; as-of counts take it away
TENTHS_A_DAY = 10
SECONDS_A_TENTH = 8640


@dataclass(frozen=True)
class Figure:
    """One figure. `top` and `bottom` are the kinds summed; a plain count has no bottom."""

    key: str
    name: str
    name_en: str
    words: str
    words_en: str
    top: tuple[str, ...]
    bottom: tuple[str, ...] = ()
    source: str = ""
    rows: str = ""  # what the number opens to: "milestone", "commitment", "word", "rule"


FIGURES: tuple[Figure, ...] = (
    Figure("registered", "登记", "Registered", "截至当日登记的事项（不含检举控告）",
           "Matters registered by the cut-off (accusations apart)", ("registered",), source="milestones", rows="milestone"),
    Figure("routed", "转交", "Routed", "转送或者交办给承办单位的事项", "Matters forwarded or assigned",
           ("routed",), source="milestones", rows="milestone"),
    Figure("accepted", "受理", "Accepted", "有权单位受理的事项", "Matters accepted by a competent unit",
           ("accepted",), source="milestones", rows="milestone"),
    Figure("answered", "答复", "Answered", "已出具答复的事项；答复不等于解决", "Matters with an issued answer; answered is not solved",
           ("answered",), source="信访工作条例 第32条", rows="milestone"),
    Figure("served", "送达（办结）", "Served", "答复已送达；办结不等于解决", "Answers served; this is what 办结 means",
           ("served",), source="信访工作条例 第31条、第35条", rows="milestone"),
    Figure("executed", "落实", "Executed", "支持性意见已落实执行", "Supporting answers carried out",
           ("executed",), source="信访工作条例 第32条、第40条", rows="milestone"),
    Figure("resolved", "化解", "Resolved", "由承办人以外的人依据证据认定化解",
           "Certified as resolved by a second person on stated evidence",
           ("resolved",), source="milestones", rows="milestone"),
    Figure("disputed", "诉求人表示没有解决", "Disputed", "诉求人本人表示没有解决", "The raiser says it is not solved",
           ("disputed",), source="milestones", rows="milestone"),
    Figure("reopened", "重新办理", "Reopened", "答复后又重新办理的事项", "Matters reopened after an answer",
           ("reopened",), source="milestones", rows="milestone"),
    Figure("withdrawn", "撤回", "Withdrawn", "诉求人撤回的事项", "Withdrawn by the raiser", ("withdrawn",), rows="milestone"),
    Figure("declined", "不予受理", "Declined", "依法定理由不予受理", "Declined on a lawful ground",
           ("declined",), source="信访工作条例 第19条、第36条", rows="milestone"),
    Figure("redirected", "告知途径", "Redirected", "告知依法应走的途径", "Told the lawful way to go",
           ("redirected",), source="信访工作条例 第23条、第31条", rows="milestone"),
    Figure("merged", "并入", "Merged", "并入更早的同一事项", "Merged into an earlier matter", ("merged",), rows="milestone"),
    Figure("partly", "阶段办结", "Partly done", "办成一个阶段、定了下一步日期的事项；不算办结，也不算化解",
           "Matters with a stage done and the next day set; neither answered nor resolved", ("partly",), source="milestones",
           rows="milestone"),
    Figure("settled", "达成协议", "Settled", "签订调解、和解或者息访协议的事项；签字不等于化解",
           "Matters with a signed settlement; a signature is not a resolution", ("settled",), source="信访工作条例 第33条",
           rows="milestone"),
    Figure("performed", "协议履行完毕", "Settlements performed", "达成协议的事项中，单位一方已全部履行的",
           "Of the matters with a settlement, those where the unit did all it promised", ("performed",), ("settled",),
           "履行 ÷ 达成协议", "milestone"),
    Figure("review_asked", "申请复查", "Reviews asked for", "对答复申请复查的事项", "Matters whose answer was brought to review",
           ("review_asked",), source="信访工作条例 第35条", rows="milestone"),
    Figure("second_asked", "申请复核", "Second reviews asked for", "对复查意见申请复核的事项",
           "Matters whose review was brought to a second one", ("second_asked",), source="信访工作条例 第36条", rows="milestone"),
    Figure("annulled", "复查撤销重办", "Annulled on review", "申请复查的事项中，被撤销责令重新办理的",
           "Of the matters brought to review, those whose answer was annulled", ("annulled",), ("review_asked",),
           "撤销 ÷ 申请复查", "milestone"),
    Figure("final", "终结", "Final", "依法终结的事项；终结不等于化解，帮扶继续", "Final by law; final is not resolved, and help goes on",
           ("final",), source="信访工作条例 第35条至第37条", rows="milestone"),
    Figure("reviewed_on_time", "按期复查率", "Reviewed on time", "期限已到的复查复核中，按期作出意见的比例；上级机关作出的不计入",
           "Of the reviews due here by the cut-off, those decided in time", ("kept:review",), ("due:review",),
           "信访工作条例 第35条、第36条", "commitment"),
    Figure("on_time", "按期答复率", "Answered on time", "期限已到的事项中，按期答复的比例；未到期的不计入",
           "Of the answers due by the cut-off, those given in time", ("kept:answer",), ("due:answer",),
           "按期 ÷ 应办结（截至当日到期）", "commitment"),
    Figure("accepted_on_time", "按期受理告知率", "Acceptance told on time", "期限已到的受理告知中，按期告知的比例",
           "Of the acceptance notices due by the cut-off, those given in time", ("kept:accept",), ("due:accept",),
           "信访工作条例 第23条", "commitment"),
    Figure("routed_on_time", "按期转交率", "Routed on time", "期限已到的登记转交中，按期转交的比例",
           "Of the routings due by the cut-off, those done in time", ("kept:route",), ("due:route",),
           "信访工作条例 第22条", "commitment"),
    Figure("rated", "已评价", "Rated", "送达后由诉求人评价的事项", "Served matters that the raiser rated",
           ("word:satisfied", "word:fairly", "word:dissatisfied"), ("served",), "参评 ÷ 可评（已送达）", "word"),
    Figure("satisfied", "满意率", "Satisfied of those rated", "评价的事项中，满意的比例；基本满意另列",
           "Of those rated, satisfied; fairly satisfied is counted apart", ("word:satisfied",),
           ("word:satisfied", "word:fairly", "word:dissatisfied"), "满意 ÷ 已评价", "word"),
    Figure("fairly", "基本满意率", "Fairly satisfied of those rated", "评价的事项中，基本满意的比例",
           "Of those rated, fairly satisfied", ("word:fairly",),
           ("word:satisfied", "word:fairly", "word:dissatisfied"), "基本满意 ÷ 已评价", "word"),
    Figure("dissatisfied", "不满意率", "Dissatisfied of those rated", "评价的事项中，不满意的比例",
           "Of those rated, dissatisfied", ("word:dissatisfied",),
           ("word:satisfied", "word:fairly", "word:dissatisfied"), "不满意 ÷ 已评价", "word"),
    Figure("not_rated", "联系上未评价", "Reached, not rated", "联系上但没有评价", "Reached but gave no rating",
           ("word:not_rated",), rows="word"),
    Figure("not_reached", "未联系上", "Not reached", "三次回访未联系上；不算满意，也不算不满意",
           "Three call-backs reached nobody; neither satisfied nor dissatisfied", ("word:not_reached",), rows="word"),
)  # fmt: skip
BY_KEY: dict[str, Figure] = {figure.key: figure for figure in FIGURES}


@dataclass(frozen=True)
class Known:
    """What is known of a matter, as plain values; the counting needs nothing else."""

    klass: str
    area: str  # the town's 12-digit code, or ''
    unit: UUID | None
    registered_at: datetime
    milestones: Sequence[tuple[str, datetime, datetime | None]] = ()  # kind, at, undone at
    promises: Sequence[tuple[str, datetime, datetime | None]] = ()  # kind, due, closed; only those that count
    words: Sequence[tuple[str, datetime, datetime | None]] = ()  # satisfaction, at, superseded at
    sealed: bool = False


def net(totals: Mapping[str, int]) -> dict[str, int]:
    """Return what stands: facts reached less facts undone. Kinds that sum to nothing are left out."""
    standing = {
        kind: total - totals.get(f"{UNDONE}{kind}", 0)
        for kind, total in totals.items()
        if not kind.startswith(UNDONE)
    }
    return {kind: total for kind, total in standing.items() if total}


Key = tuple[str, int, int, int]  # kind, day, value, count


@dataclass(frozen=True)
class Parts:
    """What one matter contributes, along each dimension."""

    klass: str
    area: str
    unit: str
    keys: tuple[Key, ...] = field(default=())

    def as_json(self) -> dict[str, object]:
        """Return the stored form."""
        return {
            "klass": self.klass,
            "area": self.area,
            "unit": self.unit,
            "keys": [list(k) for k in self.keys],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> "Parts":
        """Return what `as_json` stored."""
        keys = tuple((str(k), int(d), int(v), int(n)) for k, d, v, n in data["keys"])  # type: ignore[attr-defined]  # our own JSON
        return cls(str(data["klass"]), str(data["area"]), str(data["unit"]), keys)


def month_of(day: int) -> int:
    """Return the running number of the month of a day (year * 12 + month - 1)."""
    found = date.fromordinal(day)
    return found.year * 12 + found.month - 1


def parts(known: Known, terms: Iterable[Term], calendar: Calendar) -> Parts:
    """Return what a matter contributes: facts, dues and kept dues, words, time to answer, each rule's verdict.

    What turned out to be an accusation contributes nothing, as of any day (信访工作条例 art. 30).
    """
    unit = str(known.unit or "")
    if known.sealed:
        return Parts(known.klass, known.area, unit)
    keys: list[Key] = []
    for kind, at, undone in known.milestones:
        keys += _fact(kind, at, undone)
    for kind, due, closed in known.promises:
        day = _last_day(due)
        keys.append((f"due:{kind}", day, 0, 1))
        if closed is not None and closed < due:
            keys.append((f"kept:{kind}", day, 0, 1))
    for satisfaction, at, superseded in known.words:
        keys += _fact(f"word:{satisfaction}", at, superseded)
    keys += _elapsed(known)
    keys += _measured(known, terms, calendar)
    return Parts(known.klass, known.area, unit, tuple(keys))


def _day(at: datetime) -> int:
    return local_day(at).toordinal()


def _last_day(due: datetime) -> int:
    """The day on whose end a date falls due: `due` is exclusive, so 24:00 belongs to the day before it."""
    return _day(due.replace(microsecond=0)) - (1 if _midnight(due) else 0)


def _midnight(due: datetime) -> bool:
    return due.hour == 16 and due.minute == 0 and due.second == 0  # 24:00 in Shanghai is 16:00 UTC


def _fact(kind: str, at: datetime, undone: datetime | None) -> list[Key]:
    keys: list[Key] = [(kind, _day(at), 0, 1)]
    if undone is not None:
        keys.append((f"{UNDONE}{kind}", _day(undone), 0, 1))
    return keys


def answered_at(known: Known) -> datetime | None:
    """Return when the answer that stands now was issued."""
    return next((at for kind, at, undone in known.milestones if kind == "answered" and undone is None), None)


def elapsed_tenths(registered: datetime, answered: datetime) -> int:
    """Return the time from registration to the answer in tenths of a day, rounded down."""
    return int((answered - registered).total_seconds() // SECONDS_A_TENTH)


def _elapsed(known: Known) -> list[Key]:
    answered = answered_at(known)
    if answered is None:
        return []
    return [("elapsed", _day(answered), elapsed_tenths(known.registered_at, answered), 1)]


def rule_start(known: Known, term: Term) -> datetime:
    """Return the act a rule counts from: acceptance where the rule says so and it is known, else registration."""
    if term.starts == "accepted":
        accepted = next(
            (at for kind, at, undone in known.milestones if kind == "accepted" and undone is None), None
        )
        return accepted or known.registered_at
    return known.registered_at


def _measured(known: Known, terms: Iterable[Term], calendar: Calendar) -> list[Key]:
    """A matter that ended without an answer being owed (withdrawn, merged, redirected …) is measured by no rule."""
    answered = answered_at(known)
    gone = {"withdrawn", "merged", "declined", "redirected"}
    if answered is None and any(kind in gone and undone is None for kind, _, undone in known.milestones):
        return []
    keys: list[Key] = []
    for term in terms:
        due = reckon(term, rule_start(known, term), calendar).legal
        day = _last_day(due)
        keys.append((f"rule_due:{term.id}", day, 0, 1))
        if answered is not None and answered < due:
            keys.append((f"rule_kept:{term.id}", day, 0, 1))
    return keys


def median(histogram: Mapping[int, int]) -> float | None:
    """Return the median in days of a histogram of tenths, exact to a tenth; None without values."""
    total = sum(histogram.values())
    if total == 0:
        return None
    low, high = (total - 1) // 2, total // 2
    seen, found = 0, []
    for value in sorted(histogram):
        before, seen = seen, seen + histogram[value]
        found += [value for place in (low, high) if before <= place < seen]
    return sum(found[:2]) / 2 / TENTHS_A_DAY


def figures_page() -> str:
    """Return docs/figures.md: every figure with what it counts, over what, and on what ground."""
    lines = [
        "# Figures",
        "",
        "Generated from `zhuoluo.figures.rules`; a test compares. Every figure is taken as of a day, from facts with their",
        "times; accusations are in none of them. A rate without a denominator is shown as a dash, never as 0 or 100 %.",
        "",
        "| key | name | what it says | numerator | denominator | ground |",
        "|---|---|---|---|---|---|",
    ]
    for figure in FIGURES:
        top, bottom = " + ".join(figure.top), " + ".join(figure.bottom) or "–"
        lines.append(
            f"| `{figure.key}` | {figure.name} {figure.name_en} | {figure.words_en} | `{top}` | {bottom} | {figure.source} |"
        )
    lines += [
        "",
        "The time to answer is measured from registration; its median is exact to a tenth of a day. The answers are also",
        "measured by every rule marked so in docs/law.md, over the matters due under that rule by the cut-off.",
        "",
    ]
    return "\n".join(lines)
