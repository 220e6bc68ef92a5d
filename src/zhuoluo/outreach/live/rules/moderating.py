"""Which act may follow which state of a question, and what a room needs before it closes. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from zhuoluo.outreach.live.rules.asking import Refused
from zhuoluo.outreach.live.rules.words import REASONS

FROM: Mapping[str, frozenset[str]] = {
    "let_through": frozenset({"new", "hidden"}),
    "hide": frozenset({"new", "shown"}),
    "merge": frozenset({"new", "shown"}),
    "pin": frozenset({"shown", "answered"}),
    "take_up": frozenset({"shown"}),
    "answer": frozenset({"new", "shown"}),
    "hand_over": frozenset({"new", "shown"}),
}
_WHY: Mapping[str, str] = {
    "answered": "这个问题已经答复了",
    "merged": "这个问题已经并到别的问题里了",
    "hidden": "这个问题没有上墙，要先放行",
    "handed": "这个问题已经转成事项",
    "new": "这个问题还没有放行",
    "shown": "这个问题已经上墙了",
}


@dataclass(frozen=True)
class Open:
    """A question that stands in the way of closing."""

    number: str
    state: str


def check_act(verb: str, state: str) -> None:
    """Raise Refused when an act cannot follow the state a question is in."""
    if state not in FROM[verb]:
        raise Refused(_WHY[state])


def check_reason(reason: str, words: str) -> str:
    """Return the words the asker reads when a question is hidden. Raises Refused without any."""
    if reason not in REASONS:
        raise Refused("请选一个不上墙的理由")
    if reason != "other":
        return REASONS[reason]
    if len(words.strip()) < 4:
        raise Refused("请写明不上墙的理由，提问的人看得到")
    return words.strip()[:200]


def check_merge(question: object, target: object, target_state: str) -> None:
    """Raise Refused for a merge into itself or into something that is no open or answered question."""
    if question == target:
        raise Refused("不能并到自己")
    if target_state not in {"shown", "answered", "handed"}:
        raise Refused("只能并到已经上墙的问题")


def check_answer(text: str) -> str:
    """Return an answer as it is kept. Raises Refused when it says nothing."""
    if len(text.strip()) < 4:
        raise Refused("请写出答复")
    return text.strip()[:2000]


def check_close(left: Collection[Open]) -> None:
    """Raise Refused while any question has neither an answer, nor an owner and a date, nor a reason."""
    if left:
        raise Refused(
            "还有 %(n)s 个问题没有着落：%(numbers)s。请逐个答复，或者转给一个单位再结束",
            n=len(left), numbers=[one.number for one in left][:20],
        )  # fmt: skip
