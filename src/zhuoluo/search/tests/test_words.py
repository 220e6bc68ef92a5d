import random
import time

import pytest

from zhuoluo.search.rules import normal, words_of
from zhuoluo.search.rules.words import MOST_TOKENS, clean


def _stream(text: str) -> list[str]:
    return list(words_of(normal(text)).stream)


def test_chinese_is_cut_into_overlapping_pairs_and_a_run_ends_with_its_last_character() -> None:
    assert _stream("路灯不亮，小区") == ["路灯", "灯不", "不亮", "亮", "小区", "区"]


def test_latin_words_and_numbers_are_whole_and_join_the_character_behind_them() -> None:
    assert _stream("A3区幸福路38号 WiFi") == [
        "a3",
        "a3区",
        "区幸",
        "幸福",
        "福路",
        "路",
        "38",
        "38号",
        "号",
        "wifi",
    ]


def test_full_width_capital_and_compatible_forms_are_one() -> None:
    assert _stream("ＱＸ１２３，Ⅲ级 ㎡") == _stream("qx123,iii级 m2")


def test_rare_characters_of_names_are_characters_like_others() -> None:
    # Extension A, B, G and H, and a private one of old encodings: Python's tables do not know all of them.
    assert _stream("㛃䶮𠮷") == ["㛃䶮", "䶮𠮷", "𠮷"]
    assert _stream("\U00030ede\U00031350\ue863") == ["\U00030ede\U00031350", "\U00031350\ue863", "\ue863"]
    assert _stream("葛\U000e0100优") == ["葛优", "优"], "a variation selector is no character"


def test_other_scripts_are_cut_by_characters() -> None:
    assert _stream("བོད") == ["བོ", "ོད", "ད"]
    assert _stream("Привет müßig") == ["привет", "müßig"]


def test_a_number_is_found_however_it_is_typed() -> None:
    numbers = words_of(normal("QX261122-0042-7")).numbers
    assert {"qx26112200427", "26112200427", "0427", "00427", "200427"} <= set(numbers)
    assert {"5678", "45678"} <= set(words_of(normal("电话13812345678")).numbers)
    assert {"07341234567", "4567"} <= set(words_of(normal("0734-1234567")).numbers)


def test_dates_and_short_numbers_are_not_spelt_in_further_ways_than_one() -> None:
    assert words_of(normal("2019-12-30")).numbers == ("20191230",)
    assert words_of(normal("3号楼12层 2020年")).numbers == ()


def test_a_text_without_end_is_cut() -> None:
    words = words_of(normal("路灯" * 50_000))
    assert len(words.stream) == MOST_TOKENS


@pytest.mark.parametrize("filler", ["a", "路", "1-", "-", "1 ", "路1", "\u0301", "，", "\u202e", "١"])
def test_hostile_text_of_a_hundred_thousand_characters_takes_no_time(filler: str) -> None:
    text = filler * (20_000 // len(filler))  # entry_of cuts longer ones to this
    begun = time.perf_counter()
    words_of(normal(text))
    assert time.perf_counter() - begun < 0.5


def test_no_text_can_write_a_mark_or_break_a_query() -> None:
    rng = random.Random(3)
    for _ in range(200):
        text = "".join(
            chr(rng.choice((rng.randrange(0x20, 0x3000), rng.randrange(0x20, 0x7F)))) for _ in range(60)
        )
        for token in words_of(normal(text)).stream:
            assert not set(token) & set(" '\"\\§:*()&|!<>^-"), repr(token)
    assert "§" not in clean("§rall")
