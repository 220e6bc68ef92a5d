"""Which column says what: guessed, corrected, saved, applied."""

import json
from datetime import UTC, date, datetime

import pytest

from zhuoluo.exchange.sheets.fields import BY_KEY, FIELDS, KNOWN, plain_name
from zhuoluo.exchange.sheets.headers import Table, TableRow, find_table
from zhuoluo.exchange.sheets.limits import letter
from zhuoluo.exchange.sheets.mapping import EXTRA, IGNORE, Mapping, guess, results, row_values, signature
from zhuoluo.exchange.sheets.read import RawSheet
from zhuoluo.exchange.sheets.tablerows import Column
from zhuoluo.exchange.sheets.values import Value


def table(*rows: list[Value]) -> Table:
    found = find_table(RawSheet("台账", tuple(tuple(row) for row in rows)))
    assert found is not None
    return found


def columns(*labels: str) -> tuple[Column, ...]:
    return tuple(Column(letter(n), tuple(label.split(" | ")), label, n) for n, label in enumerate(labels))


def targets(*labels: str) -> list[str]:
    return [choice.target for choice in guess(columns(*labels), ()).choices]


def test_the_columns_of_the_real_lists_are_known() -> None:
    assert targets("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "反对数", "点赞数") == [
        "external_id",
        "raiser_name",
        "title",
        "raised_at",
        "text",
        "dislikes",
        "likes",
    ]
    assert targets("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")[
        5:
    ] == ["answer_text", "answered_at"]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("来访人姓名", "raiser_name"),
        ("单位和住址", "address"),
        ("反映的主要问题", "text"),
        ("发生地", "area"),
        ("责任单位", "unit"),
        ("办理结果", "outcome"),
        ("诉求人", "raiser_name"),
        ("联系电话", "phone"),
        ("登记日期", "raised_at"),
        ("受理时间", "raised_at"),
        ("1.反映的主要问题（简要）", "text"),
        ("*联系电话", "phone"),
        ("联系电话（手机）", "phone"),
        ("信访人身份证号码", "id_number"),
        ("办理情况 | 答复时间", "answered_at"),
        ("办理情况 | 时间", "answered_at"),
        ("来访登记 | 时间", "raised_at"),
        ("送达 | 日期", "served_at"),
        ("送达时间", "served_at"),
        ("村（社区）", "area"),
        ("问题类别", "klass"),
        ("来件渠道", "channel"),
        ("备注", "remark"),
        ("事发地点", "place"),
        ("信访人联系电话号码", "phone"),
        ("主办责任单位", "unit"),
        ("群众反映问题内容", "text"),
        ("二级分类", "topic"),
    ],
)
def test_a_column_is_known_by_many_names(label: str, key: str) -> None:
    assert targets(label) == [key]


@pytest.mark.parametrize("label", ["序号", "性别", "是否满意", "包案领导", "风险等级", "", "A"])
def test_a_column_that_is_no_field_is_kept_aside(label: str) -> None:
    assert targets(label) == [EXTRA]


def test_a_field_is_given_once_to_the_column_that_names_it_best() -> None:
    assert targets("受理时间", "来访时间", "登记日期") == [EXTRA, "raised_at", EXTRA]
    assert targets("问题", "反映的主要问题", "内容")[0] == EXTRA
    assert targets("主题", "标题").count("title") == 1


def test_values_speak_against_a_wrong_name() -> None:
    wrong = table(
        ["时间", "诉求", "联系方式"],
        ["上午", "路灯", "微信"],
        ["下午", "水管", "QQ"],
        ["上午", "欠薪", "面谈"],
    )
    sure = table(["时间", "诉求", "联系方式"], ["2020-1-6", "路灯", "13800000000"])
    low = {choice.label: choice.confidence for choice in guess(wrong.columns, wrong.rows).choices}
    high = {choice.label: choice.confidence for choice in guess(sure.columns, sure.rows).choices}
    assert low["时间"] < 0.5 < high["时间"]
    assert low["联系方式"] < 0.5 < high["联系方式"]


def test_our_own_result_columns_are_left_out() -> None:
    assert targets("编号", "诉求", "导入结果", "原因和改法") == ["external_id", "text", IGNORE, IGNORE]
    assert signature(columns("编号", "诉求")) == signature(columns("编号", "诉求", "导入结果", "原因和改法"))


def test_names_of_fields_do_not_collide() -> None:
    for field in FIELDS:
        assert {KNOWN[plain_name(name)] for name in field.names} == {field.key}
    assert [field.key for field in FIELDS if field.needed] == ["title", "text"]
    assert {field.key for field in FIELDS if field.personal} == {
        "raiser_name",
        "phone",
        "id_number",
        "address",
    }


def test_a_person_corrects_the_guess() -> None:
    guessed = guess(columns("编号", "甲", "诉求"), ())
    changed = guessed.with_choice("B", "title").with_choice("A", IGNORE)
    assert [choice.target for choice in changed.choices] == [IGNORE, "title", "text"]
    moved = changed.with_choice("B", "text")
    assert [choice.target for choice in moved.choices] == [IGNORE, "text", EXTRA]
    with pytest.raises(KeyError):
        guessed.with_choice("A", "nonsense")


def test_a_mapping_without_title_and_details_cannot_be_used() -> None:
    assert [fault.code for fault in guess(columns("编号", "姓名"), ()).faults()] == ["map_nothing"]
    twice = Mapping.from_json(
        {
            "version": 1,
            "signature": "",
            "columns": [{"letter": name, "label": name, "target": "text"} for name in "AB"],
        }
    )
    assert twice.faults()[0].sentence() == "“详情”选了不只一列：A、B。"


def test_a_mapping_is_saved_and_found_again() -> None:
    first = guess(columns("编号", "诉求", "电话"), ()).with_choice("A", IGNORE)
    saved = json.loads(json.dumps(first.as_json()))
    assert Mapping.from_json(saved) == first
    next_month = columns("序号", "电话", "诉求", "编号")
    assert signature(columns("诉求", "编号", "电话")) == first.signature
    assert signature(next_month) != first.signature
    assert [choice.target for choice in first.fit(next_month).choices] == [EXTRA, "phone", "text", IGNORE]


def test_twin_labels_are_told_apart_by_their_letters() -> None:
    twins = guess(columns("诉求", "时间", "时间"), ()).with_choice("C", "answered_at")
    again = twins.fit(columns("诉求", "时间", "时间"))
    assert [choice.target for choice in again.choices] == ["text", "raised_at", "answered_at"]


@pytest.mark.parametrize(
    "saved",
    [
        {},
        {"version": 2},
        {"version": 1, "signature": "x", "columns": "no"},
        {"version": 1, "signature": "x", "columns": [1]},
    ],
)
def test_what_is_no_saved_mapping_is_refused(saved: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a saved"):
        Mapping.from_json(saved)


def test_a_saved_mapping_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown field"):
        Mapping.from_json(
            {"version": 1, "signature": "", "columns": [{"letter": "A", "label": "x", "target": "password"}]}
        )


def test_a_mapping_of_another_table_is_refused() -> None:
    with pytest.raises(ValueError, match="another table"):
        row_values(guess(columns("诉求"), ()), TableRow(2, ("路灯", "x")))


def test_a_row_becomes_values() -> None:
    found = table(
        ["编号", "标题", "来信时间", "姓名", "电话", "办理意见", "答复时间", "经办人", "诉求人性别"],
        [
            7.0,
            "路灯",
            "2020/1/6 12:09:38",
            "张 三",
            "１３８００００００００",
            "已\n修好",
            date(2020, 1, 9),
            "李某",
            "男",
        ],
    )
    result = next(results(guess(found.columns, found.rows), found))
    assert result.ok
    assert dict(result.values) == {
        "external_id": "7",
        "title": "路灯",
        "raised_at": datetime(2020, 1, 6, 4, 9, 38, tzinfo=UTC),
        "raiser_name": "张三",
        "phone": "13800000000",
        "answer_text": "已\n修好",
        "answered_at": date(2020, 1, 9),
    }
    assert result.extra == {"经办人": "李某"}
    assert result.extra_personal == {"诉求人性别": "男"}


def test_a_phone_that_is_none_keeps_its_words_with_the_person() -> None:
    found = table(["诉求", "联系电话"], ["路灯", "打他儿子的"], ["水管", "13800000000"])
    result = next(results(guess(found.columns, found.rows), found))
    assert result.ok
    assert "phone" not in result.values
    assert result.extra_personal == {"联系电话": "打他儿子的"}
    assert [problem.cell for problem in result.problems] == ["B2"]


def test_many_phones_are_kept_whole_with_the_person() -> None:
    many = "、".join(f"1380000000{n}" for n in range(4))
    found = table(["诉求", "联系电话"], ["路灯", many])
    result = next(results(guess(found.columns, found.rows), found))
    assert result.ok
    assert result.extra_personal == {"联系电话": many}
    assert [problem.reason.code for problem in result.problems] == ["too_long"]


def test_a_text_too_long_for_its_field_is_rejected_not_cut() -> None:
    found = table(["编号", "诉求"], ["x" * 65, "路灯"])
    result = next(results(guess(found.columns, found.rows), found))
    assert not result.ok
    assert [(problem.cell, problem.reason.code) for problem in result.problems] == [("A2", "too_long")]


def test_twin_columns_both_keep_their_words() -> None:
    found = table(["诉求", "批示", "批示"], ["路灯", "甲", "乙"])
    result = next(results(guess(found.columns, found.rows), found))
    assert result.extra == {"批示": "甲", "批示（C列）": "乙"}


@pytest.mark.parametrize("key", sorted(BY_KEY))
def test_every_field_says_its_name_in_both_languages(key: str) -> None:
    assert BY_KEY[key].label
    assert BY_KEY[key].label_en.isascii()
