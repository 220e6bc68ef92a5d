"""Values of cells: exact numbers, phones, identity numbers, tidy words."""

import contextlib
import time as clock
from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoluo.exchange.sheets.problems import Unreadable
from zhuoluo.exchange.sheets.values import (
    Value,
    as_text,
    blank,
    damaged,
    half_width,
    parse_code,
    parse_count,
    parse_id_number,
    parse_phone,
    placeholder,
    tidy_block,
    tidy_line,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (430281.0, "430281"),
        (1.5201e4, "15201"),
        (0.1, "0.1"),
        (100.0, "100"),
        (1e-7, "0.0000001"),
        (-3.0, "-3"),
        (0.0, "0"),
        (188006.0, "188006"),
        (999999999999999.0, "999999999999999"),
        (True, "TRUE"),
        (7, "7"),
        ("007", "007"),
        (date(2020, 1, 6), "2020-01-06"),
        (datetime(2020, 1, 6, 12, 9, 38), "2020-01-06 12:09:38"),
        (time(9, 5), "09:05:00"),
    ],
)
def test_a_number_becomes_the_text_that_names_it_exactly(value: Value, text: str) -> None:
    assert as_text(value) == text


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_no_whole_number_of_fifteen_digits_changes_through_a_float(number: int) -> None:
    assert as_text(float(number)) == str(number)
    assert not damaged(float(number))


@pytest.mark.parametrize(
    "value",
    [4.30281198001012e17, 1e15, "4.30281E+17", "1.38E+10", "４.３０２８１E+17", " 4.30281198001012E+17 "],
)
def test_a_number_that_lost_digits_is_noticed(value: Value) -> None:
    assert damaged(value)
    for parse in (parse_code, parse_phone, parse_id_number):
        with pytest.raises(Unreadable) as refused:
            parse(value)
        assert refused.value.reason.code == "number_damaged"


@pytest.mark.parametrize(
    "value", ["E5", "1.5E2", "2E10栋", "430281198001012345", 188006.0, 0.5, True, "", "A1E+20"]
)
def test_an_honest_value_is_not_called_damaged(value: Value) -> None:
    assert not damaged(value)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (188006.0, "188006"),
        ("００１２３", "00123"),
        (" AB-12 ", "AB-12"),
        ('="00123"', "00123"),
        ("'00123", "00123"),
        ("XF 2020　001", "XF2020001"),
        ("\u200b123\ufeff", "123"),
        ("〔2020〕12号", "〔2020〕12号"),
    ],
)
def test_a_code_keeps_every_digit_and_leading_zero(value: Value, code: str) -> None:
    assert parse_code(value) == code


@pytest.mark.parametrize(
    ("value", "phone"),
    [
        ("13800000000", "13800000000"),
        (13800000000.0, "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("0086-13800000000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("+8613800000000", "13800000000"),
        ("＋８６１３８００００００００", "13800000000"),
        ("013800000000", "13800000000"),
        ("0731-88888888", "0731-88888888"),
        ("（0731）88888888", "0731-88888888"),
        ("073188888888", "0731-88888888"),
        ("010-12345678", "010-12345678"),
        ("88888888", "88888888"),
        ("8888888", "8888888"),
        ("0731-88888888转801", "0731-88888888转801"),
        ("12345", "12345"),
        ("4001234567", "4001234567"),
        ("110", "110"),
        ('="13800000000"', "13800000000"),
        ("13800000000、0731-88888888", "13800000000、0731-88888888"),
        ("13800000000/13900000000", "13800000000、13900000000"),
        ("13800000000 13900000000", "13800000000、13900000000"),
        ("13800000000；13800000000", "13800000000"),
        ("13800000000\n", "13800000000"),
    ],
)
def test_a_phone_is_read_however_it_is_written(value: Value, phone: str) -> None:
    assert parse_phone(value) == phone


@pytest.mark.parametrize(
    "value", ["1380000000", "138000000001", "张三", "13800000000张三", "没电话", "23800000000", "", "、", "0"]
)
def test_what_is_no_phone_is_refused(value: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_phone(value)
    assert refused.value.reason.code == "phone_unclear"


def test_an_identity_number_stays_text() -> None:
    assert parse_id_number("43028119800101234x") == "43028119800101234X"
    assert parse_id_number("４３０２８１１９８００１０１２３４５") == "430281198001012345"
    assert parse_id_number('="430281198001012345"') == "430281198001012345"
    assert parse_id_number("430281800101234") == "430281800101234"
    with pytest.raises(Unreadable, match="不像身份证号码"):
        parse_id_number("4302811980010123")


def test_a_count_is_whole() -> None:
    assert [parse_count(value) for value in (3.0, "３", "1,200", "5.0", 0)] == [3, 3, 1200, 5, 0]
    for wrong in (2.5, "三", "-1", "", True, "3人"):
        with pytest.raises(Unreadable):
            parse_count(wrong)


def test_words_are_trimmed_and_otherwise_left_alone() -> None:
    assert tidy_line("\u3000 路灯　不亮\t了\r\n\u200b") == "路灯 不亮 了"
    assert tidy_line("Ａ３区１栋") == "Ａ３区１栋"
    assert tidy_block("\n\t\t第一行 \r\n\r\n\r\n\r\n　　第二行\t\n") == "第一行\n\n第二行"
    assert tidy_block("一\u2028二") == "一\n二"


@pytest.mark.parametrize("name", ["㛃", "䶮", "𠮷", "欧阳𠮷", "阿卜杜·热合曼"])
def test_rare_names_pass_through_every_step(name: str) -> None:
    assert tidy_line(name) == tidy_block(name) == half_width(name) == as_text(name) == name


def test_a_blank_cell_is_one_where_nothing_can_be_seen() -> None:
    assert all(blank(value) for value in ("", " ", "\u3000\t", "\u200b", "\ufeff\n", "\u00ad", None))
    assert not any(blank(value) for value in ("a", 0, 0.0, False, "\u200ba", " .", date(2020, 1, 6)))


def test_words_for_nothing_are_known() -> None:
    assert all(placeholder(text) for text in ("无", "／", "—", "N/A", " - ", "不详", ""))
    assert not placeholder("无名氏")


@pytest.mark.parametrize(
    "parse", [parse_phone, parse_code, parse_count, parse_id_number, tidy_line, tidy_block, half_width]
)
@pytest.mark.parametrize("piece", ["1", "1 ", "+86", "、", "\u3000", "\n", "(", "="])
def test_a_hundred_kilobytes_take_no_time(parse: Callable[[str], object], piece: str) -> None:
    start = clock.process_time()
    with contextlib.suppress(Unreadable):
        parse(piece * (100_000 // len(piece)))
    assert clock.process_time() - start < 0.2


@given(st.text(max_size=60))
def test_any_text_is_a_phone_or_refused(text: str) -> None:
    try:
        found = parse_phone(text)
    except Unreadable:
        return
    assert parse_phone(found) == found
