"""From words in a row to a matter: certain words are matched, all others are kept as words."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from zhuoluo.exchange.sheets.headers import find_table
from zhuoluo.exchange.sheets.histories import Built, Defaults, Lookups, build_row
from zhuoluo.exchange.sheets.mapping import guess, results
from zhuoluo.exchange.sheets.meaning import channel_of, klass_of, outcome_of
from zhuoluo.exchange.sheets.read import RawSheet
from zhuoluo.exchange.sheets.sentences_rows import ROW_SENTENCES
from zhuoluo.matters.rules import CHANNELS, KLASSES, OUTCOMES

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUSING = uuid4()
LOOKUPS = Lookups(
    areas={"石桥镇": "431281101000", "石桥镇石桥村": "431281101001"}, units={"县住房和城乡建设局": HOUSING},
    topics={"物业管理": "0105"}, earliest=date(2005, 5, 1), now=NOW, secret="s",
)  # fmt: skip

PLAIN = Defaults(origin="台账")


def built(_lookups: Lookups = LOOKUPS, _defaults: Defaults = PLAIN, **cells: object) -> Built:
    """What becomes of one row with these cells; the labels are the heads."""
    row = {"编号": "1", "详情": "路灯不亮", "反映时间": "2019-4-25 9:32:09", **cells}
    sheet = RawSheet("台账", (tuple(row), tuple(row.values())))  # type: ignore[arg-type]  # any cell
    table = find_table(sheet, [1])
    assert table is not None
    mapping = guess(table.columns, table.rows)
    return build_row(next(results(mapping, table)), mapping, _defaults, _lookups)


def codes(one: Built) -> dict[str, bool]:
    return {problem.reason.code: problem.blocking for problem in one.problems}


def test_a_plain_row_becomes_a_matter_with_nothing_to_look_at() -> None:
    one = built(姓名="张三", 联系电话="13812340000", 住址="石桥村3组")
    assert one.history is not None
    assert one.problems == ()
    filing = one.history.filing
    assert (filing.text, filing.external_id, filing.origin, filing.complete) == (
        "路灯不亮",
        "1",
        "台账",
        False,
    )
    assert filing.raised_at == datetime(2019, 4, 25, 1, 32, 9, tzinfo=UTC)
    assert (filing.contact.name, filing.contact.phone, filing.contact.address) == (
        "张三",
        "13812340000",
        "石桥村3组",
    )
    assert (filing.klass, filing.channel, one.history.note) == ("claim", "sheet", "")


@pytest.mark.parametrize(
    ("words", "klass"),
    [
        ("咨询", "inquiry"), ("投诉", "claim"), ("申诉求决", "claim"), ("建 议", "suggestion"),
        ("涉法涉诉", "litigation"),
    ],
)  # fmt: skip
def test_words_of_a_class_are_understood(words: str, klass: str) -> None:
    one = built(信访类别=words)
    assert one.history is not None
    assert (one.history.filing.klass, codes(one)) == (klass, {})


def test_a_word_that_is_no_class_is_kept_and_pointed_out() -> None:
    one = built(信访类别="举报")
    assert one.history is not None
    assert (one.history.filing.klass, one.history.note) == ("claim", "信访类别：举报")
    assert codes(one) == {"class_unknown": False}


def test_a_topic_of_the_sites_tree_in_the_class_column_is_a_topic() -> None:
    one = built(问题类别="物业管理")
    assert one.history is not None
    assert (one.history.filing.category, codes(one)) == ("0105", {})


def test_an_area_is_matched_by_name_and_otherwise_its_words_stay_in_the_place() -> None:
    known, unknown = built(所属乡镇="石桥镇", 具体地点="老桥头"), built(所属乡镇="A3区", 具体地点="老桥头")
    assert known.history is not None
    assert unknown.history is not None
    assert (known.history.filing.area, known.history.filing.place) == ("431281101000", "老桥头")
    assert (unknown.history.filing.area, unknown.history.filing.place) == (None, "A3区 老桥头")
    assert codes(unknown) == {"area_unknown": False}


def test_a_place_too_long_for_its_column_is_kept_whole_in_the_note() -> None:
    one = built(所属乡镇="镇" * 100, 具体地点="桥" * 150)
    assert one.history is not None
    assert len(one.history.filing.place) == 200
    assert "桥" * 150 in one.history.note


def test_the_answering_unit_is_matched_by_its_whole_name_only() -> None:
    answer = {"答复意见": "已修好", "答复时间": "2019-5-1"}
    known, several = (
        built(责任单位="县住房和城乡建设局", **answer),
        built(责任单位="住建局、交通局", **answer),
    )
    assert known.history is not None
    assert several.history is not None
    assert known.history.answer is not None
    assert several.history.answer is not None
    assert (known.history.answer.unit_id, several.history.answer.unit_id) == (HOUSING, None)
    assert (known.history.note, several.history.note) == ("", "责任单位：住建局、交通局")


def test_a_day_alone_is_its_midnight_and_an_answer_on_the_same_day_is_not_before_the_question() -> None:
    one = built(答复意见="已修好", 答复时间="2019-4-25")
    assert one.history is not None
    assert one.history.answer is not None
    assert one.history.answer.at == datetime(2019, 4, 25, 1, 32, 9, tzinfo=UTC)
    later = built(答复意见="已修好", 答复时间="2019-5-1")
    assert later.history is not None
    assert later.history.answer is not None
    assert later.history.answer.at == datetime(2019, 4, 30, 16, tzinfo=UTC)


def test_an_answer_without_its_day_is_kept_as_a_note() -> None:
    one = built(答复意见="正在协调", 答复时间="")
    assert one.history is not None
    assert (one.history.answer, one.history.note) == (None, "答复意见：正在协调")
    assert codes(one) == {"answer_without_day": False}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"答复意见": "", "答复时间": "2019-5-1"}, "answered_without_text"),
        ({"答复意见": "好", "答复时间": "2019-5-1", "反映时间": ""}, "answered_without_raised"),
        ({"答复意见": "好", "答复时间": "2019-5-1", "信访类别": "涉法涉诉"}, "class_without_answer"),
        ({"反映时间": "2026-3-3"}, "when_future"),
        ({"答复意见": "好", "答复时间": "2027-5-1"}, "when_future"),
        ({"反映时间": "1998-3-3"}, "when_before_rules"),
        ({"详情": ""}, "need_text"),
        ({"答复意见": "好", "答复时间": "2019-4-1"}, "answer_before_raised"),
    ],
)
def test_what_cannot_be_registered_says_why(cells: dict[str, object], code: str) -> None:
    one = built(**cells)
    assert one.history is None
    assert codes(one)[code] is True


def test_a_row_without_its_day_comes_in_and_says_so() -> None:
    one = built(反映时间="")
    assert one.history is not None
    assert (one.history.filing.raised_at, codes(one)) == (None, {"raised_unknown": False})


def test_every_other_word_is_kept_those_about_a_person_with_the_identity() -> None:
    one = built(包案领导="周县长", 性别="女", 点赞数=3, 反对数=0, 备注="多次来访")
    assert one.history is not None
    assert one.history.note == "包案领导：周县长\n点赞数：3\n备注：多次来访"
    assert one.history.filing.contact.more == "性别：女"


def test_phones_that_fit_no_column_are_kept_with_the_identity() -> None:
    phones = "、".join(f"1381234000{n}" for n in range(5))
    one = built(联系电话=phones)
    assert one.history is not None
    contact = one.history.filing.contact
    assert (contact.phone, contact.more) == ("", f"联系电话：{phones}")


@pytest.mark.parametrize(
    ("name", "kind"), [("匿名", "anonymous"), ("要求保密", "anonymous"), ("张三", "person"), ("", "person")]
)
def test_a_name_that_is_none_makes_nobody_up(name: str, kind: str) -> None:
    one = built(姓名=name)
    assert one.history is not None
    assert one.history.filing.contact.kind == kind


def test_outcomes_are_matched_and_other_words_kept() -> None:
    answer = {"答复意见": "好", "答复时间": "2019-5-1"}
    known, other = built(办理结果="不予支持", **answer), built(办理结果="已办结", **answer)
    assert known.history is not None
    assert other.history is not None
    assert known.history.answer is not None
    assert other.history.answer is not None
    assert (known.history.answer.outcome, other.history.answer.outcome) == ("not_supported", "explained")
    assert other.history.note == "办理结果：已办结"


def test_the_mark_of_a_row_does_not_tell_its_words_and_depends_on_the_sites_key() -> None:
    one, other_key = built(编号=""), built(_lookups=Lookups(**{**LOOKUPS.__dict__, "secret": "t"}), 编号="")
    assert one.key.startswith("#")
    assert one.key != other_key.key
    assert built(编号="").key == one.key
    assert built(编号="", 详情="路灯不亮了").key != one.key


@pytest.mark.parametrize("words", ["检举控告", "控告", "检 举", "纪检监察"])
def test_an_accusation_in_a_sheet_is_refused_by_its_cell_and_told_where_it_belongs(words: str) -> None:
    one = built(信访类别=words)
    assert one.history is None
    assert codes(one) == {"class_sealed": True}


def test_a_digest_tells_an_answer_that_was_added_later() -> None:
    before, after = built(), built(答复意见="已修好", 答复时间="2019-5-1")
    assert before.key == after.key
    assert before.digest != after.digest


def test_own_words_come_back_as_they_went_out() -> None:
    assert all(klass_of(word) == key for key, word in KLASSES.items())
    assert all(channel_of(word) == key for key, word in CHANNELS.items())
    assert all(outcome_of(word) == key for key, word in OUTCOMES.items())


def test_every_sentence_of_a_row_is_used_and_whole_in_both_languages() -> None:
    from pathlib import Path

    code = "".join(
        path.read_text("utf-8")
        for path in Path(__file__).parents[1].glob("*.py")
        if "sentences" not in path.name
    )
    for name, sentence in ROW_SENTENCES.items():
        assert f'"{name}"' in code, name
        assert sentence.zh.endswith("。")
        assert sentence.en.endswith(".")
        assert not any("\u4e00" <= mark <= "\u9fff" for mark in sentence.en + sentence.mend_en)


def test_defaults_hold_where_the_row_is_silent() -> None:
    unit = UUID(int=7)
    one = built(_defaults=Defaults("suggestion", "letter", unit, "信件"))
    assert one.history is not None
    filing = one.history.filing
    assert (filing.klass, filing.channel, filing.unit_id, filing.origin) == (
        "suggestion",
        "letter",
        unit,
        "信件",
    )
