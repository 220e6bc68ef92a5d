"""A classification tree from a sheet keeps its codes when it comes again."""

import pytest

from zhuoluo.exchange.sheets.headers import find_table
from zhuoluo.exchange.sheets.problems import Refused
from zhuoluo.exchange.sheets.read import RawSheet
from zhuoluo.exchange.sheets.tree import tree_codes

HEAD = ("一级分类", "二级分类", "三级分类")


def codes(*rows: tuple[str, ...], known: dict[str, str] | None = None) -> dict[str, str]:
    table = find_table(RawSheet("分类", (HEAD, *rows)), [1])
    assert table is not None
    return tree_codes(table, known or {})


def test_each_level_lies_under_its_parent() -> None:
    found = codes(
        ("城乡建设", "安全生产", "事故处理"), ("城乡建设", "住房", "物业"), ("环境保护", "噪声", "工地")
    )
    assert found == {
        "01": "城乡建设", "0101": "安全生产", "010101": "事故处理", "0102": "住房", "010201": "物业",
        "02": "环境保护", "0201": "噪声", "020101": "工地",
    }  # fmt: skip


def test_empty_cells_mean_the_one_above() -> None:
    assert codes(("城乡建设", "住房", "物业"), ("", "", "房改"), ("", "交通", "")) == {
        "01": "城乡建设", "0101": "住房", "010101": "物业", "010102": "房改", "0102": "交通",
    }  # fmt: skip


def test_a_known_path_keeps_its_code_wherever_it_stands_now() -> None:
    known = {"城乡建设": "01", "环境保护": "02", "环境保护 / 噪声": "0203"}
    found = codes(("环境保护", "噪声", ""), ("交通运输", "", ""), ("城乡建设", "", ""), known=known)
    assert found == {"01": "城乡建设", "02": "环境保护", "0203": "噪声", "03": "交通运输"}


def test_a_row_without_its_parent_is_named() -> None:
    with pytest.raises(Refused, match="第 2 行"):
        codes(("", "住房", "物业"))


def test_more_than_ninety_nine_of_a_kind_are_refused() -> None:
    with pytest.raises(Refused, match="99"):
        codes(*[(f"第{n}类", "", "") for n in range(100)])
