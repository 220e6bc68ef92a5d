"""The legal path beside and after the answer: reviews, hearings, simplified handling, designation, finality.

Each check takes plain values and raises Refused with the article; none reads a table or the clock.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhuoluo.matters.rules.errors import Refused
from zhuoluo.matters.rules.tables import (
    FINAL_GROUNDS,
    OUTCOMES,
    REVIEW_LEVELS,
    REVIEW_OUTCOMES,
    REVIEW_REFUSALS,
    SIMPLE_GROUNDS,
)  # fmt: skip

REQUEST_TERM = {1: "xf.review.request", 2: "xf.second.request"}
REVIEW_TERM = {1: "xf.review.answer", 2: "xf.second.answer"}
ASKED = {1: "review_asked", 2: "second_asked"}
REVIEWED = {1: "reviewed", 2: "rereviewed"}


@dataclass(frozen=True)
class Standing:
    """How far an answer has come: what decides which review, if any, can be asked for now.

    `served_at`: of the answer, or after a first review of that review's opinion. `level`: the level that would be
    next (3: none is left).
    """

    level: int
    served_at: datetime | None
    open: bool = False


def check_review_request(
    klass: str, standing: Standing, asked_at: datetime, last_moment: datetime | None
) -> None:
    """Refuse a request for review that the law does not give (信访工作条例 arts. 31, 35, 36)."""
    if klass != "claim":
        raise Refused("只有信访处理意见书可以申请复查、复核（信访工作条例第31条、第35条）")
    if standing.open:
        raise Refused("已经有一份复查、复核申请正在办理（信访工作条例第35条、第36条）")
    if standing.level > 2:
        raise Refused(
            "已经作出复核意见，以同一事实和理由再提出的，不再受理（信访工作条例第36条）；有新的事实，请另行登记"
        )
    if standing.served_at is None or last_moment is None:
        raise Refused("意见书还没有送达，送达之日起才可以申请（信访工作条例第35条、第36条）")
    if asked_at < standing.served_at:
        raise Refused("申请时间不能早于意见书送达时间")
    check_window(standing.level, asked_at, last_moment)


def check_window(level: int, asked_at: datetime, last_moment: datetime) -> None:
    """Refuse what comes after the thirty days, rolled to a working day (arts. 35, 36; 民法典 art. 203)."""
    if asked_at >= last_moment:
        raise Refused(
            "申请%(level)s的三十日期限已经届满（信访工作条例第%(article)s条）",
            level=REVIEW_LEVELS[level],
            article=34 + level,
        )


def check_review_refusal(ground: str, reason: str, *, late: bool) -> None:
    """Refuse to turn a request away on anything but a ground of the table, and "late" only when it is late."""
    if ground not in REVIEW_REFUSALS:
        raise Refused("请选择不予受理的法定理由（信访工作条例第35条、第36条）")
    if ground == "late" and not late:
        raise Refused("申请在三十日期限以内，不能以逾期为由不予受理（信访工作条例第35条、第36条）")
    if len(reason.strip()) < 5:
        raise Refused("请写明不予受理的具体情况，会告知申请人")


def check_review_opinion(outcome: str, facts: str, opinion: str, basis: str, result: str) -> None:
    """Refuse a review opinion without its contents (arts. 32, 35, 36)."""
    if outcome not in REVIEW_OUTCOMES:
        raise Refused("请选择：维持、撤销重办或者变更（信访工作条例第35条、第36条）")
    parts = (("查明的事实", facts), ("复查复核意见", opinion), ("法律法规依据", basis))
    missing = [word for word, value in parts if not value.strip()]
    if missing:
        raise Refused("意见书缺少：%(parts)s（信访工作条例第32条、第35条）", parts=missing)
    if (outcome == "changed") != (result in OUTCOMES):
        raise Refused("变更原答复的，请选择变更后的处理结果；维持、撤销的不用选")


def check_above(handling: UUID | None, reviewing: UUID, over: Mapping[UUID, Collection[UUID]]) -> None:
    """Refuse a review by the organ that handled, or by one under it (art. 35: the organ above)."""
    if handling is not None and (reviewing == handling or handling in over.get(reviewing, ())):
        raise Refused("复查、复核由办理机关的上一级机关进行（信访工作条例第35条、第36条）")


def same_ground(before: Sequence[str], after: Sequence[str]) -> bool:
    """Say whether two opinions rest on the same words, whatever the blanks and punctuation."""
    return [_bare(text) for text in before] == [_bare(text) for text in after]


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).casefold()


def check_redone(annulled: Sequence[str] | None, redone: Sequence[str]) -> None:
    """Refuse a re-made opinion that says again what was annulled (art. 35; 山东省信访条例 art. 45)."""
    if annulled is not None and same_ground(annulled, redone):
        raise Refused("原答复已被撤销，不能以同一事实和理由再作出基本相同的意见（信访工作条例第35条）")


@dataclass(frozen=True)
class Simple:
    """What decides whether a matter may go the simplified way."""

    klass: str
    first_time: bool
    assigned: bool  # 上级交办
    shared: bool  # several responsible units, or several raisers acting together
    major: bool  # major, difficult or complex
    likely_supported: bool


def check_simple(ground: str, facts: Simple) -> None:
    """Refuse the simplified way where the rule excludes it (国信办发〔2022〕17号)."""
    if ground not in SIMPLE_GROUNDS:
        raise Refused("请选择适用简易办理的情形（国信办发〔2022〕17号）")
    excluded = [
        word
        for word, holds in (
            (
                "不属于申诉求决第6项、建议意见、咨询求助",
                facts.klass not in {"claim", "suggestion", "inquiry"},
            ),
            ("不是初次信访", not facts.first_time),
            ("上级交办、要求报送办结报告", facts.assigned),
            ("涉及多个责任主体或者集体联名", facts.shared),
            ("重大、复杂、疑难", facts.major),
            ("可能不予支持", not facts.likely_supported),
        )
        if holds
    ]
    if excluded:
        raise Refused("不适用简易办理：%(why)s（国信办发〔2022〕17号）", why=excluded)


def check_hearing(reason: str, place: str, called_at: datetime, planned: datetime) -> None:
    """Refuse a hearing without reason, place or time to come (art. 31: major, complex, difficult matters)."""
    if len(reason.strip()) < 5:
        raise Refused("请写明为什么需要听证：重大、复杂、疑难在哪里（信访工作条例第31条）")
    if not place.strip():
        raise Refused("请写明听证地点")
    if planned < called_at:
        raise Refused("听证时间不能早于现在")


def excludes_hearing(level: int | None) -> bool:
    """Say whether a hearing's time does not count: only in a second review does the law say so (art. 36)."""
    return level == 2


def check_minutes(minutes: str, called_at: datetime, held_at: datetime, closed_at: datetime) -> None:
    """Refuse to close a hearing without minutes or with times out of order."""
    if len(minutes.strip()) < 10:
        raise Refused("请写明听证笔录：谁参加、各方说了什么、听证意见")
    if not called_at <= held_at <= closed_at:
        raise Refused("听证时间应在决定听证之后、现在之前")


def check_final(ground: str, *, performed: bool, open_review: bool, level: int, lapsed: bool) -> None:
    """Refuse to call final what is not (arts. 35-37): lapsed windows, a served second review, a performed agreement."""
    if ground not in FINAL_GROUNDS:
        raise Refused("请选择终结的理由")
    if open_review:
        raise Refused("复查、复核正在办理，不能终结（信访工作条例第35条、第36条）")
    if ground == "performed" and not performed:
        raise Refused("协议还没有履行完，不能终结；签字不等于履行")
    if ground == "second_review" and level <= 2:
        raise Refused("还没有作出并送达复核意见（信访工作条例第36条）")
    if ground == "lapsed" and not lapsed:
        raise Refused("申请复查、复核的期限还没有届满（信访工作条例第35条、第36条）")


@dataclass(frozen=True)
class Earlier:
    """The earlier matter on which a declining rests."""

    stage: str
    second_served: bool
    same_raiser: bool


LIVE_STAGES = ("registered", "routed", "handling", "answered")


def check_ground(ground: str, earlier: Earlier | None) -> None:
    """Refuse a ground of declining that the earlier matter does not bear out (arts. 19, 36)."""
    if ground == "after_second_review" and (earlier is None or not earlier.second_served):
        raise Refused("不再受理要有已经复核并送达的同一事项，请选择那一件（信访工作条例第36条）")
    if ground == "in_progress" and earlier is not None and earlier.stage not in LIVE_STAGES:
        raise Refused("选择的事项不在受理、办理期限内（信访工作条例第19条）")
    if earlier is not None and not earlier.same_raiser:
        raise Refused("选择的事项不是同一诉求人提出的（信访工作条例第19条、第36条）")


def common_superior(one: Sequence[UUID], other: Sequence[UUID]) -> UUID | None:
    """Return the first unit over both (each chain starts with the unit itself), or None (art. 24)."""
    both = set(other[1:])
    return next((unit for unit in one[1:] if unit in both), None)


def successor_of(
    unit: UUID, ended: Mapping[UUID, tuple[date | None, UUID | None]], today: date
) -> UUID | None:
    """Return the unit that carries on for one that ended (art. 24), through chains; None when it goes on itself.

    `ended`: unit → (last day, successor). Raises Refused when it ended without a successor, or in a circle.
    """
    seen: set[UUID] = set()
    here = unit
    while True:
        until, successor = ended.get(here, (None, None))
        if until is None or until >= today:
            return None if here == unit else here
        if successor is None or successor in seen:
            raise Refused("这个单位已撤销，还没有设置继受单位（信访工作条例第24条），请系统管理员先设置")
        seen.add(here)
        here = successor


def check_recusal(reason: str, person: UUID, already: Collection[UUID]) -> None:
    """Refuse a recusal without its reason (art. 28)."""
    if person in already:
        raise Refused("这位工作人员已经回避")
    if len(reason.strip()) < 2:
        raise Refused("请写明有什么直接利害关系（信访工作条例第28条）")
