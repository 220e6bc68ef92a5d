from datetime import date, timedelta

import holidays
import pytest

from zhuoluo.clock import Calendar, ClockError, NoticeError, YearNotice

SHIPPED = Calendar.shipped()
FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)
ALL_DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]

# Days on which the shipped year files and the second source disagree, each with the reason why ours is right.
# From 2007 to 2026 there is none. (The nearest is Saturday 31 December 2005, outside the range: the notice
# for 2006 makes it a workday, and the package our files were generated from calls it off.)
DIFFERENCES: dict[date, str] = {}

# Days that sources got wrong at one time or other, checked one by one against the notices.
CONTESTED = {
    date(2007, 12, 29): True,  # 2008 notice: Saturday worked
    date(2007, 12, 31): False,  # 2008 notice: Monday off
    date(2011, 12, 31): True,  # 2012 notice: Saturday worked
    date(2015, 9, 4): False,  # 国发明电〔2015〕1号
    date(2015, 9, 6): True,
    date(2018, 12, 29): True,  # 2019 notice: Saturday worked
    date(2018, 12, 31): False,
    date(2019, 5, 3): False,  # 国办发明电〔2019〕3号 widened Labour Day
    date(2019, 5, 5): True,
    date(2020, 1, 31): False,  # 国办发明电〔2020〕1号 extended the Spring Festival
    date(2020, 2, 1): False,  # a make-up Saturday before the extension
    date(2020, 2, 3): True,
    date(2022, 12, 31): False,  # 2023 notice
    date(2024, 2, 9): True,  # New Year's Eve: leave was encouraged, not given
    date(2025, 1, 28): False,  # New Year's Eve is off since the 2024 revision
    date(2026, 1, 4): True,
}


def the_2027_notice() -> YearNotice:
    """Invented for the tests, with two days of December 2026 as five real notices have them."""
    off = {date(2026, 12, 31): "元旦", date(2027, 1, 1): "元旦", date(2027, 1, 2): "元旦"}
    off |= {date(2027, 5, day): "劳动节" for day in range(1, 6)}
    off |= {date(2027, 10, day): "国庆节" for day in range(1, 8)}
    return YearNotice(2027, off, frozenset({date(2026, 12, 27), date(2027, 10, 9)}))


def the_2020_notice_as_first_published() -> YearNotice:
    revised = next(notice for notice in SHIPPED.notices if notice.year == 2020)
    withdrawn = {date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)}
    off = {day: name for day, name in revised.holidays.items() if day not in withdrawn}
    return YearNotice(2020, off, revised.workdays | {date(2020, 2, 1)})


def test_every_day_of_twenty_years_agrees_with_a_second_source() -> None:
    second = holidays.country_holidays("CN", years=range(FIRST.year - 1, LAST.year + 2))
    differing = {day for day in ALL_DAYS if SHIPPED.is_workday(day) != second.is_working_day(day)}
    assert len(ALL_DAYS) == 7305
    assert differing == set(DIFFERENCES)


@pytest.mark.parametrize(("day", "worked"), CONTESTED.items())
def test_a_contested_day_is_as_its_notice_says(day: date, worked: bool) -> None:
    assert SHIPPED.is_workday(day) is worked


def test_the_shipped_calendar_knows_2007_to_2026_and_is_read_once() -> None:
    assert SHIPPED.years == frozenset(range(2007, 2027))
    assert Calendar.shipped() is SHIPPED
    assert all(notice.document and notice.published and notice.source for notice in SHIPPED.notices)


def test_five_notices_rule_days_of_the_december_before() -> None:
    reaching_back = [
        notice.year
        for notice in SHIPPED.notices
        if any(day.year < notice.year for day in [*notice.holidays, *notice.workdays])
    ]
    assert reaching_back == [2007, 2008, 2012, 2019, 2023]


def test_make_up_days_are_weekend_days_and_festival_days_are_never_worked() -> None:
    for notice in SHIPPED.notices:
        assert all(day.weekday() >= 5 and SHIPPED.is_workday(day) for day in notice.workdays)
        assert not any(SHIPPED.is_workday(day) for day in notice.holidays)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 2), ""),
        (date(2026, 11, 7), "周六"),
        (date(2026, 11, 8), "周日"),
        (date(2026, 10, 1), "国庆节"),
        (date(2026, 10, 10), "调休上班"),
        (date(2025, 10, 6), "国庆节、中秋节"),
        (date(2026, 2, 15), "春节"),
        (date(2027, 1, 1), ""),
        (date(2027, 1, 2), "周六"),
    ],
)
def test_a_day_has_a_name_to_show(day: date, name: str) -> None:
    assert SHIPPED.name(day) == name


def test_an_unknown_year_is_guessed_monday_to_friday_and_says_so() -> None:
    assert SHIPPED.is_workday(date(2027, 10, 1))
    assert not SHIPPED.is_workday(date(2027, 10, 2))
    assert not SHIPPED.knows(date(2027, 10, 1))
    assert SHIPPED.knows(date(2026, 12, 31))


def test_the_last_week_of_december_is_not_settled_before_the_next_notice() -> None:
    assert SHIPPED.settled(date(2026, 12, 24))
    assert not SHIPPED.settled(date(2026, 12, 25))
    assert SHIPPED.settled(date(2025, 12, 31))
    assert SHIPPED.with_notice(the_2027_notice()).settled(date(2026, 12, 31))


def test_missing_years_are_those_a_stretch_of_days_needs() -> None:
    assert SHIPPED.missing_years(date(2026, 12, 1), date(2026, 12, 24)) == ()
    assert SHIPPED.missing_years(date(2026, 12, 1), date(2026, 12, 25)) == (2027,)
    assert SHIPPED.missing_years(date(2026, 12, 1), date(2028, 3, 1)) == (2027, 2028)
    assert SHIPPED.missing_years(date(2006, 12, 1), date(2007, 3, 1)) == (2006,)
    assert Calendar().missing_years(date(2026, 1, 1), date(2026, 1, 2)) == (2026,)


def test_a_gap_between_known_years_is_missed() -> None:
    gap = Calendar(notice for notice in SHIPPED.notices if notice.year != 2020)
    assert gap.missing_years(date(2019, 6, 1), date(2021, 6, 1)) == (2020,)
    assert gap.missing_years(date(2019, 12, 30), date(2019, 12, 30)) == (2020,)


def test_an_imported_notice_rules_the_december_before_it() -> None:
    calendar = SHIPPED.with_notice(the_2027_notice())
    assert calendar.years == SHIPPED.years | {2027}
    assert not calendar.is_workday(date(2026, 12, 31))
    assert calendar.name(date(2026, 12, 27)) == "调休上班"
    assert SHIPPED.is_workday(date(2026, 12, 31)), "the shipped calendar itself is never changed"


def test_a_later_notice_prevails_over_an_earlier_one_in_december() -> None:
    own = YearNotice(
        2030, {date(2030, 12, 28): "甲", date(2030, 12, 30): "甲"}, frozenset({date(2030, 12, 29)})
    )
    following = YearNotice(2031, {date(2030, 12, 29): "乙"}, frozenset({date(2030, 12, 28)}))
    for calendar in (Calendar([own, following]), Calendar([following, own])):
        assert calendar.name(date(2030, 12, 28)) == "调休上班"
        assert not calendar.is_festival(date(2030, 12, 28))
        assert calendar.name(date(2030, 12, 29)) == "乙"
        assert calendar.name(date(2030, 12, 30)) == "甲"


def test_importing_the_same_notice_twice_changes_nothing() -> None:
    once = SHIPPED.with_notice(the_2027_notice())
    twice = once.with_notice(the_2027_notice())
    assert once == twice
    assert hash(once) == hash(twice)
    assert once != SHIPPED


def test_a_revised_notice_replaces_the_whole_year() -> None:
    before = SHIPPED.with_notice(the_2020_notice_as_first_published())
    assert before.is_workday(date(2020, 1, 31))
    assert before.is_workday(date(2020, 2, 1))
    revised = next(notice for notice in SHIPPED.notices if notice.year == 2020)
    assert before.with_notice(revised) == SHIPPED


def test_counting_workdays_steps_over_festivals_and_counts_make_up_days() -> None:
    assert SHIPPED.add_workdays(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert SHIPPED.next_workday(date(2026, 9, 30)) == date(2026, 10, 8)
    assert SHIPPED.roll(date(2026, 10, 10)) == date(2026, 10, 10)
    assert SHIPPED.roll(date(2026, 10, 11)) == date(2026, 10, 12)
    with pytest.raises(ClockError):
        SHIPPED.add_workdays(date(2026, 9, 30), 0)


def test_five_workdays_never_took_longer_than_fifteen_days() -> None:
    assert SHIPPED.longest_span(1) == 11
    assert SHIPPED.longest_span(5) == 15
    assert SHIPPED.longest_span(100_000) == 0
    assert Calendar().longest_span(1) == 0


def test_a_notice_refuses_a_day_that_is_both_off_and_worked() -> None:
    with pytest.raises(NoticeError, match="只保留一项"):
        YearNotice(2027, {date(2027, 1, 2): "元旦"}, frozenset({date(2027, 1, 2)}))


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2028, 2, 1)])
def test_a_notice_refuses_days_far_from_its_year(day: date) -> None:
    with pytest.raises(NoticeError, match="2027年安排"):
        YearNotice(2027, {day: "元旦"}, frozenset())


def test_a_notice_cannot_be_changed_from_outside() -> None:
    off = {date(2027, 1, 1): "元旦"}
    notice = YearNotice(2027, off, frozenset())
    off[date(2027, 1, 2)] = "元旦"
    assert list(notice.holidays) == [date(2027, 1, 1)]
    assert hash(notice) == hash(YearNotice(2027, {date(2027, 1, 1): "元旦"}, frozenset()))
