from datetime import UTC, datetime
from uuid import UUID

import pytest

from zhuoluo.search.rules import Cursor, Document, ask, entry_of, pack, reach, unpack
from zhuoluo.search.rules.marks import tick


def test_blanks_and_punctuation_part_words_and_all_must_be_there() -> None:
    question = ask(" 路灯，小区\u3000噪音 路灯 ")
    assert question.terms == ("路灯", "小区", "噪音")
    assert question.phrases == (("路灯",), ("小区",), ("噪音",))


def test_quotes_are_not_needed() -> None:
    assert ask("“路灯不亮”").phrases == (("路灯", "灯不", "不亮"),)
    assert ask('"路灯不亮"').phrases == ask("路灯不亮").phrases


def test_the_last_character_may_be_followed_by_more_and_a_middle_one_may_not() -> None:
    assert ask("A3区").phrases == (("a3", "a3区"),)
    assert ask("幸福路3").phrases == (("幸福", "福路", "路", "3"),)


def test_a_single_chinese_character_is_left_out_and_said() -> None:
    question = ask("路 灯不亮")
    assert question.too_short == ("路",)
    assert question.terms == ("灯不亮",)
    assert ask("路").phrases == ()


def test_hyphens_hold_a_number_together() -> None:
    assert ask("编号QX261122-0042-7").phrases == (("qx261122", "0042", "7"), ("编号",))
    assert ask("ＱＸ２６１１２２－００４２－７").phrases == (("qx261122", "0042", "7"),)


@pytest.mark.parametrize("nothing", ["", "   ", "，。！", "\u202e", "§", "''\"\"", "--", "()*^:"])
def test_a_question_without_words_asks_nothing(nothing: str) -> None:
    assert ask(nothing).phrases == ()


def test_a_question_is_bounded() -> None:
    assert len(ask(" ".join(f"词语{n}" for n in range(500))).phrases) <= 16
    assert sum(map(len, ask("路灯" * 10_000).phrases)) <= 200


def test_an_area_code_stands_for_everything_in_it() -> None:
    def marks(place: str) -> set[str]:
        document = Document(UUID(int=1), "", "", datetime(2026, 1, 1, tzinfo=UTC), place)
        return {mark[2:] for mark in entry_of(document).marks}

    assert marks("430426101203") == {"43", "4304", "430426", "430426101", "430426101203"}
    assert marks("430426101000") == {"43", "4304", "430426", "430426101"}
    assert marks("430426") == {"43", "4304", "430426"}
    assert reach(["all"], place="430426101000").within == reach(["all"], place="430426101").within


@pytest.mark.parametrize("place", ["43042", "4304261", "abcdef", "430426\n", "-1", "４３０４２６"])
def test_what_is_no_area_code_is_refused(place: str) -> None:
    with pytest.raises(ValueError, match="area code"):
        reach(["all"], place=place)


@pytest.mark.parametrize("token", ["ALL", "u 1", "全部", 'all"', "a|b", "x" * 61, "all\n"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        reach([token])
    with pytest.raises(ValueError, match="token"):
        reach(["all"], hidden_from=[token])


def test_a_moment_is_a_number_that_keeps_its_order() -> None:
    moments = [
        datetime(1899, 1, 1, tzinfo=UTC), datetime(1969, 12, 31, tzinfo=UTC), datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        datetime(2026, 11, 22, 9, 30, 0, 10_000, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC),
    ]  # fmt: skip
    ticks = [tick(moment) for moment in moments]
    assert ticks == sorted(set(ticks))
    assert ticks[0] == 0


def test_a_cursor_survives_an_address_and_nothing_else_is_one() -> None:
    cursor = Cursor(123_456_789, UUID(int=42))
    assert Cursor.read(str(cursor)) == cursor
    for wrong in (
        "",
        "-",
        "12",
        "x-y",
        "1-zz",
        f"-1-{UUID(int=1).hex}",
        f"{10**18}-{UUID(int=1).hex}",
        "１-" + "0" * 32,
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong, it is no cursor
            Cursor.read(wrong)


def test_an_entry_is_made_again_from_what_was_packed() -> None:
    document = Document(
        UUID(int=7), "matter", "多行\n的\n\n文字 QX261122-0042-7", datetime(2026, 1, 1, tzinfo=UTC), "430426",
        frozenset({"all", "u1"}), frozenset({"u2"}),
    )  # fmt: skip
    entry = entry_of(document)
    assert unpack(entry.id, pack(entry)) == entry
