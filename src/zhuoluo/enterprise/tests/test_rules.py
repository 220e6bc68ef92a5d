"""Credit codes, days of a project, working-day clocks: the pure part."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoluo.clock import Calendar
from zhuoluo.enterprise.rules.codes import read_code
from zhuoluo.enterprise.rules.days import Span, account, after_workdays
from zhuoluo.enterprise.rules.errors import Refused
from zhuoluo.enterprise.rules.steps import plans
from zhuoluo.kit.credit_code import SIGNS, check_sign

CALENDAR = Calendar.shipped()
MONDAY = date(2026, 3, 2)
BODY = "91431281MA0000001"


def test_a_code_is_read_however_it_is_typed() -> None:
    code = BODY + check_sign(BODY)
    assert read_code(f" {code[:8].lower()} {code[8:]} ") == code


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "请写统一社会信用代码"), ("914312", "应为 18 位"), ("9143128IMA00000010", "没有“I”"),
        (BODY + ("1" if check_sign(BODY) != "1" else "2"), "校验位"),
    ],
)  # fmt: skip
def test_a_wrong_code_says_where_it_is_wrong(typed: str, told: str) -> None:
    with pytest.raises(Refused, match=told.replace("(", r"\(").replace(")", r"\)")):
        read_code(typed)


@given(st.text(alphabet=SIGNS, min_size=9, max_size=9), st.integers(0, 999_999))
def test_one_wrong_sign_never_passes(tail: str, division: int) -> None:
    body = f"91{division:06d}{tail}"
    code = body + check_sign(body)
    assert read_code(code) == code
    for place in (0, 9, 16):
        other = SIGNS[(SIGNS.index(code[place]) + 1) % 31]
        with pytest.raises(Refused):
            read_code(code[:place] + other + code[place + 1 :])


def test_every_day_is_accounted_for_once_and_a_hand_over_belongs_to_the_morning() -> None:
    spans = [
        Span("交地", "自规局", MONDAY, MONDAY + timedelta(days=3)),
        Span("备图纸", "企业", MONDAY + timedelta(days=3), MONDAY + timedelta(days=8)),
        Span("审图", "住建局", MONDAY + timedelta(days=10), None),
    ]
    made = account(MONDAY, MONDAY + timedelta(days=14), spans, CALENDAR)
    assert made.days == 15
    assert made.lines[3].holders == ("自规局",)  # Thursday: handed on that day
    assert {s.holder: s.days for s in made.shares} == {"自规局": 4, "企业": 5, "": 1, "住建局": 5}
    assert made.idle == 1  # Wednesday 11: with nobody
    assert made.workdays == sum(CALENDAR.is_workday(MONDAY + timedelta(days=n)) for n in range(15))


def test_steps_side_by_side_are_told_as_shared_and_never_added_twice() -> None:
    spans = [
        Span("环评", "环保", MONDAY, MONDAY + timedelta(days=4)),
        Span("审图", "住建", MONDAY, MONDAY + timedelta(days=4)),
    ]
    made = account(MONDAY, MONDAY + timedelta(days=4), spans, CALENDAR)
    assert made.days == 5
    assert [(s.holder, s.days, s.shared) for s in made.shares] == [("环保", 5, 5), ("住建", 5, 5)]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20), st.sampled_from("ABC")), max_size=8),
    st.integers(0, 90),
)
def test_the_lines_are_the_days_and_the_shares_are_the_lines(
    steps: list[tuple[int, int, str]], length: int
) -> None:
    spans = [
        Span(f"{n}", who, MONDAY + timedelta(days=a), MONDAY + timedelta(days=a + b))
        for n, (a, b, who) in enumerate(steps)
    ]
    made = account(MONDAY, MONDAY + timedelta(days=length), spans, CALENDAR)
    assert [line.day for line in made.lines] == [MONDAY + timedelta(days=n) for n in range(length + 1)]
    for share in made.shares:
        own = [line for line in made.lines if share.holder in (line.holders or ("",))]
        assert (share.days, share.workdays) == (len(own), sum(line.works for line in own))
    assert made.idle == sum(line.works and not line.holders for line in made.lines)


def test_working_days_are_counted_from_the_next_one_over_holidays() -> None:
    assert after_workdays(date(2026, 9, 24), 2, CALENDAR) == date(
        2026, 9, 29
    )  # Mid-Autumn: Friday 25 to Sunday 27
    assert after_workdays(MONDAY, 5, CALENDAR) == date(2026, 3, 9)


def test_the_usual_steps_are_complete_data() -> None:
    for plan in plans().values():
        assert plan.aim >= 1
        for step in plan.steps:
            assert step.workdays >= 1
