"""Numerals, cutting into clauses, days of force."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoluo.outreach.policy.rules.errors import Refused
from zhuoluo.outreach.policy.rules.force import Span, amended, overlapping
from zhuoluo.outreach.policy.rules.numerals import read_numeral, write_numeral
from zhuoluo.outreach.policy.rules.splitting import split
from zhuoluo.outreach.policy.rules.wording import also_written, asked

DAY = date(2024, 1, 1)


@given(st.integers(1, 9999))
def test_a_number_written_in_chinese_is_read_back(number: int) -> None:
    assert read_numeral(write_numeral(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十七", 17),
        ("二〇", 20),
        ("一百零五", 105),
        ("一百一十", 110),
        ("36", 36),
        ("３６", 36),
        ("三六", 36),
    ],
)
def test_numerals_as_documents_write_them(text: str, number: int) -> None:
    assert read_numeral(text) == number


@pytest.mark.parametrize("text", ["", "十十", "百千", "零十", "a", "12345", "第一"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_numeral(text) is None


def article(number: int, words: str = "对符合条件的人才给予支持，按年度兑现。") -> str:
    return f"第{write_numeral(number)}条 {words}"


def test_articles_become_clauses_with_their_chapters() -> None:
    lines = ["海创园人才三十六条", "第一章 总则", article(1), article(2), "第二章 引进", article(3)]
    cut = split([lines], wrapped=False)
    assert cut.opening == "海创园人才三十六条"
    assert [(c.label, c.heading) for c in cut.clauses] == [
        ("第一条", "第一章 总则"), ("第二条", "第一章 总则"), ("第三条", "第二章 引进"),
    ]  # fmt: skip
    assert not any(c.doubts for c in cut.clauses)


def test_numbers_that_run_through_all_parts_are_the_clauses_and_the_parts_are_headings() -> None:
    lines = ["为加快人才集聚，制定如下措施。"]
    for n in range(1, 37):
        if n in (1, 13, 25):
            lines.append(f"{'一二三'[n // 12]}、第{n // 12 + 1}方面")
        lines.append(f"{n}. 对第{n}类人才给予补贴。")
    cut = split([lines], wrapped=False)
    assert len(cut.clauses) == 36
    assert cut.clauses[16].label == "17"
    assert cut.clauses[16].heading == "二、第2方面"
    assert cut.opening == "为加快人才集聚，制定如下措施。"


def test_lines_of_a_pdf_are_joined_and_its_page_numbers_and_heads_left_out() -> None:
    pages = [
        ["海创园文件", f"第{write_numeral(n)}条 给予安家补贴，分三年", f"兑现，第{n}类除外。", f"— {n} —"]
        for n in range(1, 5)
    ]
    cut = split(pages, wrapped=True)
    assert [c.text for c in cut.clauses] == [f"给予安家补贴，分三年兑现，第{n}类除外。" for n in range(1, 5)]


def test_gaps_and_repeats_and_odd_lengths_are_told_not_mended() -> None:
    lines = [article(1), article(3), article(3), article(4, "略。"), article(5, "长" * 1600)]
    cut = split([lines], wrapped=False)
    assert [c.doubts[:1] for c in cut.clauses] == [
        (), ("编号不连续",), ("编号重复",), ("内容很短，看看是不是断开了",), ("内容很长，看看是不是几条并在了一起",),
    ]  # fmt: skip


def test_a_year_or_an_amount_at_the_start_of_a_line_is_no_number() -> None:
    lines = ["1. 每月补贴 800 元，连续发放", "2024.5 起执行，三年为限。", "2. 租房补贴照此办理，按季发放。"]
    assert [c.label for c in split([lines], wrapped=False).clauses] == ["1", "2"]


def test_without_numbering_there_are_no_clauses_and_no_word_is_lost() -> None:
    cut = split([["关于春节慰问的通知", "请各村做好慰问。"]], wrapped=False)
    assert cut.clauses == ()
    assert cut.opening == "关于春节慰问的通知\n请各村做好慰问。"


@given(
    st.lists(st.text(alphabet="第一二三十条、.（）1 2 章\n补贴。", max_size=40), max_size=30), st.booleans()
)
def test_no_word_of_any_document_is_lost(lines: list[str], wrapped: bool) -> None:
    plain = [line for line in lines if line.strip()]
    cut = split([plain], wrapped=False)
    kept = cut.opening + "".join(c.label + c.heading + c.text for c in cut.clauses)
    for sign in "补贴":
        assert kept.count(sign) >= "".join(plain).count(sign)


days = st.integers(0, 400).map(lambda n: DAY + timedelta(days=n))


@given(days, st.lists(days, max_size=8), days)
def test_however_often_a_clause_is_amended_no_day_has_two_versions(
    first: date, later: list[date], on: date
) -> None:
    spans = [Span(first)]
    for since in later:
        try:
            place, last = amended(spans, since)
        except Refused:
            continue
        spans[place] = Span(spans[place].since, last)
        spans.append(Span(since))
    assert not overlapping(spans)
    assert sum(span.holds(on) for span in spans) == (1 if on >= first else 0)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("请问租房补贴多少钱？", "租房补贴 ？"), ("孩子上学怎么办", "孩子上学"),
        ("养老保险缴满了15年，可以每月拿多少钱", "养老保险缴满 15年， 每月拿"),
        ("多少", "多少"), ("槐荫公寓", "槐荫公寓"),
    ],
)  # fmt: skip
def test_a_question_is_looked_for_without_what_makes_it_one(question: str, words: str) -> None:
    assert asked(question) == words


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("最高支付限额为四十万元，降低百分之五十", "40万元 50%"), ("缴满15年，每月185元", "十五年 一百八十五元"), ("第十七条", "17条"),
        ("2024年1月1日", "二千零二十四年 一月 一日"), ("没有数字", ""), ("0元", ""),
    ],
)  # fmt: skip
def test_numbers_are_found_however_they_are_written(text: str, other: str) -> None:
    assert also_written(text) == other
