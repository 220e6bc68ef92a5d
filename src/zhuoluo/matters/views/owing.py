"""What is owed now, by whom, until when and why; and the five facts, each for itself."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhuoluo.clock import Due
from zhuoluo.kit.templatetags.kit import due, light
from zhuoluo.matters.models import Answer
from zhuoluo.matters.reads.case import Case
from zhuoluo.matters.reads.page import Promise
from zhuoluo.matters.rules import ANSWERS, MILESTONES, SATISFACTION, SERVICE_METHODS, SOLVED
from zhuoluo.matters.views.shown import lamp, language, last_day, left
from zhuoluo.org.reads import SHANGHAI, units


@dataclass(frozen=True)
class Owing:
    """One duty as shown: who owes what to whom, the date with its reason, the light."""

    word: str
    who: str
    to: str
    due: SafeString
    light: SafeString
    tone: str
    notes: list[str]
    mine: bool


@dataclass(frozen=True)
class Fact:
    """One of the five facts: when it came to be (None: not so), and what is to be said about it."""

    word: str
    at: datetime | None
    note: str


def owing(case: Case) -> list[Owing]:
    """Return what is owed now, soonest first."""
    return [_owing(promise, case) for promise in case.page.open]


def _owing(promise: Promise, case: Case) -> Owing:
    row = promise.row
    reckoned = Due.from_json(row.reckoning)
    asked = row.kind == "supplement"  # the raiser was asked for something: no light, nobody is late
    shown = lamp(promise.light)
    date = due(
        last_day(row.due), words="" if asked else _left(row.due, case.now), provisional=row.provisional,
        reason=reckoned.explanation(language()).splitlines(), tone="" if asked else shown.key,
    )  # fmt: skip
    to = units().get(row.owed_to_id) if row.owed_to_id else None
    return Owing(
        word=_(promise.word),
        who=" ".join(
            word for word in (promise.unit or _("诉求人"), row.person.name if row.person else "") if word
        ),
        to="" if asked else to.short_name if to else _("诉求人"),
        due=date,
        light=SafeString("") if asked else light(shown),
        tone="plain" if asked else shown.key,
        notes=_notes(row.target, row.due, reckoned),
        mine=row.unit_id in case.actor.units,
    )


def _left(end: datetime, now: datetime) -> str:
    """The days left; a term in hours ends within the day, so its hour is said too."""
    local = end.astimezone(SHANGHAI)
    words = left(end, now)
    return (
        words
        if local.time() == time.min
        else _("%(time)s 前，%(left)s") % {"time": f"{local:%H:%M}", "left": words}
    )


def _notes(target: datetime, legal: datetime, reckoned: Due) -> list[str]:
    notes = []
    if target != legal:
        day = date_format(last_day(target), _("Y年n月j日"))
        notes.append(_("目标日期是 %(day)s；遇休息日，法定期限顺延到上面这天。") % {"day": day})
    if reckoned.provisional:
        years = _("、").join(str(year) for year in reckoned.missing_years)
        notes.append(
            _("%(years)s 年的放假安排还没有公布，这个日期是暂定的，公布后会重新计算。") % {"years": years}
        )
    return notes


def facts(case: Case) -> list[Fact]:
    """Return answered, served, executed, resolved and rated: five facts, none implying another."""
    answer = case.page.current_answer
    notes = {
        "answered": _(ANSWERS[answer.outcome]) if answer else "",
        "served": _(SERVICE_METHODS[answer.service]) if answer and answer.service else "",
        "executed": _execution(case, answer),
        "rated": _word(case),
    }
    return [
        _fact(case, kind, notes.get(kind, ""))
        for kind in ("answered", "served", "executed", "resolved", "rated")
    ]


def _fact(case: Case, kind: str, note: str) -> Fact:
    row = case.page.reached(kind)
    before = [m for m in case.page.milestones if m.kind == kind and m.undone_at is not None]
    if row is None and before and not note:
        day = date_format(before[-1].at.astimezone(SHANGHAI), _("n月j日"))
        note = _("%(day)s 有过，现在不算数") % {"day": day}
    return Fact(_(MILESTONES[kind]), row.at if row else None, note)


def _execution(case: Case, answer: Answer | None) -> str:
    owed = case.owed("execute")
    if owed is not None:
        return _("应在 %(day)s 前") % {"day": date_format(last_day(owed.due), _("n月j日"))}
    if answer is not None and answer.outcome != "supported" and not case.page.reached("executed"):
        return _("不需要")
    return ""


def _word(case: Case) -> str:
    word = case.page.word
    if word is None:
        return ""
    solved = _(SOLVED[word.solved]) if word.solved else ""
    return _("，").join(part for part in (solved, _(SATISFACTION[word.satisfaction])) if part)
