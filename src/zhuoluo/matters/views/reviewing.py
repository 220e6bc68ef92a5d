"""The way of reviews as the pages show it: answer, review, second review, finality; hearings; who designated, who
stood back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhuoluo.kit.templatetags.kit import due
from zhuoluo.matters.forms.hearing import clock_words
from zhuoluo.matters.models import Hearing, Review
from zhuoluo.matters.reads.case import Case
from zhuoluo.matters.rules import (
    ANSWERS,
    FINAL_GROUNDS,
    REVIEW_LEVELS,
    REVIEW_OUTCOMES,
    REVIEW_REFUSALS,
    SERVICE_METHODS,
    excludes_hearing,
)
from zhuoluo.matters.views.owing import Fact
from zhuoluo.matters.views.shown import language, left
from zhuoluo.org.reads import units


@dataclass(frozen=True)
class Asked:
    """One request for review as it reads. `state`: a word and its tone."""

    word: str
    organ: str
    outside: bool
    state: str
    tone: str
    request: str
    requested_at: datetime
    parts: list[tuple[str, str]]
    decided_at: datetime | None
    served_at: datetime | None
    service: str


@dataclass(frozen=True)
class Heard:
    """One hearing as it reads, and whether its time counts."""

    state: str
    tone: str
    unit: str
    planned: datetime
    place: str
    public: bool
    reason: str
    held_at: datetime | None
    minutes: str
    clock: str


@dataclass(frozen=True)
class Way:
    """The whole section: four steps, the sentence on what can be asked for now with its date, and the requests."""

    steps: list[Fact]
    sentence: str
    until: SafeString
    notes: list[str]
    asked: list[Asked]


def way(case: Case) -> Way | None:
    """Return the way of reviews of a claim that was answered, or None where the law gives none."""
    page = case.page
    answer = page.current_answer
    if case.matter.klass != "claim" or (not page.reviews and (answer is None or answer.served_at is None)):
        return None
    sentence, until, notes = _open_way(case)
    return Way(_steps(case), sentence, until, notes, [_asked(row) for row in reversed(page.reviews)])


def _steps(case: Case) -> list[Fact]:
    answer, final = case.page.current_answer, case.page.reached("final")
    first = Fact(
        _("答复"), answer.served_at if answer else None,
        _(ANSWERS[answer.outcome]) if answer and answer.served_at else _("正在重新办理"),
    )  # fmt: skip
    ground = _ground(case) if final else ""
    return [first, _step(case, 1), _step(case, 2), Fact(_("终结"), final.at if final else None, ground)]


def _step(case: Case, level: int) -> Fact:
    word = _(REVIEW_LEVELS[level])
    answer = case.page.current_answer
    rows = [r for r in case.page.reviews if r.level == level and not (r.refused_at or r.withdrawn_at)]
    row = rows[-1] if rows else None
    if row is None:
        return Fact(word, None, _("没有申请"))
    if row.decided_at is None:
        return Fact(word, None, _("已经受理，正在审查") if row.admitted_at else _("已经申请，等待受理"))
    note = _(REVIEW_OUTCOMES[row.outcome])
    if answer is None or row.answer_id != answer.id:
        note = _("%(outcome)s；针对以前的答复") % {"outcome": note}
    return Fact(
        word, row.served_at, note if row.served_at else _("%(outcome)s，等待送达") % {"outcome": note}
    )


def _ground(case: Case) -> str:
    for told in reversed(case.page.story):
        ground = told.payload.get("ground" if told.verb == "finalize" else "final", "")
        if told.verb in {"finalize", "serve_review"} and ground in FINAL_GROUNDS:
            return _(FINAL_GROUNDS[ground])
    return ""


def _open_way(case: Case) -> tuple[str, SafeString, list[str]]:
    """Say what can be asked for now, of whom and until when; or why nothing can."""
    found, none = case.way, SafeString("")
    if found is None or found.standing.open:
        return "", none, []
    if found.standing.level > 2:
        return _("复核意见已经作出。同一事实和理由不再受理；帮扶、疏导和新的事实不受影响。"), none, []
    level = _(REVIEW_LEVELS[found.standing.level])
    if found.until is None:
        return _("复查意见还没有送达，送达之日起可以申请%(level)s。") % {"level": level}, none, []
    over = case.now >= found.until.legal
    words = (
        _("向%(organ)s申请%(level)s的期限已经届满：")
        if over
        else _("诉求人可以向%(organ)s申请%(level)s，最晚：")
    ) % {"organ": _(found.organ), "level": level}
    date = due(
        found.until.legal_day, words="" if over else left(found.until.legal, case.now),
        provisional=found.until.provisional, reason=found.until.explanation(language()).splitlines(),
    )  # fmt: skip
    notes = []
    if found.until.provisional:
        years = _("、").join(str(year) for year in found.until.missing_years)
        notes.append(
            _("%(years)s 年的放假安排还没有公布，这个日期是暂定的，公布后会重新计算。") % {"years": years}
        )
    return words, date, notes


def _asked(row: Review) -> Asked:
    state, tone = _state(row)
    parts = [(_("查明的事实"), row.facts), (_("意见"), row.opinion), (_("法律法规依据"), row.basis)]
    if row.result:
        parts.insert(0, (_("变更后的处理结果"), _(ANSWERS[row.result])))
    return Asked(
        word=_(REVIEW_LEVELS[row.level]), organ=_(row.outside) if row.outside else _unit(row.unit_id),
        outside=bool(row.outside), state=state, tone=tone, request=row.request, requested_at=row.requested_at,
        parts=[part for part in parts if part[1]], decided_at=row.decided_at, served_at=row.served_at,
        service=_(SERVICE_METHODS[row.service]) if row.service else "",
    )  # fmt: skip


def _state(row: Review) -> tuple[str, str]:
    if row.refused_at:
        return _("不予受理：%(why)s") % {"why": _(REVIEW_REFUSALS[row.refusal][0])}, "warn"
    if row.withdrawn_at:
        return _("申请人撤回"), ""
    if row.decided_at:
        return _(REVIEW_OUTCOMES[row.outcome]), "warn" if row.outcome == "annulled" else "info"
    return (_("已受理"), "info") if row.admitted_at else (_("等待受理"), "warn")


def hearings(case: Case) -> list[Heard]:
    """Return the hearings, the newest first."""
    levels = {row.id: row.level for row in case.page.reviews}
    return [
        _heard(row, levels.get(row.review_id) if row.review_id else None)
        for row in reversed(case.page.hearings)
    ]


def _heard(row: Hearing, level: int | None) -> Heard:
    if row.cancelled_at:
        state, tone = _("已取消"), ""
    else:
        state, tone = (_("已举行"), "good") if row.closed_at else (_("已决定，还没有结束"), "warn")
    return Heard(
        state=state, tone=tone, unit=_unit(row.unit_id), planned=row.planned, place=row.place, public=row.public,
        reason=row.reason, held_at=row.held_at, minutes=row.minutes,
        clock=clock_words(counts=not excludes_hearing(level)),
    )  # fmt: skip


def designations(case: Case) -> list[dict[str, Any]]:
    """Return the disputes brought to the common superior, the newest first."""
    return [
        {"superior": _unit(row.superior_id), "at": row.asked_at, "reason": row.reason, "decided_at": row.decided_at,
         "unit": _unit(row.unit_id), "ruling": row.ruling}
        for row in reversed(case.page.designations)
    ]  # fmt: skip


def recused(case: Case) -> list[dict[str, Any]]:
    """Return who stood back, when and why."""
    return [{"who": row.person.name, "at": row.at, "reason": row.reason} for row in case.page.recusals]


def _unit(unit_id: UUID | None) -> str:
    unit = units().get(unit_id) if unit_id else None
    return unit.short_name if unit else ""
