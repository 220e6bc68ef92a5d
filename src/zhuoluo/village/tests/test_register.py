"""The list of mediators in and out as a sheet: only with a day of consent, all rows or none, each once."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.county import MONDAY, County
from tests.fronts import book
from zhuoluo.kit.rows import BadRows
from zhuoluo.kit.spoken import spoken
from zhuoluo.matters.tests.front import signed_in, stand_still, text
from zhuoluo.village import actions, reads
from zhuoluo.village.models import Mediator
from zhuoluo.village.rules.sheet import MEDIATORS
from zhuoluo.village.tests.test_acts import listed

pytestmark = pytest.mark.django_db
GOOD = ["石老根", "石桥镇石桥村", "邻里、宅基地", "2026-02-27", "13800138000"]


def take(county: County, *rows: list[str], who: str = "clerk") -> tuple[int, int]:
    data = book(MEDIATORS, *rows).read()
    taken = actions.import_mediators(data=data, by=county.who(who), at=MONDAY)
    return taken.new, taken.known


def test_a_sheet_lists_each_once(county: County) -> None:
    assert take(county, GOOD) == (1, 0)
    row = Mediator.objects.get()
    assert (row.user.name, row.area.name, row.good_at, row.phone) == (GOOD[0], "石桥村", GOOD[2], GOOD[4])
    assert take(county, GOOD) == (0, 1)


@pytest.mark.parametrize(
    ("at", "value", "said"),
    [
        (0, "没有账号的", "账号"),
        (1, "没有这个村", "没有找到村"),
        (3, "2026-03-09", "不能晚于今天"),
        (4, "12", "不完整"),
    ],
)
def test_one_wrong_row_lists_nobody_and_says_which(county: County, at: int, value: str, said: str) -> None:
    wrong = [value if n == at else cell for n, cell in enumerate(GOOD)]
    with pytest.raises(BadRows) as caught:
        take(county, wrong, GOOD)
    assert [(w.place, said in spoken(w.error)) for w in caught.value.wrong] == [(3, True)]
    assert not Mediator.objects.exists()


def test_without_a_day_of_consent_nobody_is_listed(county: County) -> None:
    with pytest.raises(BadRows) as caught:
        take(county, [*GOOD[:3], "", ""])
    assert "没有同意的不列" in spoken(caught.value.wrong[0].error)
    assert not Mediator.objects.exists()


def test_a_township_lists_only_its_own_villages(county: County) -> None:
    with pytest.raises(BadRows):
        take(county, GOOD, who="clerk2")
    assert not Mediator.objects.exists()


def test_what_goes_out_comes_in_again(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch)
    listed(county, good_at="邻里")
    client = signed_in(county, "clerk")
    body = client.get("/desk/village/list/sheet/").content
    rows = list(load_workbook(BytesIO(body)).active.iter_rows(values_only=True))  # type: ignore[union-attr]  # one sheet
    assert ["石老根", "石桥村", "邻里"] in [list(row[:3]) for row in rows]
    taken = actions.import_mediators(data=body, by=county.who("clerk"), at=MONDAY)
    assert (taken.new, taken.known) == (0, 1)
    assert "石老根" in text(client.get("/desk/village/list/print/"))
    assert client.get("/desk/village/list/blank/").content[:2] == b"PK"
    assert reads.listed(county.who("clerk"))[0].good_at == "邻里"
