"""The raiser's page in plain words: where it stands, who owes what by when and why, the answer, the story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoluo.clock import Due, Light, local_day
from zhuoluo.matters import reads as matters
from zhuoluo.matters.reads import Followed, Promise, verbs_for
from zhuoluo.matters.rules import ANSWERS, SATISFACTION, SOLVED
from zhuoluo.matters.states import Stage, Verb
from zhuoluo.org.reads import Law, units
from zhuoluo.org.rules import SYSTEM
from zhuoluo.portal.reads.front import english
from zhuoluo.portal.reads.reviewing import Path, organ_name, path_of
from zhuoluo.portal.reads.story import Line, line

JOINED = "\u2060"  # a word joiner: no line ends here
LIGHTS = {Light.GREEN: "green", Light.YELLOW: "amber", Light.RED: "red"}


@dataclass(frozen=True)
class Lamp:
    """A light as the components draw it."""

    key: str
    word: str


@dataclass(frozen=True)
class Duty:
    """Who owes what by when, in words, and the printed reason of the date."""

    kind: str
    sentence: str
    unit: str
    day: date  # the last day
    day_words: str
    left: str
    lamp: Lamp
    reason: str
    provisional: bool
    yours: bool  # owed by the raiser


@dataclass(frozen=True)
class AnswerShown:
    """A served answer in full."""

    outcome: str
    unit: str
    request: str
    facts: str
    opinion: str
    basis: str
    served_at: datetime
    replaced: bool


@dataclass(frozen=True)
class Extended:
    """The one extension, with the reason the raiser is told (信访工作条例 art. 34)."""

    days: int
    reason: str
    at: datetime


@dataclass(frozen=True)
class Paper:
    """A file the raiser may open."""

    id: UUID
    caption: str
    mine: bool


@dataclass(frozen=True)
class Earlier:
    """The matter this one was merged into, as far as its own raiser's privacy allows."""

    number: str
    headline: str
    duties: list[Duty]
    answer: AnswerShown | None


@dataclass(frozen=True)
class Standing:
    """The whole page."""

    number: str
    stage: str
    headline: str
    title: str
    text: str
    klass: str
    raised_at: datetime
    duties: list[Duty]
    question: str
    reason: str  # why it was not taken, or where to go instead
    answers: list[AnswerShown]  # the one that stands first
    path: Path  # reviews, hearings, what can be asked for
    extension: Extended | None
    lines: list[Line]
    papers: list[Paper]
    own_word: str
    can: frozenset[str]
    earlier: Earlier | None


def load(matter_id: UUID, generation: int | None = None) -> Any:
    """Return the matter a session or receipt has opened, or None when its code was changed meanwhile."""
    matter = matters.by_id(SYSTEM, matter_id)
    return matter if generation is None or matter.code_generation == generation else None


def standing(matter: Any, *, now: datetime, law: Law) -> Standing:
    """Return the raiser's page of a matter. The caller has checked number and code, or the receipt's holder."""
    seen = matters.follow(matter, now=now, law=law)
    whole = seen.page
    klass = seen.matter.klass
    duties = [_duty(p, now, seen.page.open_review) for p in seen.promises]
    papers = [
        Paper(a.file_id, a.caption, a.by_raiser) for a in whole.attachments if a.to_raiser or a.by_raiser
    ]
    return Standing(
        number=seen.matter.number,
        stage=seen.matter.stage,
        headline=headline(seen, duties),
        title=seen.matter.title,
        text=seen.matter.text,
        klass=klass,
        raised_at=seen.matter.raised_at,
        duties=duties,
        question=_question(seen),
        reason=_reason(seen),
        answers=_answers(whole.answers),
        path=path_of(seen, now=now),
        extension=_extension(seen),
        lines=[line(told) for told in reversed(seen.story)],
        papers=papers,
        own_word=_own_word(seen),
        can=_can(seen, now),
        earlier=_earlier(seen, now),
    )


# --- where it stands ---


def headline(seen: Followed, duties: Sequence[Duty]) -> str:
    """Return where the matter lies and what comes next by when, in one sentence. Answered is never called solved."""
    page, matter = seen.page, seen.matter
    unit = _unit(matter.lead_unit_id) or _unit(matter.registered_by_id)
    by_kind = {duty.kind: duty for duty in duties}
    if matter.stage == Stage.SERVED:
        return _after_service(seen, unit, by_kind)
    if matter.stage == Stage.HANDLING and page.reached("annulled"):
        return _with_day(
            _("原来的答复已被撤销，%(unit)s正在重新办理，最晚 %(day)s 答复您"),
            _("原来的答复已被撤销，%(unit)s正在重新办理"),
            unit,
            by_kind.get("answer"),
        )
    if matter.stage == Stage.HANDLING and page.reached("reopened"):
        return _with_day(
            _("%(unit)s正在重新办理，最晚 %(day)s 答复您"),
            _("%(unit)s正在重新办理"),
            unit,
            by_kind.get("answer"),
        )
    kind, dated, plain = _stages()[matter.stage]
    owed = by_kind.get(kind)
    return _with_day(dated, plain, owed.unit if owed and owed.unit and kind == "route" else unit, owed)


def _stages() -> dict[str, tuple[str, str, str]]:
    """For each stage: the commitment that gives its date, the sentence with a date, the sentence without."""
    return {
        "registered": ("route", _("%(unit)s收到了，最晚 %(day)s 告诉您交给谁办"), _("%(unit)s收到了")),
        "routed": ("accept", _("已经转给%(unit)s，最晚 %(day)s 告诉您是否受理"), _("已经转给%(unit)s")),
        "handling": ("answer", _("%(unit)s正在办理，最晚 %(day)s 答复您"), _("%(unit)s正在办理")),
        "answered": (
            "serve",
            _("%(unit)s已经作出答复，最晚 %(day)s 送到您手里"),
            _("%(unit)s已经作出答复，正在送达"),
        ),
        "served": ("", "", _("%(unit)s已经答复您")),
        "declined": ("", "", _("这件事没有受理，理由写在下面")),
        "redirected": ("", "", _("这件事要走别的途径，怎么走写在下面")),
        "merged": ("", "", _("已经和更早的一件相同的事合在一起办理")),
        "withdrawn": ("", "", _("您已经撤回了这件事")),
        "sealed": ("", "", _("这件事已经移送有权机关，按规定保密办理，这里不再显示内容")),
    }


def _with_day(dated: str, plain: str, unit: str, owed: Duty | None) -> str:
    if owed is None:
        return plain % {"unit": unit}
    words = dated % {"unit": unit, "day": owed.day_words}
    return _("%(words)s（已经超期）") % {"words": words} if owed.lamp.key == "red" else words


def _after_service(seen: Followed, unit: str, by_kind: dict[str, Duty]) -> str:
    if "review" in by_kind:
        duty = by_kind["review"]
        return _with_day(_("您申请了复查复核，%(unit)s最晚 %(day)s 作出意见"), "", duty.unit, duty)
    if seen.page.reached("final"):
        return _("这件事已经终结，帮扶和疏导还会继续")
    if "recheck" in by_kind:
        duty = by_kind["recheck"]
        return _with_day(_("您说没有解决，%(unit)s正在复核，最晚 %(day)s 告诉您结果"), "", duty.unit, duty)
    if seen.page.reached("resolved"):
        return _("%(unit)s已经答复您，并经他人核实认定已经解决") % {"unit": unit}
    if "execute" in by_kind:
        return _with_day(_("%(unit)s已经答复您，答应的事最晚 %(day)s 落实"), "", unit, by_kind["execute"])
    if seen.page.reached("executed"):
        return _("%(unit)s已经答复您，并报告已经落实") % {"unit": unit}
    return _("%(unit)s已经答复您") % {"unit": unit}


def _unit(unit_id: UUID | None) -> str:
    unit = units().get(unit_id) if unit_id else None
    return unit.short_name if unit else ""


def short_day(day: date, now: datetime) -> str:
    """Return a day as the sentences use it: the year only when it is another one; never broken over two lines."""
    words = date_format(day, _("n月j日") if day.year == local_day(now).year else _("Y年n月j日"))
    return words if english() else JOINED.join(words)


# --- what is owed ---


def _deeds() -> dict[str, str]:
    return {
        "route": _("告诉您交给谁办"), "accept": _("告诉您是否受理"), "answer": _("书面答复您"), "serve": _("把答复送到您手里"),
        "execute": _("落实答复里答应的事"), "callback": _("回访您"), "recheck": _("复核您不满意的地方"), "supplement": _("请您补充材料"),
        "admit": _("告诉您是否受理您的申请"), "review": _("作出复查、复核意见"), "review_serve": _("把复查、复核意见送到您手里"),
        "perform": _("履行协议里答应的事"), "next": _("办下一阶段的事"), "tonight": _("回应您：谁去办、哪天办"),
        "contact": _("先和您联系"),
    }  # fmt: skip


def _duty(promise: Promise, now: datetime, review: Any = None) -> Duty:
    due = Due.from_json(promise.row.reckoning)
    outside = promise.row.unit_id is None
    unit = (
        organ_name(review)
        if outside and review is not None and promise.row.kind == "review"
        else promise.unit
    )
    yours = promise.row.kind == "supplement" or (promise.row.kind == "perform" and outside)
    deed = _deeds()[promise.row.kind]
    language = "en" if english() else "zh"
    sentence = _("%(deed)s，最晚：") if yours or not unit else _("%(unit)s最晚这天%(deed)s：")
    return Duty(
        kind=promise.row.kind,
        sentence=sentence % {"unit": unit, "deed": deed},
        unit=unit,
        day=due.legal_day,
        day_words=short_day(due.legal_day, now),
        left=days_left(due, now),
        lamp=Lamp(LIGHTS.get(promise.light, "green"), promise.light.word(language)),
        reason=promise.why(language),
        provisional=promise.row.provisional,
        yours=yours,
    )


def days_left(due: Due, now: datetime) -> str:
    """Return how many calendar days are left of a date, or by how many it is late."""
    days = (due.legal_day - local_day(now)).days
    if now >= due.legal:
        late = max(-days, 1)
        return ngettext("已经超期 %(days)d 天", "已经超期 %(days)d 天", late) % {"days": late}
    return (
        _("就是今天")
        if days == 0
        else ngettext("还有 %(days)d 天", "还有 %(days)d 天", days) % {"days": days}
    )


# --- the answer ---


def _answers(rows: Sequence[Any]) -> list[AnswerShown]:
    """Only served answers: with service the thirty days begin, so an unserved one is not shown by the way."""
    served = [row for row in rows if row.served_at is not None]
    served.sort(key=lambda row: (row.replaced_at is not None, -row.served_at.timestamp()))
    return [_answer(row) for row in served]


def _answer(row: Any, *, joined: bool = False) -> AnswerShown:
    return AnswerShown(
        outcome=_(ANSWERS[row.outcome]),
        unit=units()[row.unit_id].name,
        request="" if joined else row.request,
        facts="" if joined else row.facts,
        opinion=row.opinion,
        basis=row.basis,
        served_at=row.served_at,
        replaced=row.replaced_at is not None,
    )


def _earlier(seen: Followed, now: datetime) -> Earlier | None:
    joined = seen.joined
    if joined is None:
        return None
    duties = [_duty(p, now) for p in joined.promises]
    owed = next((d for d in duties if d.kind == _stages()[joined.stage][0]), None)
    _kind, dated, plain = _stages()[joined.stage]
    answer = joined.answer
    shown = _answer(answer, joined=True) if answer is not None and answer.served_at else None
    unit = owed.unit if owed else _unit(answer.unit_id) if answer else ""
    return Earlier(joined.number, _with_day(dated or plain, plain, unit, owed), duties, shown)


# --- the rest ---


def _question(seen: Followed) -> str:
    if not any(p.row.kind == "supplement" for p in seen.promises):
        return ""
    asked = [told for told in seen.story if told.verb == Verb.ASK_MORE and told.texts]
    return asked[-1].texts[0].body if asked else ""


def _reason(seen: Followed) -> str:
    verb = {"declined": Verb.DECLINE, "redirected": Verb.REDIRECT}.get(seen.matter.stage)
    said = [told.texts[0].body for told in seen.story if told.verb == verb and told.texts]
    return said[-1] if said else ""


def _extension(seen: Followed) -> Extended | None:
    granted = [row for row in seen.page.extensions if row.granted]
    if not granted or granted[-1].decided_at is None:
        return None
    return Extended(granted[-1].days, granted[-1].reason, granted[-1].decided_at)


def _own_word(seen: Followed) -> str:
    word = seen.page.word
    if word is None or word.satisfaction == "not_reached":
        return ""
    solved = _(SOLVED[word.solved]) if word.solved else ""
    return (", " if english() else "，").join(
        part for part in (solved, _(SATISFACTION[word.satisfaction])) if part
    )


def _can(seen: Followed, now: datetime) -> frozenset[str]:
    verbs = verbs_for(seen.matter.stage)
    table = {"rate": Verb.RATE, "add": Verb.SUPPLEMENT, "withdraw": Verb.WITHDRAW}
    can = {name for name, verb in table.items() if verb in verbs}
    if seen.way is not None and seen.way.can_ask(now):
        can.add("review")
    if seen.page.open_review is not None:
        can.add("withdraw-review")
    if seen.matter.stage == Stage.SERVED:
        can.add("new-facts")
    return frozenset(can)
