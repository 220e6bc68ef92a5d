"""The dates worked by hand, against the clock and against a reference that shares no code with it."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from zhuoluo.clock import BEIJING, Calendar, Due, Pause, Rulebook, local_day, reckon
from zhuoluo.clock.tests import reference

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("handworked.toml").read_text("utf-8"))[
    "case"
]
NAMES = [f"{number}-{case['term']}-{case['start']}" for number, case in enumerate(CASES, start=1)]


def start_of(case: dict[str, Any]) -> datetime:
    if case["start"].endswith("Z"):
        return datetime.fromisoformat(case["start"])
    return datetime.fromisoformat(case["start"]).replace(tzinfo=BEIJING)


def end_of(text: str) -> datetime:
    """The exclusive end the table means: 24:00 of a day, or the instant."""
    if "T" in text:
        return datetime.fromisoformat(text).replace(tzinfo=BEIJING)
    return datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(0), BEIJING)


def pauses_of(case: dict[str, Any]) -> list[tuple[date, date]]:
    return [(date.fromisoformat(first), date.fromisoformat(until)) for first, until in case.get("pauses", [])]


def reckoned(case: dict[str, Any]) -> Due:
    start = start_of(case)
    term = Rulebook.shipped().term(case["term"], local_day(start))
    pauses = [Pause(first, until) for first, until in pauses_of(case)]
    return reckon(term, start, Calendar.shipped(), pauses=pauses, extension=case.get("extension"))


def test_the_table_holds_at_least_120_dates_each_with_its_reason() -> None:
    assert len(CASES) >= 120
    assert all(case["why"] for case in CASES)
    assert len(
        {(case["term"], case["start"], str(case.get("pauses")), case.get("extension")) for case in CASES}
    ) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_date_is_what_was_worked_out_by_hand(case: dict[str, Any]) -> None:
    due = reckoned(case)
    assert (due.target, due.legal) == (end_of(case["target"]), end_of(case["legal"])), case["why"]
    assert due.provisional is case.get("provisional", False)
    assert due.start == start_of(case)
    assert due.start.tzinfo is due.target.tzinfo is due.legal.tzinfo is UTC


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_slow_reference_over_the_raw_data_agrees(case: dict[str, Any]) -> None:
    start = start_of(case)
    term = Rulebook.shipped().term(case["term"], local_day(start))
    if term.unit not in ("day", "workday"):
        assert reckoned(case).legal == reference.due_by_the_hour(term.unit, term.length, start)
        return
    expected = reference.due(
        term.unit,
        term.length,
        term.counts_for == "person",
        start,
        stopped=pauses_of(case),
        extension=case.get("extension", 0),
    )
    assert (reckoned(case).target, reckoned(case).legal) == expected
