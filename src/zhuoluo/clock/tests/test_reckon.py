import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from zhuoluo.clock import (
    BEIJING,
    Calendar,
    ClockError,
    Due,
    Pause,
    Rulebook,
    Term,
    TermError,
    reckon,
    set_date,
)
from zhuoluo.clock.tests.test_days import the_2020_notice_as_first_published, the_2027_notice

SHIPPED = Calendar.shipped()


def term(id_: str, on: date = date(2026, 1, 1)) -> Term:
    return Rulebook.shipped().term(id_, on)


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BEIJING)


def test_an_act_in_the_last_instant_is_in_time_and_at_midnight_it_is_late() -> None:
    due = reckon(term("xf.answer"), at(2026, 8, 3), SHIPPED)
    midnight = datetime(2026, 10, 9, 0, 0, tzinfo=BEIJING)
    assert due.legal == midnight
    assert due.in_time(midnight - timedelta(microseconds=1))
    assert not due.in_time(midnight)


def test_a_date_tells_its_days_in_beijing() -> None:
    due = reckon(term("xf.answer"), at(2026, 8, 3), SHIPPED)
    assert (due.first_day, due.target_day, due.legal_day) == (
        date(2026, 8, 4),
        date(2026, 10, 2),
        date(2026, 10, 8),
    )


def test_the_first_day_of_working_days_is_the_first_one_counted() -> None:
    assert reckon(term("xf.object"), at(2026, 9, 30), SHIPPED).first_day == date(2026, 10, 8)


def test_any_zone_gives_the_same_date() -> None:
    new_york = datetime(2026, 3, 31, 12, 0, tzinfo=timezone(timedelta(hours=-4)))
    assert reckon(term("xf.answer"), new_york, SHIPPED) == reckon(
        term("xf.answer"), at(2026, 4, 1, 0), SHIPPED
    )


def test_importing_the_missing_notice_makes_a_provisional_date_final() -> None:
    start = at(2026, 11, 2)
    before = reckon(term("xf.answer"), start, SHIPPED)
    after = reckon(term("xf.answer"), start, SHIPPED.with_notice(the_2027_notice()))
    assert (before.provisional, before.missing_years) == (True, (2027,))
    assert (after.provisional, after.missing_years) == (False, ())
    assert (before.legal_day, after.legal_day) == (date(2027, 1, 1), date(2027, 1, 4))
    assert "2027年放假安排" in before.explanation()
    assert "暂定" not in after.explanation()


def test_a_notice_that_rules_late_december_moves_a_date_the_old_calendar_had_marked() -> None:
    start = at(2026, 12, 16)
    before = reckon(term("xf.route"), start, SHIPPED)
    after = reckon(term("xf.route"), start, SHIPPED.with_notice(the_2027_notice()))
    assert before.provisional
    assert (before.legal_day, after.legal_day) == (date(2026, 12, 31), date(2027, 1, 4))


def test_a_change_in_the_middle_of_a_holiday_moves_the_dates_in_it() -> None:
    first_published = SHIPPED.with_notice(the_2020_notice_as_first_published())
    start = at(2019, 12, 2)
    rule = term("xf.answer", start.date())
    assert reckon(rule, start, first_published).legal_day == date(2020, 1, 31)
    assert reckon(rule, start, SHIPPED).legal_day == date(2020, 2, 3)
    one_day = term("xf.simple.forward", date(2020, 1, 22))
    assert reckon(one_day, at(2020, 1, 31), first_published).legal_day == date(2020, 2, 1)
    assert reckon(one_day, at(2020, 1, 31), SHIPPED).legal_day == date(2020, 2, 3)


def test_natural_days_through_an_unknown_year_ask_only_about_their_end() -> None:
    known_end = Calendar(notice for notice in SHIPPED.notices if notice.year != 2019)
    long = replace(term("house.execute"), length=400)
    assert not reckon(long, at(2018, 12, 1), known_end).provisional
    days = replace(term("house.cohandle"), length=300)
    assert reckon(days, at(2018, 12, 1), known_end).missing_years == (2019,)
    stretched = reckon(term("house.execute"), at(2018, 9, 1), known_end, extension=days)
    assert stretched.missing_years == (2019,)


def test_an_extension_may_be_a_rule_or_a_number_of_days() -> None:
    by_rule = reckon(term("xf.answer"), at(2026, 8, 3), SHIPPED, extension=term("xf.extend"))
    by_number = reckon(term("xf.answer"), at(2026, 8, 3), SHIPPED, extension=30)
    assert by_rule == by_number
    assert by_rule.legal_day == date(2026, 11, 2)
    assert "经批准延长30日（信访工作条例 第34条），到2026年11月1日（周日）" in by_rule.explanation()


def test_a_house_term_in_working_days_may_be_extended_by_working_or_natural_days() -> None:
    base = term("house.inquiry.answer")
    more = replace(term("house.callback"), length=2)
    assert reckon(base, at(2026, 9, 21), SHIPPED, extension=more).legal_day == date(2026, 10, 8)
    natural = reckon(base, at(2026, 9, 21), SHIPPED, extension=5)
    assert (natural.target_day, natural.legal_day) == (date(2026, 10, 4), date(2026, 10, 8))


@pytest.mark.parametrize(
    ("id_", "extension", "message"),
    [
        ("xf.answer", 31, "至多可延长30日，现要延长31日"),
        ("xf.review.answer", 5, "没有可以延长的规定"),
        ("xf.object", 1, "没有可以延长的规定"),
        ("xf.answer", 0, "延长应为1到3660日"),
        ("house.contact", 5, "不能中止或延长"),
    ],
)
def test_an_extension_the_rule_does_not_allow_is_refused(id_: str, extension: int, message: str) -> None:
    with pytest.raises(TermError, match=message):
        reckon(term(id_), at(2026, 8, 3), SHIPPED, extension=extension)


def test_an_extension_in_hours_is_refused() -> None:
    with pytest.raises(TermError, match="24 hour"):
        reckon(term("house.execute"), at(2026, 8, 3), SHIPPED, extension=term("house.contact"))


def test_a_shorter_period_can_be_set_for_one_case_but_no_longer_one() -> None:
    due = reckon(term("xf.answer"), at(2026, 8, 3), SHIPPED, length=20)
    assert due.legal_day == date(2026, 8, 24)
    assert "本件的期限定为20日" in due.explanation()
    assert "set at 20 days" in due.explanation("en")
    with pytest.raises(TermError, match="1到60之间"):
        reckon(term("xf.answer"), at(2026, 8, 3), SHIPPED, length=61)
    with pytest.raises(TermError, match="现为0"):
        reckon(term("house.execute"), at(2026, 8, 3), SHIPPED, length=0)


def test_a_hearing_within_the_extension_moves_the_extended_end() -> None:
    pauses = [Pause(date(2026, 10, 10), date(2026, 10, 13))]
    due = reckon(term("xf.answer"), at(2026, 8, 3), SHIPPED, pauses=pauses, extension=30)
    assert due.target_day == date(2026, 11, 4)


def test_a_pause_without_days_or_with_hours_is_refused() -> None:
    empty = Pause(date(2026, 9, 10), date(2026, 9, 10))
    with pytest.raises(TermError, match="中止期间应从较早到较晚"):
        reckon(term("xf.second.answer"), at(2026, 9, 1), SHIPPED, pauses=[empty])
    with pytest.raises(TermError, match="不能中止或延长"):
        reckon(
            term("house.contact"), at(2026, 9, 1), SHIPPED, pauses=[replace(empty, until=date(2026, 9, 11))]
        )


def test_naive_and_absurd_moments_are_refused() -> None:
    with pytest.raises(ClockError, match="naive"):
        reckon(term("xf.answer"), datetime(2026, 1, 1), SHIPPED)
    with pytest.raises(ClockError, match="超出可计算的年份"):
        reckon(term("xf.answer"), datetime(206, 1, 1, tzinfo=UTC), SHIPPED)
    with pytest.raises(ClockError, match="超出可计算的年份"):
        reckon(term("xf.answer"), datetime(2199, 12, 1, tzinfo=UTC), SHIPPED)
    with pytest.raises(ClockError, match="naive"):
        reckon(term("xf.answer"), at(2026, 1, 1), SHIPPED).in_time(datetime(2026, 1, 1))


def test_a_set_date_ends_with_its_day_and_is_not_rolled() -> None:
    due = set_date(date(2026, 10, 3), at(2026, 9, 1), SHIPPED)
    assert due.term_id == "set"
    assert due.target == due.legal == datetime(2026, 10, 4, 0, 0, tzinfo=BEIJING)
    assert not due.provisional
    assert "指定为2026年10月3日（周六），当天是休息日（国庆节），不顺延" in due.explanation()
    assert "National Day" in due.explanation("en")
    assert "休息日" not in set_date(date(2026, 10, 10), at(2026, 9, 1), SHIPPED).explanation()


def test_a_set_date_may_be_today_but_not_yesterday() -> None:
    assert set_date(date(2026, 9, 1), at(2026, 9, 1, 23), SHIPPED).legal_day == date(2026, 9, 1)
    with pytest.raises(ClockError, match="早于事由发生日2026-09-01"):
        set_date(date(2026, 8, 31), at(2026, 9, 1), SHIPPED)
    with pytest.raises(ClockError, match="超出可计算的年份"):
        set_date(date(2926, 9, 1), at(2026, 9, 1), SHIPPED)


def test_an_explanation_reads_as_a_person_would_say_it() -> None:
    due = reckon(term("xf.answer"), at(2026, 8, 3), SHIPPED)
    assert due.explanation() == (
        "依据信访工作条例 第34条“办结答复”，60日。\n"
        "2026年8月3日（周一）当日不计入，从2026年8月4日（周二）起算（民法典第201条）。\n"
        "按自然日计算（休息日照算），第60日是2026年10月2日（周五）。\n"
        "2026年10月2日（周五）是休息日，法定期限顺延到其后第一个工作日2026年10月8日（周四）（民法典第203条），"
        "跳过休息日6天：国庆节6天（10月2日至10月7日）。\n"
        "目标日期是2026年10月2日（周五），法定期限是2026年10月8日（周四）；在2026年10月8日（周四）24:00之前办到，即为按期。"
    )


def test_an_english_explanation_reads_the_same() -> None:
    due = reckon(term("xf.object"), at(2026, 2, 12), SHIPPED)
    assert due.explanation("en") == (
        "Under Regulations on Petition Work, art. 23, "
        "“Object to a forwarding or assignment”: 5 working days.\n"
        "The day of the act, Thu 2026-02-12, is not counted; "
        "counting begins on Fri 2026-02-13 (Civil Code, art. 201).\n"
        "Counting working days, day 5 is Thu 2026-02-26, "
        "passing 9 rest days: Spring Festival 9 (02-15 to 02-23); make-up workdays counted: Sat 2026-02-14.\n"
        "Done before Thu 2026-02-26 24:00 Beijing time is on time."
    )


def test_plain_weekends_are_summed_and_festivals_named() -> None:
    due = reckon(term("house.cohandle"), at(2025, 9, 16), SHIPPED)
    assert "跳过休息日3天：周末3天；调休上班的2025年9月28日（周日）计入" in due.explanation()
    later = reckon(term("house.cohandle"), at(2025, 9, 22), SHIPPED)
    assert "跳过休息日9天：国庆节、中秋节8天（10月1日至10月8日）、周末1天" in later.explanation()


def test_a_right_says_that_it_rolls_and_a_pause_says_why() -> None:
    right = reckon(term("xf.review.request"), at(2026, 9, 3), SHIPPED)
    assert "权利期限顺延到其后第一个工作日2026年10月8日（周四）" in right.explanation()
    assert "目标日期" not in right.explanation()
    heard = reckon(
        term("xf.second.answer"),
        at(2026, 9, 1),
        SHIPPED,
        pauses=[Pause(date(2026, 9, 10), date(2026, 9, 15))],
    )
    assert "听证期间2026年9月10日（周四）至2026年9月14日（周一）不计入期限，共5日。" in heard.explanation()


def test_nights_and_hours_say_that_rest_days_do_not_move_them() -> None:
    for id_ in ("house.same_night", "house.next_morning", "house.contact"):
        due = reckon(term(id_), at(2026, 10, 1, 23), SHIPPED)
        assert "不因休息日顺延" in due.explanation()
        assert "rest days do not move it" in due.explanation("en")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ClockError, match="language"):
        reckon(term("xf.answer"), at(2026, 8, 3), SHIPPED).explanation("fr")


def test_a_date_survives_json() -> None:
    pauses = [Pause(date(2026, 12, 10), date(2026, 12, 15))]
    due = reckon(term("xf.answer"), at(2026, 11, 2), SHIPPED, pauses=pauses, extension=30)
    assert Due.from_json(json.loads(json.dumps(due.as_json()))) == due
