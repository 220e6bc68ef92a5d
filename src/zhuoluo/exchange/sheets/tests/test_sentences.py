"""Every reason can be said in Chinese and in English, with the remedy."""

import ast
import re
import string
from pathlib import Path

import pytest

from zhuoluo.exchange.sheets.problems import LABELS, Problem, Reason, Refused, label, reason
from zhuoluo.exchange.sheets.sentences import SENTENCES

HERE = Path(__file__).parents[1]


def fields(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


def calls() -> list[tuple[str, set[str]]]:
    """Every `reason("code", …)` in the code, with the names of its parameters."""
    found = []
    for path in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "reason" and node.args:
                first = node.args[0]
                codes = [part.value for part in ast.walk(first) if isinstance(part, ast.Constant)]
                found += [
                    (code, {word.arg or "" for word in node.keywords}) for code in codes if code in SENTENCES
                ]
    return found


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_whole_in_both_languages(code: str) -> None:
    sentence = SENTENCES[code]
    assert fields(sentence.zh) == fields(sentence.en)
    assert re.search(r"[\u4e00-\u9fff]", sentence.zh)
    assert re.search(r"[\u4e00-\u9fff]", sentence.mend_zh)
    assert sentence.zh.endswith("。")
    assert sentence.mend_zh.endswith("。")
    assert sentence.en.endswith(".")
    assert sentence.mend_en.endswith(".")
    assert not re.search(r"[\u4e00-\u9fff]", sentence.en)


def test_every_reason_given_has_the_parameters_of_its_sentence() -> None:
    found = calls()
    assert len(found) > 50
    for code, names in found:
        sentence = SENTENCES[code]
        needed = fields(sentence.zh) | fields(sentence.mend_zh) | fields(sentence.mend_en)
        assert needed <= names, code


def test_every_sentence_is_used() -> None:
    text = "".join(path.read_text("utf-8") for path in HERE.glob("*.py") if path.name != "sentences.py")
    assert not [code for code in SENTENCES if f'"{code}"' not in text]


def test_an_unknown_code_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        reason("nonsense")


def test_long_and_odd_values_do_not_spoil_a_sentence() -> None:
    said = reason("when_unreadable", value="很长\n" * 500 + "{value}").sentence()
    assert len(said) < 60
    assert "\n" not in said
    assert reason("when_unreadable", value="{0}{x}").sentence() == "“{0}{x}”读不成日期。"


def test_a_reason_can_be_kept_and_compared() -> None:
    assert reason("zip_bomb", part="a") == Reason("zip_bomb", (("part", "a"),))
    assert len({reason("zip_bomb", part="a"), reason("zip_bomb", part="a")}) == 1


def test_a_refusal_says_what_and_how_to_mend() -> None:
    refused = Refused(reason("file_encrypted"))
    assert refused.sentence("zh") == "文件加了打开密码，系统读不了。"
    assert refused.mend("en").startswith("Remove the password")
    assert str(refused) == refused.sentence() + refused.mend()


def test_a_problem_names_its_cell() -> None:
    problem = Problem("C12", "答复时间", reason("when_no_year", value="1月6日"))
    assert problem.reason_zh == "“1月6日”没有写年份。"
    assert "2020-1-6" in problem.how_to_mend
    assert problem.line("zh").startswith("C12（答复时间）：")
    assert problem.line("en").startswith("C12 (答复时间): ")


@pytest.mark.parametrize("key", sorted(LABELS))
def test_fixed_words_have_both_languages(key: str) -> None:
    words = {"place": "台账!B2", "row": "3", "label": "姓名"}
    assert label(key, "zh", **words)
    assert label(key, "en", **words) != label(key, "zh", **words)
