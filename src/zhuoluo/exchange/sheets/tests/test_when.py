"""Moments as clerks write them."""

import time as clock
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoluo.exchange.sheets.problems import Reason, Unreadable
from zhuoluo.exchange.sheets.values import parse_when
from zhuoluo.exchange.sheets.when import SHANGHAI, from_serial

SIXTH = date(2020, 1, 6)


def read_or_reason(value: str | float) -> date | Reason:
    """What is read, or why it cannot be."""
    try:
        return parse_when(value)
    except Unreadable as refused:
        return refused.reason


def at(hour: int, minute: int = 0, second: int = 0, day: int = 6) -> datetime:
    """A moment of January 2020 in Shanghai."""
    return datetime(2020, 1, day, hour, minute, second, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "text",
    [
        "2020-1-6",
        "2020/1/6",
        "2020.1.6",
        "2020-01-06",
        "2020/01/06",
        "2020年1月6日",
        "2020年01月06日",
        "2020年1月6号",
        "2020年1月6",
        "20200106",
        "２０２０年１月６日",
        "２０２０／１／６",
        "2020 年 1 月 6 日",
        " 2020-1-6\t",
        "2020。1。6",
        "2020\\1\\6",
        "2020—1—6",
        "2020-1-6 星期一",
        "2020年1月6日（星期一）",
        "2020年1月6日周一",
        "二〇二〇年一月六日",
        "二零二零年一月六日",
        "'2020-1-6",
        "\u200b2020-1-6\ufeff",
        "43836",
        "2020.01.06日",
        "2020年元月6日",
        "2020.1.6.",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    found = parse_when(text)
    assert found == SIXTH
    assert not isinstance(found, datetime)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020/1/6 12:09:38", at(12, 9, 38)),
        ("2020-01-06 12:09:38", at(12, 9, 38)),
        ("2020-01-06T12:09:38", at(12, 9, 38)),
        ("2020-01-06 12:09:38.123", at(12, 9, 38)),
        ("2020-01-06T12:09:38+08:00", at(12, 9, 38)),
        ("2020-01-06T04:09:38Z", at(12, 9, 38)),
        ("2020-01-06T04:09:38.5+0000", at(12, 9, 38)),
        ("20200106120938", at(12, 9, 38)),
        ("20200106 120938", at(12, 9, 38)),
        ("202001061209", at(12, 9)),
        ("2020年1月6日 上午9时5分", at(9, 5)),
        ("2020年1月6日上午9时05分30秒", at(9, 5, 30)),
        ("2020年1月6日 下午3点", at(15)),
        ("2020年1月6日下午3点半", at(15, 30)),
        ("2020年1月6日 9时", at(9)),
        ("2020年1月6日9时整", at(9)),
        ("2020年1月6日9点一刻", at(9, 15)),
        ("2020/1/6 9:5", at(9, 5)),
        ("2020/1/6　１２：０９：３８", at(12, 9, 38)),
        ("2020.1.6 14:00", at(14)),
        ("2020-1-6 12:09:38 PM", at(12, 9, 38)),
        ("2020-1-6 02:09 pm", at(14, 9)),
        ("2020-1-6 AM 12:30", at(0, 30)),
        ("2020-1-6 下午14:30", at(14, 30)),
        ("2020-1-6 中午12:30", at(12, 30)),
        ("2020-1-6 中午1点", at(13)),
        ("2020-1-6 上午12点", at(12)),
        ("2020-1-6 凌晨12点半", at(0, 30)),
        ("2020-1-6 晚上8点", at(20)),
        ("2020-1-6 晚上12点", at(0, day=7)),
        ("2020-1-6 24:00", at(0, day=7)),
        ("2020-1-6 0:00:00", at(0)),
        ("2020-1-6 星期一 12:00", at(12)),
        ("2020年1月6日（周一）下午2:30", at(14, 30)),
        ("2020-1-6,12:00", at(12)),
        ("43836.5", at(12)),
        ("二〇二〇年一月六日上午九时".replace("九", "9"), at(9)),
    ],
)
def test_a_moment_is_read_however_it_is_written(text: str, expected: datetime) -> None:
    found = parse_when(text)
    assert isinstance(found, datetime)
    assert found == expected
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1月6日", "when_no_year"),
        ("1月6日 9时", "when_no_year"),
        ("1.6", "when_no_year"),
        ("01-06", "when_no_year"),
        ("20年1月6日", "when_short_year"),
        ("20-1-6", "when_short_year"),
        ("20.01.06", "when_short_year"),
        ("2020年1月", "when_no_day"),
        ("2020年", "when_no_day"),
        ("2020", "when_no_day"),
        ("2020-1", "when_no_day"),
        ("202001", "when_no_day"),
        ("1/6/2020", "when_order"),
        ("06.01.2020", "when_order"),
        ("2020年1月6日-8日", "when_many"),
        ("2020-1-6至2020-1-8", "when_many"),
        ("2020.1.6，2020.2.8", "when_many"),
        ("2020-1-6 2020-1-7", "when_many"),
        ("9时5分", "when_only_time"),
        ("12:09:38", "when_only_time"),
        (time(9, 5), "when_only_time"),
        (timedelta(hours=9), "when_only_time"),
        ("2020年2月30日", "when_impossible"),
        ("2019-2-29", "when_impossible"),
        ("2020-13-1", "when_impossible"),
        ("20200230", "when_impossible"),
        ("2020/0/6", "when_impossible"),
        ("2020-1-6 25:00", "when_time_impossible"),
        ("2020-1-6 24:01", "when_time_impossible"),
        ("2020-1-6 12:61", "when_time_impossible"),
        ("2020-1-6 上午13点", "when_time_impossible"),
        ("2220-1-6", "when_year_range"),
        ("1820-1-6", "when_year_range"),
        ("2020年1月6日收到", "when_unreadable"),
        ("约2020年1月", "when_unreadable"),
        ("上周五", "when_unreadable"),
        ("", "when_blank"),
        ("   ", "when_blank"),
        ("x" * 100_000, "when_unreadable"),
        (12, "when_serial"),
        (1.6, "when_serial"),
        (202001.0, "when_serial"),
        (-5.0, "when_serial"),
        (1e300, "when_serial"),
        (float("nan"), "when_serial"),
        (float("inf"), "when_serial"),
        (True, "when_unreadable"),
        ("99999", "when_serial"),
    ],
)
def test_a_date_that_is_unsure_is_refused_with_its_reason(value: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_when(value)
    assert refused.value.reason.code == code


def test_the_impossible_day_is_named_in_the_sentence() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_when("2020年2月30日")
    assert refused.value.reason.sentence("zh") == "“2020年2月30日”这一天不存在。"
    assert refused.value.reason.sentence("en") == "There is no such day as “2020年2月30日”."


@pytest.mark.parametrize(
    ("serial", "expected"),
    [
        (43836, SIXTH),
        (43836.0, SIXTH),
        (43836.5, at(12)),
        (43836.506689814814, at(12, 9, 38)),
        (43836.99999, at(23, 59, 59)),
        (20200106.0, SIXTH),
        (20200106, SIXTH),
    ],
)
def test_the_numbers_of_excel_are_days(serial: float, expected: date) -> None:
    assert parse_when(serial) == expected


def test_a_workbook_of_1904_counts_from_another_day() -> None:
    assert parse_when(43836 - 1462, date1904=True) == SIXTH
    assert parse_when("42374.5", date1904=True) == at(12)


def test_the_leap_day_that_excel_made_up_is_no_day() -> None:
    assert from_serial(1) == datetime(1900, 1, 1)
    assert from_serial(59) == datetime(1900, 2, 28)
    assert from_serial(61) == datetime(1900, 3, 1)
    with pytest.raises(Unreadable):
        from_serial(60.5)


def test_what_the_sheet_reader_already_took_for_a_date_is_kept() -> None:
    assert parse_when(SIXTH) == SIXTH
    assert parse_when(datetime(2020, 1, 6, 12, 9, 37, 999_999)) == at(12, 9, 38)
    assert parse_when(datetime(2020, 1, 6, 4, tzinfo=UTC)) == at(12)
    assert parse_when(datetime(2020, 1, 6, 5, tzinfo=timezone(timedelta(hours=9)))) == at(4)


MOMENTS = st.datetimes(datetime(1992, 1, 1), datetime(2119, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
DAY_FORMS = (
    "{0.year}-{0.month}-{0.day}",
    "{0.year}/{0.month:02}/{0.day:02}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year}{0.month:02}{0.day:02}",
    "{0.year} 年 {0.month} 月 {0.day} 日",
)
TIME_FORMS = (
    " {0.hour}:{0.minute:02}:{0.second:02}",
    " {0.hour}时{0.minute}分{0.second}秒",
    "　{0.hour}：{0.minute}：{0.second}",
)


@given(MOMENTS, st.sampled_from(DAY_FORMS), st.sampled_from(TIME_FORMS), st.booleans())
def test_every_moment_written_in_every_form_is_read_back(
    moment: datetime, day: str, hour: str, wide: bool
) -> None:
    text = (day + hour).format(moment)
    if wide:
        text = text.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    assert parse_when(text) == moment.replace(tzinfo=SHANGHAI)


@given(MOMENTS, st.booleans())
def test_every_moment_survives_as_a_number_of_excel(moment: datetime, date1904: bool) -> None:
    first = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
    serial = (moment - first) / timedelta(days=1)
    found = parse_when(serial, date1904=date1904)
    expected = moment.date() if serial.is_integer() else moment.replace(tzinfo=SHANGHAI)
    assert found == expected


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(DAY_FORMS))
def test_every_day_is_read_back_as_a_day(day: date, form: str) -> None:
    assert parse_when(form.format(day)) == day


PIECES = st.lists(
    st.sampled_from([*"0123456789年月日时分秒点:-/.上午下半T Z+～至", "2020", "星期一"]), max_size=40
).map("".join)


@given(PIECES | st.text(max_size=80))
def test_any_text_is_read_or_refused_never_anything_else(text: str) -> None:
    found = read_or_reason(text)
    if isinstance(found, Reason):
        assert found.sentence("zh")
        assert found.sentence("en")
    else:
        assert not isinstance(found, datetime) or found.tzinfo is UTC


@given(st.floats() | st.integers())
def test_any_number_is_read_or_refused(number: float) -> None:
    found = read_or_reason(number)
    assert found.code.startswith("when_") if isinstance(found, Reason) else 1900 <= found.year <= 2199


@pytest.mark.parametrize("piece", ["2020-1-6 ", "1", "上午", " ", "年", "2020年", "一", "9:", "\u3000", "-"])
def test_a_hundred_kilobytes_of_malice_take_no_time(piece: str) -> None:
    start = clock.process_time()
    with pytest.raises(Unreadable):
        parse_when(piece * (100_000 // len(piece)))
    assert clock.process_time() - start < 0.1
