"""Calculators: worked by hand, exact to the fen, by the standards of the day, every step with its clause."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.county import MONDAY, County
from zhuoluo.outreach.policy import actions, reads
from zhuoluo.outreach.policy.actions import DocumentContent
from zhuoluo.outreach.policy.reads.calculators import standards
from zhuoluo.outreach.policy.rules.calculators import CALCULATORS, Outcome, WrongValue
from zhuoluo.outreach.policy.rules.calculators.asked import read_all
from zhuoluo.outreach.policy.rules.calculators.reckoned import fen
from zhuoluo.outreach.policy.rules.calculators.retirement import payout_months, retirement
from zhuoluo.outreach.policy.rules.calculators.standards import BadStandards, read_standards
from zhuoluo.outreach.policy.rules.errors import Refused
from zhuoluo.outreach.policy.rules.splitting import split

ON = date(2026, 11, 23)


def outcome(slug: str, on: date = ON, **typed: str) -> Outcome:
    chosen = CALCULATORS[slug]
    return chosen.reckon(read_all(chosen.asks, typed), standards(), on)


def said(made: Outcome) -> list[tuple[str, str]]:
    return [(str(step.words), str(step.value)) for step in made.steps]


# ------------------------------------------------------------------ residents: paid for fifteen years, how much a month?


def test_fifteen_years_and_a_known_account() -> None:
    made = outcome("resident-pension", years="15", account="9800")
    # 185 + 9800 / 139 = 185 + 70.5035…
    assert (made.result, made.unit) == (Decimal("255.50"), "元/月")
    assert said(made)[-1] == ("每月合计", "255.50 元")
    assert made.steps[-1].formula == "185.00 + 0.00 + 70.50"


def test_without_the_account_it_is_what_was_paid_and_added_and_the_page_says_that_interest_is_missing() -> (
    None
):
    made = outcome("resident-pension", years="20", yearly="500")
    # (500 + 60) × 20 = 11,200; ÷ 139 = 80.5755…; 185 + 3 × 5 + 80.58
    assert made.result == Decimal("280.58")
    assert "没算利息" in str(made.notes[0])


@pytest.mark.parametrize(
    ("yearly", "added"),
    [("199.99", "0.00"), ("200", "30.00"), ("499", "40.00"), ("500", "60.00"), ("5000", "260.00")],
)
def test_the_subsidy_is_that_of_the_tier_reached(yearly: str, added: str) -> None:
    assert ("每缴一年，政府补贴", f"{added} 元") in said(
        outcome("resident-pension", years="15", yearly=yearly)
    )


def test_fourteen_years_are_not_enough_and_it_says_what_lacks() -> None:
    made = outcome("resident-pension", years="14", account="9800")
    assert (made.result, made.entitled) == (Decimal("0.00"), False)
    assert said(made)[-1] == ("还差", "1 年")


def test_neither_account_nor_yearly_amount_is_asked_for_again() -> None:
    with pytest.raises(WrongValue, match="至少填一样"):
        outcome("resident-pension", years="15")


def test_the_standards_of_last_year_are_used_for_a_day_of_last_year() -> None:
    made = outcome("resident-pension", date(2025, 12, 31), years="16", account="13900")
    assert made.result == Decimal("165.00") + Decimal("2.00") + Decimal("100.00")


# ------------------------------------------------------------------ employees

MAN = {"kind": "male", "born": "1966-05", "years": "15", "index": "0.6", "account": "40000"}


def test_the_pension_of_a_man_who_paid_fifteen_years() -> None:
    made = outcome("employee-pension", **MAN)
    # Born May 1966: 16 months after January 1965, so 5 months later: 60 years 5 months, October 2026.
    assert said(made)[0] == ("到法定退休年龄：原来 60 岁，延迟 5 个月", "60 岁 5 个月（2026 年 10 月）")
    # 6540 × 0.6 = 3924; (6540 + 3924) / 2 × 15 × 1% = 784.80; months 139 − 7 × 5/12 = 136.08… → 136.1;
    # 40000 / 136.1 = 293.9015…
    assert ("个人账户养老金计发月数", "136.1 个月") in said(made)
    assert made.result == Decimal("784.80") + Decimal("293.90")


def test_months_beyond_whole_years_count() -> None:
    made = outcome("employee-pension", **MAN, months="7")
    # (6540 + 3924) / 2 × 187 / 12 × 1% = 815.32; exactly
    assert ("815.32 元") in [value for _, value in said(made)]


@pytest.mark.parametrize(
    ("kind", "born", "months"),
    [
        ("male", "1964-12", 720), ("male", "1965-01", 721), ("male", "1965-04", 721), ("male", "1965-05", 722),
        ("male", "1976-08", 755), ("male", "1976-09", 756), ("male", "1990-01", 756),
        ("female55", "1969-12", 660), ("female55", "1970-01", 661), ("female55", "1981-09", 696),
        ("female50", "1974-12", 600), ("female50", "1975-01", 601), ("female50", "1975-02", 601),
        ("female50", "1975-03", 602), ("female50", "1984-10", 659), ("female50", "1984-11", 660), ("female50", "2000-01", 660),
    ],
)  # fmt: skip
def test_the_age_of_retirement_follows_the_published_table(kind: str, born: str, months: int) -> None:
    year, month = map(int, born.split("-"))
    found = retirement(kind, year * 12 + month - 1, standards(), ON)
    assert found.age == months


def test_before_the_reform_nobody_was_put_off() -> None:
    held = standards()
    assert retirement("male", 1965 * 12, held, date(2024, 12, 31)).age == 720


@pytest.mark.parametrize(
    ("born", "least"),
    # Men: retiring in June and December 2029, February 2030, during 2038, in 2039 and after.
    [
        ("1968-06", 180),
        ("1968-12", 180),
        ("1969-01", 186),
        ("1975-12", 234),
        ("1976-09", 240),
        ("1985-01", 240),
    ],
)
def test_the_least_time_of_contributions_grows_by_six_months_a_year_from_2030(born: str, least: int) -> None:
    year, month = map(int, born.split("-"))
    found = retirement("male", year * 12 + month - 1, standards(), ON)
    assert found.least == least, found.day


def test_fifteen_years_are_not_enough_for_who_retires_after_2030_and_it_says_what_lacks() -> None:
    made = outcome("employee-pension", **{**MAN, "born": "1970-01"})
    assert not made.entitled
    # January 1970: 60 + 16 months = 61 years 4 months: May 2031; 16 years.
    assert said(made)[1] == ("2031 年 5 月退休，至少要缴", "16 年")
    assert said(made)[-1] == ("还差", "1 年")


def test_months_of_payout_are_those_of_the_table_at_whole_ages_and_in_between_in_proportion() -> None:
    table = standards().on("payout_months", ON).value
    assert payout_months(720, table) == 139
    assert payout_months(721, table) == Fraction("138.4")
    assert payout_months(660, table) == 170
    assert payout_months(12 * 75, table) == 56
    assert payout_months(12 * 30, table) == 233


# ------------------------------------------------------------------ serious illness


def test_the_ceiling_holds_for_ordinary_residents() -> None:
    made = outcome("serious-illness", who="ordinary", cost="700000")
    # 685,000 over the threshold: 30,000 × 60% + 50,000 × 65% + 605,000 × 75% = 504,250
    assert ("各段加起来", "504,250.00 元") in said(made)
    assert made.result == Decimal("400000.00")
    assert said(made)[-1][0] == "一年最高支付 400,000.00 元：超过了，只付到这里"


@pytest.mark.parametrize("who", ["destitute", "minimum", "returned"])
def test_there_is_no_ceiling_for_those_in_need_and_they_are_paid_more(who: str) -> None:
    made = outcome("serious-illness", who=who, cost="700000")
    # 692,500 over 7,500: 30,000 × 65% + 50,000 × 70% + 612,500 × 80%
    assert made.result == Decimal("19500") + Decimal("35000") + Decimal("490000")
    assert said(made)[-1] == ("不设最高支付限额，全部支付", "544,500.00 元")


@pytest.mark.parametrize(
    ("cost", "paid"),
    [("0", "0.00"), ("15000", "0.00"), ("15000.01", "0.01"), ("45000", "18000.00"), ("45000.02", "18000.01"), ("95000", "50500.00")],
)  # fmt: skip
def test_bands_begin_and_end_where_they_say(cost: str, paid: str) -> None:
    assert outcome("serious-illness", who="ordinary", cost=cost).result == Decimal(paid)


def test_the_ceiling_of_2025_was_lower() -> None:
    assert outcome("serious-illness", date(2025, 12, 31), who="ordinary", cost="700000").result == Decimal(
        "300000"
    )
    assert outcome("serious-illness", date(2026, 1, 1), who="ordinary", cost="700000").result == Decimal(
        "400000"
    )


money = st.decimals(min_value=0, max_value=5_000_000, places=2, allow_nan=False)


@given(money, money)
def test_who_paid_more_is_never_paid_less_and_nobody_more_than_they_paid(
    one: Decimal, other: Decimal
) -> None:
    low, high = sorted((one, other))
    for who in ("ordinary", "minimum"):
        less = outcome("serious-illness", who=who, cost=str(low)).result
        more = outcome("serious-illness", who=who, cost=str(high)).result
        assert less <= more
        assert less <= low
        assert less == less.quantize(Decimal("0.01"))
        if who == "ordinary":
            assert more <= 400_000
    favoured = outcome("serious-illness", who="minimum", cost=str(high)).result
    assert favoured >= outcome("serious-illness", who="ordinary", cost=str(high)).result


@given(st.integers(0, 60), st.integers(0, 11), money)
def test_paying_longer_never_lowers_a_pension_and_the_steps_add_up(
    years: int, months: int, account: Decimal
) -> None:
    shorter = outcome(
        "employee-pension", **{**MAN, "years": str(years), "months": str(months), "account": str(account)}
    )
    longer = outcome(
        "employee-pension", **{**MAN, "years": str(years + 1 if years < 60 else 60), "months": str(months), "account": str(account)}
    )  # fmt: skip
    assert shorter.result <= longer.result
    if shorter.entitled:
        basic, monthly = (Decimal(part.replace(",", "")) for part in shorter.steps[-1].formula.split(" + "))
        assert basic + monthly == shorter.result


@given(st.fractions(min_value=0, max_value=10**9))
def test_rounding_to_the_fen_is_never_more_than_half_a_fen_off(amount: Fraction) -> None:
    assert abs(Fraction(fen(amount)) - amount) <= Fraction(1, 200)


# ------------------------------------------------------------------ days, answers, files


@pytest.mark.parametrize("slug", list(CALCULATORS))
def test_a_day_without_standards_is_refused_and_never_reckoned_by_the_nearest(slug: str) -> None:
    typed = {**MAN, "yearly": "200", "who": "ordinary", "cost": "1"}
    with pytest.raises(Refused, match=r"这一天没有生效的标准：.+（2013-06-01）"):
        outcome(slug, date(2013, 6, 1), **typed)
    assert reads.calculators(date(2013, 6, 1)) == []
    assert [one.slug for one in reads.calculators(ON)] == list(CALCULATORS)


@pytest.mark.parametrize("slug", list(CALCULATORS))
def test_every_step_with_a_standard_names_its_clause(slug: str) -> None:
    typed = {**MAN, "yearly": "200", "who": "ordinary", "cost": "600000"}
    made = outcome(slug, **typed)
    named = [step for step in made.steps if step.source]
    assert len(named) >= len(made.steps) - 3  # what the person typed has none
    assert all(str(step.source).startswith("《") for step in named)


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("kind", "", "请填写：您是"), ("kind", "cat", "请选择：您是"), ("born", "1966-13", "1966-05"), ("born", "五月", "1966-05"),
        ("years", "十五", "请填数字"), ("years", "15.5", "请填整数"), ("years", "61", "0 到 60"), ("index", "0", "0.3 到 3"),
        ("account", "1.005", "最多 2 位小数"), ("account", "-1", "请填数字"), ("account", "1e9", "请填数字"),
        ("account", "９" * 13, "请填数字"),
    ],
)  # fmt: skip
def test_an_answer_that_makes_no_sense_is_named_and_said(name: str, typed: str, why: str) -> None:
    with pytest.raises(WrongValue, match=why) as wrong:
        outcome("employee-pension", **{**MAN, name: typed})
    assert wrong.value.name == name


def test_numbers_are_read_as_people_type_them() -> None:
    assert outcome(
        "employee-pension", **{**MAN, "account": "４０,000 元", "born": "1966年5月"}
    ).result == Decimal("1078.70")


ROW: dict[str, Any] = {
    "name": "wage_base",
    "from": "2026-01-01",
    "label": "一",
    "document": "通知",
    "certainty": "sample",
}


def toml(**more: str) -> str:
    row = {**{k: v if k == "from" else f'"{v}"' for k, v in ROW.items()}, "value": '"1"', **more}
    return "[[standard]]\n" + "".join(f"{name} = {value}\n" for name, value in row.items() if value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (toml() + toml(), "two values"),
        (toml(until="2026-06-01") + toml(**{"from": "2026-06-01"}), "two values"),
        (toml(until="2025-06-01"), "ends before"),
        (toml(name='"nonsense"'), "nobody knows"),
        (toml(certainty='"sure"'), "no certainty"),
        (toml(document=""), "document is missing"),
        ("[[standard]", "line 1"),
    ],
)
def test_a_file_of_standards_that_contradicts_itself_is_refused_at_the_start(text: str, why: str) -> None:
    with pytest.raises(BadStandards, match=why):
        read_standards([text])


@pytest.mark.django_db
def test_a_step_cites_the_clause_of_the_library_as_it_stands_on_the_day(county: County) -> None:
    """Before the library has the document, the printed source stands there; nothing is made up."""
    typed = {"who": "ordinary", "cost": "700000"}
    bare = reads.calculate("serious-illness", typed, on=ON)
    assert bare.steps[-1].citation == "《清溪县城乡居民大病保险实施办法》（清政发〔2023〕27号）第七条"
    assert bare.steps[-1].clause_id is None
    by = county.who("outreach")
    lines = [f"第{n}条 一个自然年度内的规定，最高支付限额等。" for n in "一二三四五六七"]
    content = DocumentContent(
        "清溪县城乡居民大病保险实施办法", "县政府", "measure", date(2023, 12, 1), date(2024, 1, 1), number="清政发〔2023〕27号"
    )  # fmt: skip
    made = actions.draft(content=content, split=split([lines], wrapped=False), by=by, at=MONDAY)
    actions.review(document_id=made.id, by=by, at=MONDAY)
    actions.publish(document_id=made.id, by=by, at=MONDAY)
    seventh = reads.of_document(made.id, ON)[6]
    actions.amend(
        clause_id=seventh.clause_id,
        text="最高支付限额为四十万元。",
        from_day=date(2026, 1, 1),
        by=by,
        at=MONDAY,
    )
    kept = reads.calculate("serious-illness", typed, on=ON)
    assert kept.steps[-1].citation == "《清溪县城乡居民大病保险实施办法》第七条（2026年1月1日起施行）"
    assert kept.steps[-1].clause_id == seventh.clause_id
    assert kept.sample
    before = reads.calculate("serious-illness", typed, on=date(2025, 6, 1))
    assert before.steps[-1].citation == "《清溪县城乡居民大病保险实施办法》第七条（2024年1月1日起施行）"
    assert before.result == Decimal("300000.00")
