"""Days, turns, slots, briefs: the pure part."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoluo.clock import Calendar
from zhuoluo.org.rules import Absence
from zhuoluo.reception.rules.brief import CAP, Earlier, Owed, compose, count, cut
from zhuoluo.reception.rules.closing import Standing, missing
from zhuoluo.reception.rules.slots import slots
from zhuoluo.rosters.rules.days import Pattern, days_of, read_numbers
from zhuoluo.rosters.rules.errors import Refused
from zhuoluo.rosters.rules.roster import Leader, Planned, Roster, Rule, Sat, generate, sits

CALENDAR = Calendar.shipped()
RULE = UUID(int=1)
PEOPLE = [UUID(int=n) for n in range(10, 20)]


def every_workday(**changes: object) -> Rule:
    values: dict[str, object] = {
        "id": RULE, "who": "turn", "pattern": Pattern("workday"), "starts": time(9), "ends": time(11),
    }  # fmt: skip
    return Rule(**values | changes)  # type: ignore[arg-type]  # a test's own mix


def leaders(n: int) -> list[Leader]:
    return [Leader(person, order) for order, person in enumerate(PEOPLE[:n])]


def made(month: int = 3, year: int = 2026, **changes: object) -> Roster:
    values: dict[str, object] = {
        "rules": [every_workday()], "calendar": CALENDAR, "leaders": leaders(3), "absences": (),
    }  # fmt: skip
    return generate(year=year, month=month, **values | changes)  # type: ignore[arg-type]  # a test's own mix


# --- days ---


def test_working_days_include_make_up_weekends_and_leave_out_festivals() -> None:
    found = [d.day for d in days_of(Pattern("workday"), 2026, 10, CALENDAR)]
    assert date(2026, 10, 1) not in found  # National Day
    assert date(2026, 10, 10) in found  # a Saturday worked in exchange
    assert found == [d for d in found if CALENDAR.is_workday(d)]


def test_a_monday_that_is_off_is_put_off_or_left_out_as_the_rule_says() -> None:
    off = date(2026, 4, 6)  # Qingming, a Monday
    assert not CALENDAR.is_workday(off)
    later = [d.day for d in days_of(Pattern("weekday", (1,), "next"), 2026, 4, CALENDAR)]
    without = [d.day for d in days_of(Pattern("weekday", (1,), "skip"), 2026, 4, CALENDAR)]
    assert date(2026, 4, 7) in later
    assert off not in without
    assert len(without) == len(later) - 1


def test_a_day_put_off_over_the_end_of_a_month_is_made_in_the_next_and_once_only() -> None:
    pattern = Pattern("monthday", (31,))
    january, february = (days_of(pattern, 2026, month, CALENDAR) for month in (1, 2))
    assert date(2026, 1, 31).isoweekday() == 6
    assert january == []
    assert next((d.day, d.nominal) for d in february) == (date(2026, 2, 2), date(2026, 1, 31))


def test_a_year_without_its_notice_is_provisional() -> None:
    assert not any(d.provisional for d in days_of(Pattern("workday"), 2026, 5, CALENDAR))
    assert all(d.provisional for d in days_of(Pattern("workday"), 2031, 5, CALENDAR))


@pytest.mark.parametrize(
    ("kind", "text"), [("weekday", "8"), ("monthday", ""), ("nth_workday", "x"), ("monthday", "0")]
)
def test_numbers_that_name_no_day_are_refused(kind: str, text: str) -> None:
    with pytest.raises(Refused):
        read_numbers(kind, text)
    assert read_numbers("monthday", "15、1，15") == (1, 15)


# --- turns ---


@given(st.integers(1, 9), st.integers(1, 6))
def test_turns_are_even_over_months_and_nobody_waits_twice(n: int, months: int) -> None:
    taken: list[Sat] = []
    for month in range(1, months + 1):
        roster = made(month, leaders=leaders(n), taken=list(taken))
        taken += [Sat(s, p.day.day, p.starts, p.ends, RULE) for p in roster.planned for _, s in p.seats]
        counts = [sum(t.person == person for t in taken) for person in PEOPLE[:n]]
        assert max(counts) - min(counts) <= 1


def test_the_same_input_gives_the_same_roster() -> None:
    assert made().planned == made().planned


def test_whoever_is_new_takes_turns_from_now_on_and_makes_up_for_nothing() -> None:
    before = [
        Sat(PEOPLE[n % 2], date(2026, 1, 5) + timedelta(days=n), time(9), time(11), RULE) for n in range(40)
    ]
    roster = made(leaders=leaders(3), taken=before)
    counts = [sum(person == s for p in roster.planned for _, s in p.seats) for person in PEOPLE[:3]]
    assert max(counts) - min(counts) <= 1


def clashes(planned: list[Planned], more: list[Sat]) -> list[UUID]:
    rows = [(s, p.day.day, p.starts, p.ends) for p in planned for _, s in p.seats]
    rows += [(t.person, t.day, t.starts, t.ends) for t in more]
    rows.sort(key=lambda r: (str(r[0]), r[1], r[2]))
    return [a[0] for a, b in pairwise(rows) if a[0] == b[0] and a[1] == b[1] and b[2] < a[3]]


@given(st.sets(st.integers(0, 30), max_size=12), st.integers(1, 5))
def test_nobody_ever_sits_in_two_places_at_a_time(days: set[int], n: int) -> None:
    busy = [Sat(PEOPLE[d % 5], date(2026, 3, 1) + timedelta(days=d), time(8), time(10)) for d in days]
    principal = every_workday(
        id=UUID(int=2), who="people", people=(PEOPLE[0],), pattern=Pattern("weekday", (1,)), starts=time(8), ends=time(12)
    )  # fmt: skip
    roster = made(rules=[every_workday(), principal], leaders=leaders(n), taken=list(busy))
    assert clashes(roster.planned, busy) == []
    for gap in roster.gaps:
        assert gap.why in {"busy", "nobody"}


def test_substitutes_are_followed_through_chains_and_both_are_known() -> None:
    a, b, c = PEOPLE[:3]
    away = [
        Absence(a, b, date(2026, 3, 1), date(2026, 3, 31)),
        Absence(b, c, date(2026, 3, 9), date(2026, 3, 10)),
    ]
    assert sits(a, away, date(2026, 3, 2)) == b
    assert sits(a, away, date(2026, 3, 9)) == c
    assert sits(a, [*away, Absence(c, a, date(2026, 3, 9), date(2026, 3, 9))], date(2026, 3, 9)) == a
    mondays = every_workday(who="people", people=(a,), pattern=Pattern("weekday", (1,)))
    roster = made(rules=[mondays], absences=away)
    assert [p.seats for p in roster.planned][:2] == [((a, b),), ((a, c),)]


def test_in_turn_the_absent_one_is_passed_over_and_comes_next() -> None:
    a, b = PEOPLE[:2]
    away = [Absence(a, PEOPLE[5], date(2026, 3, 2), date(2026, 3, 6))]
    roster = made(leaders=leaders(2), absences=away)
    first_week = [s for p in roster.planned if p.day.day <= date(2026, 3, 6) for _, s in p.seats]
    assert set(first_week) == {b}
    assert next(s for p in roster.planned if p.day.day == date(2026, 3, 9) for _, s in p.seats) == a


def test_what_stands_is_not_made_again() -> None:
    kept = {(RULE, date(2026, 3, 3))}
    roster = made(kept=kept, since=date(2026, 3, 3))
    days = [p.day.day for p in roster.planned]
    assert date(2026, 3, 2) not in days
    assert date(2026, 3, 3) not in days
    assert date(2026, 3, 4) in days


def test_several_leaders_of_a_joint_day_are_different_people() -> None:
    roster = made(rules=[every_workday(seats=2)], leaders=leaders(4))
    assert all(len({s for _, s in p.seats}) == 2 for p in roster.planned)


# --- slots ---


def test_a_time_that_does_not_fit_before_the_end_cannot_be_booked() -> None:
    start = datetime(2026, 3, 4, 9)
    found = slots(start, start + timedelta(minutes=70), 30, 2, [start, start])
    assert [(s.at.minute, s.left) for s in found] == [(0, 0), (30, 2)]


# --- the brief ---

WORDS = st.text(alphabet="路灯坏了两个月abc 12，。𠮷", max_size=300)


@given(
    WORDS, st.integers(1, 500),
    st.lists(st.tuples(WORDS, WORDS, st.booleans()), max_size=8), st.lists(st.tuples(WORDS, WORDS, st.booleans()), max_size=8),
)  # fmt: skip
def test_a_brief_never_has_more_than_120_words(
    about: str, people: int, before: list[tuple[str, str, bool]], owed: list[tuple[str, str, bool]]
) -> None:
    day = date(2026, 3, 2)
    brief = compose(
        about=about, people=people, today=day,
        earlier=[Earlier(title, day, unit, "办理中", "支持", same) for title, unit, same in before],
        owed=[Owed(what, unit, day - timedelta(days=3), late) for what, unit, late in owed],
    )  # fmt: skip
    assert brief.words <= CAP
    assert count(brief.what) + count(brief.before) + count(brief.owed) == brief.words


def test_words_are_counted_as_a_reader_counts_them() -> None:
    assert count("路灯坏了，2026年3月。") == 4 + 1 + 1 + 1 + 1
    assert count("GB18030 𠮷") == 3
    assert cut("路灯坏了两个月，晚上老人摔倒。", 9) == "路灯坏了两个月…"
    assert cut("路灯", 5) == "路灯"


def test_a_brief_says_what_before_and_owed() -> None:
    brief = compose(
        about="村口的路灯坏了", people=3, today=date(2026, 3, 2),
        earlier=[Earlier("路灯不亮", date(2025, 12, 1), "县住建局", "办理中")],
        owed=[Owed("答复", "县住建局", date(2026, 2, 27), late=True), Owed("回访", "县信访局", date(2026, 3, 9), late=False)],
    )  # fmt: skip
    assert brief.what == "3 人来，村口的路灯坏了"
    assert brief.before == "2025年12月路灯不亮，县住建局办理中。"
    assert brief.owed == "县住建局答复已超期 3 天；县信访局回访3月9日前。"
    assert compose(about="", people=1, earlier=[], owed=[], today=date(2026, 3, 2)).before == "以前没有来过。"


# --- closing ---


def test_closing_names_what_has_no_answer_and_no_owner() -> None:
    rows = [
        Standing(1, 1, "answered", "讲清了", owner=False), Standing(1, 2, "", "", owner=False),
        Standing(2, 1, "mediated", " ", owner=False), Standing(2, 2, "assigned", "", owner=False),
        Standing(3, 1, "joint", "", owner=True),
    ]  # fmt: skip
    assert missing(rows) == [(1, 2, "decision"), (2, 1, "words"), (2, 2, "owner")]
