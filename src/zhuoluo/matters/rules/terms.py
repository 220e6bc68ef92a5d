"""Which term of the clock applies to a matter."""

ROUTE_TERM = {"inquiry": "xf.simple.forward"}
ACCEPT_TERM = {"inquiry": "xf.simple.accept"}
ANSWER_TERM = {
    "claim": "xf.answer",
    "suggestion": "house.suggestion.answer",
    "inquiry": "house.inquiry.answer",
}


def route_term(klass: str) -> str:
    """Return the term for routing: 15 days (art. 22); an inquiry goes the simplified way, a working day a layer."""
    return ROUTE_TERM.get(klass, "xf.route")


def accept_term(klass: str) -> str:
    """Return the term for telling the raiser about acceptance: 15 days (art. 23), simplified 3 working days."""
    return ACCEPT_TERM.get(klass, "xf.notify")


def answer_term(klass: str) -> str:
    """Return the term for the answer: 60 days for claims (art. 34), house rules where the law states none."""
    return ANSWER_TERM.get(klass, "xf.answer")
