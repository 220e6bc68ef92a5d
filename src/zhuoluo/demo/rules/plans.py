"""What becomes of a matter, drawn beforehand: the path, the turns, the answer, the raiser's word. Pure."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhuoluo.demo.rules.texts import Topic

CHANNELS = {
    "web": 46,
    "phone": 20,
    "walk_in": 16,
    "letter": 6,
    "reception": 5,
    "transfer": 4,
    "duty": 2,
    "talk": 1,
}


@dataclass(frozen=True)
class Plan:
    """Everything that will happen to one matter if nobody stops it. `stop`: the step before which it rests."""

    channel: str = "web"
    registrar: str = "resident"  # resident, clerk, officer, mediator
    kind: str = "person"
    path: str = "route"  # route, assign, accept, now, decline, redirect, withdraw, merge
    outcome: str = "explained"
    objection: str = ""  # upheld, rejected, designated
    extension: str = ""  # granted, refused
    co: bool = False
    ask_more: bool = False
    photo: bool = False
    hand_over: bool = False
    late: bool = False
    slow_route: bool = False
    supervised: bool = False
    word: str = ""  # raiser, call, unreached
    solved: str = "yes"
    satisfaction: str = "satisfied"
    recheck: str = ""  # keep, reopen
    prompt: bool = True  # carried out within weeks, not months
    certified: bool = False
    quick: bool = False
    about: str = ""  # code of the unit complained of
    review: str = ""  # upheld, changed, annulled, refused, withdrawn, second, second_heard
    hearing: str = ""  # handling, review
    simple: bool = False
    recuse: bool = False
    stages: bool = False
    helps: bool = False
    stop: str = ""


def choose(dice: random.Random, weights: Mapping[str, float]) -> str:
    """Return one of the names, as likely as its weight says."""
    return dice.choices(list(weights), list(weights.values()))[0]


def draw(dice: random.Random, topic: Topic, pace: float) -> Plan:
    """Draw the plan of a matter of this topic, handled by a unit of this pace (above 1: slower, later)."""
    channel = choose(dice, CHANNELS)
    outcome = _outcome(dice, topic)
    word = choose(dice, {"raiser": 27, "call": 62, "unreached": 9, "": 2})
    solved = _solved(dice, outcome)
    return Plan(
        channel=channel,
        registrar=_registrar(dice, channel, topic),
        kind=topic.who or choose(dice, {"person": 80, "household": 9, "group": 6, "anonymous": 5}),
        path=_path(dice, topic),
        outcome=outcome,
        objection=choose(dice, {"": 91, "upheld": 5, "rejected": 4}),
        extension=choose(dice, {"": 90, "granted": 7, "refused": 3}) if topic.klass == "claim" else "",
        co=bool(topic.co) and dice.random() < 0.22,
        ask_more=dice.random() < 0.06,
        photo=bool(topic.photo) and dice.random() < 0.08,
        hand_over=dice.random() < 0.07,
        late=dice.random() < 0.07 * pace**2,
        slow_route=dice.random() < 0.03,
        supervised=dice.random() < 0.04,
        word=word,
        solved=solved,
        satisfaction=_satisfaction(dice, solved),
        recheck=choose(dice, {"keep": 5, "reopen": 4}) if solved == "no" else "",
        prompt=dice.random() < 0.95,
        certified=dice.random() < 0.5,
        **_beside(dice, topic, outcome),
    )


REVIEWS = {
    "": 930.0, "upheld": 26, "second": 12, "second_heard": 3, "annulled": 9, "changed": 6, "refused": 4, "withdrawn": 5,
}  # fmt: skip


def _beside(dice: random.Random, topic: Topic, outcome: str) -> dict[str, Any]:
    """Draw what happens beside the straight path: few ask for a review, fewer for a second one."""
    claim = topic.klass == "claim"
    review = choose(dice, REVIEWS) if claim else ""
    return {
        "review": review if outcome != "supported" or dice.random() < 0.5 else "",
        "simple": dice.random() < (0.06 if claim and outcome == "supported" else 0.0),
        "hearing": choose(dice, {"": 985, "handling": 8, "review": 7}) if claim else "",
        "recuse": dice.random() < 0.008,
        "helps": bool(review) and dice.random() < 0.3,
    }


def _registrar(dice: random.Random, channel: str, topic: Topic) -> str:
    if topic.about or topic.klass == "litigation":
        return "officer"
    if channel == "web":
        return "resident"
    if channel in {"transfer", "letter", "reception"}:
        return choose(dice, {"officer": 8, "clerk": 2})
    return choose(dice, {"clerk": 7, "officer": 2, "mediator": 1})


def _path(dice: random.Random, topic: Topic) -> str:
    if topic.door:
        return "redirect"
    if topic.klass != "claim":
        return choose(dice, {"now": 65 if topic.klass == "inquiry" else 35, "route": 32, "withdraw": 2})
    return choose(
        dice, {"route": 84, "assign": 6, "withdraw": 2.5, "redirect": 3.5, "decline": 1, "merge": 5}
    )


def _outcome(dice: random.Random, topic: Topic) -> str:
    weights = {"supported": 66.0, "explained": 27.0, "not_supported": 7.0}
    return choose(dice, {k: w for k, w in weights.items() if k in topic.opinions})


def _solved(dice: random.Random, outcome: str) -> str:
    return choose(
        dice,
        {
            "supported": {"yes": 70, "partly": 18, "no": 12},
            "explained": {"yes": 42, "partly": 30, "no": 28},
            "not_supported": {"yes": 8, "partly": 20, "no": 72},
        }[outcome],
    )


def _satisfaction(dice: random.Random, solved: str) -> str:
    return choose(
        dice,
        {
            "yes": {"satisfied": 66, "fairly": 26, "dissatisfied": 2, "not_rated": 6},
            "partly": {"satisfied": 16, "fairly": 56, "dissatisfied": 18, "not_rated": 10},
            "no": {"satisfied": 1, "fairly": 13, "dissatisfied": 78, "not_rated": 8},
        }[solved],
    )
