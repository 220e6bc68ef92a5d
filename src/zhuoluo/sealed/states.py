"""Where an accusation lies: received → accepted or forwarded → concluded."""

from enum import StrEnum


class State(StrEnum):
    """The states of a case."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    FORWARDED = "forwarded"
    CONCLUDED = "concluded"


STATE_WORDS: dict[str, str] = {
    "received": "已收到", "accepted": "已受理", "forwarded": "已移送", "concluded": "已办结",
}  # fmt: skip
_S = State
TRANSITIONS: dict[str, dict[State, State]] = {
    "accept": {_S.RECEIVED: _S.ACCEPTED},
    "forward": {_S.RECEIVED: _S.FORWARDED, _S.ACCEPTED: _S.FORWARDED},
    "conclude": {_S.ACCEPTED: _S.CONCLUDED, _S.FORWARDED: _S.CONCLUDED},
    "note": {s: s for s in State},
    "message": {s: s for s in State},
}


def after(verb: str, state: str) -> State | None:
    """Return the state a verb leads to, or None where it is refused."""
    return TRANSITIONS[verb].get(State(state))
