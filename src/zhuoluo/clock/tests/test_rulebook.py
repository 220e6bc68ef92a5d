import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from zhuoluo.clock import Calendar, Rulebook, TermError, reckon

RULES = Rulebook.shipped()
TODAY = date(2026, 11, 22)
IDS = [
    "xf.route", "xf.notify", "xf.object", "xf.answer", "xf.extend", "xf.simple.accept",
    "xf.simple.answer", "xf.simple.forward", "xf.review.request", "xf.review.answer", "xf.second.request",
    "xf.second.answer", "inspection.objection", "inspection.review", "house.inquiry.answer",
    "house.suggestion.answer", "house.rule_objection", "house.serve", "house.callback", "house.cohandle",
    "house.supplement", "house.execute", "house.same_night", "house.next_morning", "house.contact", "house.firm_contact",
    "house.designate", "house.review.admit", "sealed.forward",
    "grade.1", "grade.2", "grade.3", "grade.4", "zj.route", "zj.accept", "zj.answer",
]  # fmt: skip
ENTRY = """
[[term]]
id = "xf.answer"
name = "办结答复"
name_en = "Answer"
article = "信访工作条例 第34条"
article_en = "art. 34"
kind = "statute"
length = 60
unit = "day"
counts_for = "organ"
starts = "accepted"
from = 2022-05-01
source = "全文"
certainty = "read"
"""


@pytest.mark.parametrize("id_", IDS)
def test_every_rule_the_house_relies_on_is_in_force_today(id_: str) -> None:
    term = RULES.term(id_, TODAY)
    assert term.id == id_
    assert term.article
    assert term.article_en
    assert term.name_en


def test_no_rule_is_shipped_that_the_list_does_not_name() -> None:
    assert {term.id for term in RULES.all()} == set(IDS)


@pytest.mark.parametrize(
    ("id_", "length", "unit", "whose"),
    [
        ("xf.route", 15, "day", "organ"),
        ("xf.notify", 15, "day", "organ"),
        ("xf.object", 5, "workday", "organ"),
        ("xf.answer", 60, "day", "organ"),
        ("xf.extend", 30, "day", "organ"),
        ("xf.simple.accept", 3, "workday", "organ"),
        ("xf.simple.answer", 10, "workday", "organ"),
        ("xf.simple.forward", 1, "workday", "organ"),
        ("xf.review.request", 30, "day", "person"),
        ("xf.review.answer", 30, "day", "organ"),
        ("xf.second.request", 30, "day", "person"),
        ("xf.second.answer", 30, "day", "organ"),
        ("inspection.objection", 30, "day", "organ"),
    ],
)
def test_a_statutory_period_is_what_its_article_says(id_: str, length: int, unit: str, whose: str) -> None:
    term = RULES.term(id_, TODAY)
    assert (term.length, term.unit, term.counts_for, term.kind) == (length, unit, whose, "statute")
    assert term.bound_max == length


def test_the_version_in_force_on_the_day_is_taken() -> None:
    assert RULES.term("xf.answer", date(2022, 4, 30)).article == "信访条例 第33条"
    assert RULES.term("xf.answer", date(2022, 5, 1)).article == "信访工作条例 第34条"


def test_an_unknown_rule_and_a_rule_not_yet_in_force_are_refused() -> None:
    with pytest.raises(TermError, match=r"没有名为 xf\.nothing"):
        RULES.term("xf.nothing", TODAY)
    with pytest.raises(TermError, match=r"xf\.object 在2022-04-30不施行"):
        RULES.term("xf.object", date(2022, 4, 30))


def test_the_figures_measure_answers_against_six_rules() -> None:
    measured = {"xf.answer", "xf.simple.answer", "house.inquiry.answer", "zj.answer", "grade.3", "grade.4"}
    for day in (TODAY, date(2019, 6, 1)):
        assert {term.id for term in RULES.measuring("answer", day)} == measured
    assert RULES.measuring("nothing", TODAY) == []


def test_only_the_answer_of_the_law_may_be_extended_and_by_thirty_days() -> None:
    statutes = [term for term in RULES.all() if term.kind == "statute"]
    extensible = {term.id: term.max_extension for term in statutes if term.max_extension}
    assert extensible == {"xf.answer": 30, "zj.answer": 30}


def test_what_was_not_read_in_full_says_so() -> None:
    unsure = {term.id for term in RULES.all() if term.certainty != "read"}
    simple = {"xf.simple.accept", "xf.simple.answer", "xf.simple.forward"}
    assert unsure == simple | {
        "grade.1",
        "grade.2",
        "grade.3",
        "grade.4",
        "sealed.forward",
        "house.firm_contact",
    }
    assert RULES.term("xf.simple.answer", TODAY).certainty == "unverified"


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("length = 60", "length = 0", "第1条规则（xf.answer）：字段 length 应为1到3660的整数，现为 0"),
        ("length = 60", "length = true", "字段 length 应为1到3660的整数"),
        ("length = 60", 'length = "60"', "字段 length 应为1到3660的整数"),
        ("length = 60", "", "缺少字段 length，请补上"),
        ('unit = "day"', 'unit = "days"', "字段 unit 的值 'days' 不可用，请用 day、workday"),
        ('kind = "statute"', 'kind = "law"', "字段 kind 的值 'law' 不可用，请用 statute、house 之一"),
        ('counts_for = "organ"', 'counts_for = "all"', "字段 counts_for"),
        ("from = 2022-05-01", 'from = "2022年5月"', "字段 from 应为日期，如 2022-05-01，现为 '2022年5月'"),
        ("from = 2022-05-01", "from = 2022-05-01T00:00:00", "字段 from 应为日期"),
        ("from = 2022-05-01", "from = 2022-05-01\nuntil = 2022-04-30", "until 2022-04-30 早于 from"),
        ('name = "办结答复"', 'name = " "', "字段 name 应为非空文字"),
        ('source = "全文"', 'source = "全文"\nlenght = 3', "不认识的字段 lenght"),
        ('id = "xf.answer"', 'id = "Answer"', "id 应为小写英文并以点分段"),
        ("length = 60", "length = 60\nmax_extension = -1", "字段 max_extension 应为0到3660"),
        ("[[term]]", "[[term", "不是合格的 TOML"),
    ],
)
def test_a_mistake_in_a_rules_file_names_entry_field_and_remedy(wrong: str, right: str, message: str) -> None:
    assert wrong in ENTRY
    with pytest.raises(TermError, match=message):
        Rulebook.from_toml(ENTRY.replace(wrong, right))


def test_two_versions_in_force_on_one_day_are_refused() -> None:
    with pytest.raises(TermError, match=r"xf\.answer：从2022-05-01和2023-01-01起的两个版本有效期重叠"):
        Rulebook.from_toml(ENTRY + ENTRY.replace("2022-05-01", "2023-01-01"))


def test_a_version_may_not_end_on_the_day_the_next_begins() -> None:
    earlier = ENTRY.replace("from = 2022-05-01", "from = 2005-05-01\nuntil = 2022-05-01")
    with pytest.raises(TermError, match="重叠"):
        Rulebook.from_toml(earlier + ENTRY)
    assert (
        len(Rulebook.from_toml(earlier.replace("until = 2022-05-01", "until = 2022-04-30") + ENTRY).all())
        == 2
    )


def test_a_jurisdiction_may_shorten_a_duty() -> None:
    rules = RULES.overridden([{"id": "xf.answer", "length": 45, "note": "县规定"}], "甲县")
    term = rules.term("xf.answer", TODAY)
    assert (term.length, term.note, term.jurisdiction, term.bound_max) == (45, "县规定", "甲县", 60)
    assert RULES.term("xf.answer", TODAY).length == 60
    due = reckon(term, datetime(2026, 3, 2, tzinfo=UTC), Calendar.shipped())
    assert "办结答复（甲县规定）" in due.explanation()


def test_a_dated_override_holds_only_in_its_time() -> None:
    own = [{"id": "xf.route", "length": 10, "from": date(2024, 1, 1), "until": date(2025, 12, 31)}]
    rules = RULES.overridden(own, "甲县")
    lengths = {day: rules.term("xf.route", day).length for day in (date(2023, 12, 31), date(2024, 1, 1))}
    lengths |= {day: rules.term("xf.route", day).length for day in (date(2025, 12, 31), date(2026, 1, 1))}
    assert list(lengths.values()) == [15, 10, 10, 15]


def test_an_override_kept_as_json_may_write_its_dates_as_text() -> None:
    own = json.loads('[{"id": "xf.route", "length": 10, "from": "2024-01-01"}]')
    rules = RULES.overridden(own, "甲县")
    lengths = [rules.term("xf.route", day).length for day in (date(2023, 12, 31), date(2024, 1, 1))]
    assert lengths == [15, 10]


def test_a_second_override_follows_the_first_and_is_held_to_the_national_bound() -> None:
    own: list[Mapping[str, Any]] = [
        {"id": "xf.route", "length": 5, "unit": "workday", "from": date(2024, 1, 1)},
        {"id": "xf.route", "length": 15, "unit": "day", "from": date(2025, 1, 1)},
    ]
    rules = RULES.overridden(own, "甲县")
    assert rules.term("xf.route", date(2024, 6, 1)).span() == "5个工作日"
    assert rules.term("xf.route", date(2025, 6, 1)).span() == "15日"


@pytest.mark.parametrize(
    ("id_", "length", "unit"),
    [
        ("xf.route", 5, "workday"),  # five workdays never took more than 15 days
        ("xf.route", 15 * 24, "hour"),
        ("xf.route", 1, "next_morning"),
        ("xf.object", 5, "day"),
        ("xf.answer", 36, "workday"),
        ("house.callback", 90, "day"),
        ("house.supplement", 7, "day"),
    ],
)
def test_a_period_that_can_never_end_later_may_change_its_unit(id_: str, length: int, unit: str) -> None:
    term = RULES.overridden([{"id": id_, "length": length, "unit": unit}], "甲县").term(id_, TODAY)
    assert (term.length, term.unit) == (length, unit)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            {"id": "xf.answer", "length": 61},
            "甲县第1条修改（xf.answer）：length 61日 可能长于信访工作条例 第34条的上限60日",
        ),
        ({"id": "xf.route", "length": 6, "unit": "workday"}, "length 6个工作日 可能长于.*上限15日"),
        ({"id": "xf.object", "length": 6, "unit": "day"}, "length 6日 可能长于.*上限5个工作日"),
        ({"id": "xf.object", "length": 6}, "length 6个工作日 可能长于"),
        (
            {"id": "xf.answer", "max_extension": 60},
            "max_extension 60日 超过信访工作条例 第34条的30日，请改小",
        ),
        ({"id": "xf.review.request", "length": 20}, "给当事人的30日是其权利，字段 length、unit 不能改动"),
        ({"id": "xf.review.request", "length": 40}, "给当事人的30日是其权利"),
        ({"id": "xf.nothing", "length": 3}, "没有这个 id"),
        ({"length": 3}, "甲县第1条修改（无id）：没有这个 id"),
        ({"id": "xf.answer", "kind": "house"}, "字段 kind 不能由辖区修改，可改的有 length"),
        ({"id": "xf.answer", "length": "45"}, "字段 length 应为1到3660的整数，现为 '45'"),
        ({"id": "xf.answer", "unit": "week"}, "字段 unit 的值 'week' 不可用"),
        ({"id": "xf.answer", "note": 5}, "字段 note 应为文字，现为 5"),
        ({"id": "xf.answer", "from": "2024"}, "字段 from 应为日期"),
        ({"id": "xf.answer", "until": 2024}, "字段 until 应为日期"),
        ({"id": "xf.object", "length": 3, "until": date(2020, 1, 1)}, "from/until 与该规则的施行期没有重合"),
    ],
)
def test_an_override_against_the_law_or_malformed_is_refused_by_entry_and_field(
    entry: dict[str, Any], message: str
) -> None:
    with pytest.raises(TermError, match=message):
        RULES.overridden([entry], "甲县")


def test_an_undated_override_leaves_repealed_versions_alone() -> None:
    rules = RULES.overridden([{"id": "xf.notify", "length": 7}], "甲县")
    assert rules.term("xf.notify", date(2019, 1, 1)).length == 15
    assert rules.term("xf.notify", TODAY).length == 7


def test_an_override_from_an_early_day_reaches_every_version_since() -> None:
    rules = RULES.overridden([{"id": "xf.notify", "length": 7, "from": date(2010, 1, 1)}], "甲县")
    days = (date(2009, 12, 31), date(2010, 1, 1), date(2022, 4, 30), date(2022, 5, 1))
    assert [rules.term("xf.notify", day).length for day in days] == [15, 7, 7, 7]
    assert rules.term("xf.notify", date(2022, 4, 30)).article == "信访条例 第21、22条"


def test_a_length_reads_in_both_languages() -> None:
    assert RULES.term("xf.answer", TODAY).span() == "60日"
    assert RULES.term("xf.simple.forward", TODAY).span("en") == "1 working day"
    assert RULES.term("house.same_night", TODAY).span() == "当晚"
