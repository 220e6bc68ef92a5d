"""What must hold for every date, tried on many."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoluo.clock import Calendar, Due, Pause, Rulebook, Term, YearNotice, local_day, reckon
from zhuoluo.clock.terms import Unit

SHIPPED = Calendar.shipped()
TERMS = [term for term in Rulebook.shipped().all() if term.valid_until is None]
DAY_TERMS = [term for term in TERMS if term.unit in ("day", "workday")]
HOUSE = replace(next(term for term in TERMS if term.id == "house.execute"), max_extension=None)

moments = st.datetimes(datetime(2007, 1, 1), datetime(2026, 12, 31, 23, 59), timezones=st.just(UTC))
days = st.dates(date(2007, 1, 1), date(2026, 12, 31))
lengths = st.integers(1, 120)
units: st.SearchStrategy[Unit] = st.sampled_from(get_args(Unit)[:2])
any_units: st.SearchStrategy[Unit] = st.sampled_from(get_args(Unit)[:3])
terms = st.sampled_from(TERMS)
pauses = st.lists(
    st.builds(lambda first, long: Pause(first, first + timedelta(days=long)), days, st.integers(1, 40)),
    max_size=3,
)


@st.composite
def pauses_near(draw: st.DrawFn, start: datetime) -> list[Pause]:
    offsets = draw(st.lists(st.tuples(st.integers(-20, 90), st.integers(1, 30)), max_size=3))
    firsts = [(local_day(start) + timedelta(days=offset), long) for offset, long in offsets]
    return [Pause(first, first + timedelta(days=long)) for first, long in firsts]


@given(terms, moments)
def test_the_legal_end_is_never_before_the_target_nor_the_target_before_the_start(
    term: Term, start: datetime
) -> None:
    due = reckon(term, start, SHIPPED)
    assert due.legal >= due.target > due.start


@given(terms, moments, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_a_later_start_never_ends_earlier(term: Term, start: datetime, later: timedelta) -> None:
    first, second = reckon(term, start, SHIPPED), reckon(term, start + later, SHIPPED)
    assert second.target >= first.target
    assert second.legal >= first.legal


@given(any_units, moments, lengths, lengths)
def test_a_longer_period_never_ends_earlier(unit: Unit, start: datetime, one: int, other: int) -> None:
    short, long = (replace(HOUSE, unit=unit, length=length) for length in sorted((one, other)))
    assert reckon(short, start, SHIPPED).legal <= reckon(long, start, SHIPPED).legal


@given(moments, lengths, st.integers(0, 200))
def test_one_more_holiday_never_moves_a_date_in_working_days_earlier(
    start: datetime, length: int, offset: int
) -> None:
    term = replace(HOUSE, unit="workday", length=length)
    extra = local_day(start) + timedelta(days=offset)
    notice = next(
        (one for one in SHIPPED.notices if one.year == extra.year), YearNotice(extra.year, {}, frozenset())
    )
    more = replace(notice, holidays={**notice.holidays, extra: "加假"}, workdays=notice.workdays - {extra})
    assert reckon(term, start, SHIPPED.with_notice(more)).legal >= reckon(term, start, SHIPPED).legal


@given(st.data(), units, moments, lengths)
def test_a_pause_never_moves_a_date_earlier_and_never_by_more_than_its_days(
    data: st.DataObject, unit: Unit, start: datetime, length: int
) -> None:
    term = replace(HOUSE, unit=unit, length=length)
    stopped = data.draw(pauses_near(start))
    plain, paused = reckon(term, start, SHIPPED), reckon(term, start, SHIPPED, pauses=stopped)
    assert paused.target >= plain.target
    if unit == "day":
        total = sum((pause.until - pause.start).days for pause in stopped)
        assert paused.target - plain.target <= timedelta(days=total)
        assert (
            sum(step.count for step in paused.steps if step.kind == "pause")
            == (paused.target - plain.target).days
        )


@given(st.data(), units, moments, lengths)
def test_the_last_day_is_reached_by_counting_every_day_that_counts(
    data: st.DataObject, unit: Unit, start: datetime, length: int
) -> None:
    stopped = data.draw(pauses_near(start))
    due = reckon(replace(HOUSE, unit=unit, length=length), start, SHIPPED, pauses=stopped)
    day, counted = local_day(start), 0
    while day < due.target_day:
        day += timedelta(days=1)
        paused = any(pause.start <= day < pause.until for pause in stopped)
        counted += not paused and (unit == "day" or SHIPPED.is_workday(day))
    assert counted == length


@given(st.sampled_from(DAY_TERMS), moments)
def test_an_explanation_gives_the_number_of_rest_days_it_skipped(term: Term, start: datetime) -> None:
    due = reckon(term, start, SHIPPED)
    first, last = local_day(start), due.target_day
    walked = [first + timedelta(days=number) for number in range(1, (last - first).days + 1)]
    skipped = sum(not SHIPPED.is_workday(day) for day in walked)
    if term.unit == "workday" and skipped:
        assert f"跳过休息日{skipped}天：" in due.explanation()
        assert f"passing {skipped} rest day" in due.explanation("en")
    rolled = next((step for step in due.steps if step.kind == "roll"), None)
    if term.counts_for == "organ":
        assert (rolled is None) is SHIPPED.is_workday(due.target_day)
    if rolled is not None and rolled.day and rolled.until:
        assert rolled.skipped == (rolled.until - rolled.day).days
        assert f"跳过休息日{rolled.skipped}天：" in due.explanation()


@given(st.data(), units, moments, lengths, st.none() | st.integers(1, 60))
def test_every_date_survives_json_and_explains_itself_in_both_languages(
    data: st.DataObject, unit: Unit, start: datetime, length: int, extension: int | None
) -> None:
    term = replace(HOUSE, unit=unit, length=length)
    due = reckon(term, start, SHIPPED, pauses=data.draw(pauses_near(start)), extension=extension)
    again = Due.from_json(json.loads(json.dumps(due.as_json())))
    assert again == due
    for language in ("zh", "en"):
        assert again.explanation(language) == due.explanation(language)
        assert len(due.explanation(language).splitlines()) == len(due.steps)


@given(
    st.dictionaries(
        st.dates(date(2026, 12, 1), date(2027, 12, 31)),
        st.sampled_from(["元旦", "春节", "国庆节"]),
        max_size=30,
    )
)
@settings(max_examples=50)
def test_importing_any_notice_twice_is_importing_it_once(off: dict[date, str]) -> None:
    notice = YearNotice(2027, off, frozenset())
    once = SHIPPED.with_notice(notice)
    assert once.with_notice(notice) == once
    assert not any(once.is_workday(day) for day in off)
    assert 2027 not in SHIPPED.years


@given(moments, units, lengths)
def test_a_provisional_date_names_the_years_it_waits_for(start: datetime, unit: Unit, length: int) -> None:
    due = reckon(replace(HOUSE, unit=unit, length=length), start, SHIPPED)
    assert due.provisional is bool(due.missing_years)
    assert due.provisional is (due.legal_day >= date(2026, 12, 25))
    assert all(f"{year}年" in due.explanation() for year in due.missing_years)
