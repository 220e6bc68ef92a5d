"""An old 接访台账 in the layout of the register comes in by the sheets' own machinery: tried first, named by cell, nothing lost."""

import pytest

from tests.county import County
from zhuoluo.exchange.models import ImportRow
from zhuoluo.exchange.sheets.mapping import Mapping
from zhuoluo.exchange.sheets.tests.registers import book, checked, started, worked_off
from zhuoluo.matters import reads as matters
from zhuoluo.matters.models import Matter, Text
from zhuoluo.reception.rules.register import COLUMNS

pytestmark = pytest.mark.django_db
HEADS = tuple(label for _key, label, _width in COLUMNS)
ROWS = [
    ("张三丰", "清溪县石桥镇石桥村3组", "村道路面破损，下雨积水", "石桥村", "年久失修", "当场答复：列入春季养护", "县交通运输局", "已办结",
     "请求硬化路面", "2025年来过一次", "2026-02-03 第2批，陈立新（副县长）接待：当场答复"),
    ("李四", "清溪县城关镇东门社区", "", "东门社区", "", "", "", "", "", "", ""),
]  # fmt: skip


def test_every_column_finds_its_place_and_what_has_none_is_kept_under_its_label(county: County) -> None:
    run = checked(county, book(ROWS, HEADS), channel="reception", who="officer")
    named = {choice.label: choice.target for choice in Mapping.from_json(run.mapping).choices}
    assert named["来访人姓名"] == "raiser_name"
    assert named["单位和住址"] == "address"
    assert named["反映的主要问题"] == "text"
    assert named["发生地"] == "area"
    assert named["责任单位"] == "unit"
    states = dict(ImportRow.objects.filter(run=run).values_list("number", "state"))
    assert Matter.objects.count() == 0  # tried, nothing written
    assert set(states.values()) != {"ready"}  # the row without a problem told is listed


def test_the_good_rows_come_in_as_receptions_with_all_they_tell(county: County) -> None:
    worked_off(started(county, book(ROWS, HEADS), channel="reception", who="officer"))
    matter = Matter.objects.get()
    assert (matter.channel, matter.text) == ("reception", "村道路面破损，下雨积水")
    assert matter.area_id == "431281101001"
    assert matters.visible(county.who("officer")).filter(pk=matter.pk).exists()
    # A leader's words at a reception are no written answer: they are kept as told, and nothing counts as answered.
    assert not matter.milestones.filter(kind__in=["answered", "served"]).exists()
    told = "".join(Text.objects.filter(matter=matter).values_list("body", flat=True)) + matter.raiser.more
    for words in ("列入春季养护", "年久失修", "请求硬化路面", "2025年来过一次", "第2批"):
        assert words in told
