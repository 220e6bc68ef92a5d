"""The classification tree is the site's own, set by one act."""

from datetime import UTC, datetime

import pytest

from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.actions import set_categories
from zhuoluo.matters.actions.categories import TREE
from zhuoluo.matters.models import Category
from zhuoluo.matters.rules import Refused
from zhuoluo.org.rules import RESIDENT, SYSTEM, Forbidden

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROWS = {"01": "道路", "0101": "路面", "02": "供水"}
pytestmark = pytest.mark.django_db


def test_the_tree_is_set_with_one_entry_and_full_names() -> None:
    assert set_categories(rows=ROWS, by=SYSTEM, at=AT) == 3
    assert Category.objects.get(pk="0101").full_name == "道路 / 路面"
    assert [e.verb for e in ledger.story(TREE)] == ["matters.set_categories"]


def test_a_category_no_longer_named_is_offered_no_more_but_stays() -> None:
    set_categories(rows=ROWS, by=SYSTEM, at=AT)
    set_categories(rows={"01": "道路交通"}, by=SYSTEM, at=AT)
    assert dict(Category.objects.values_list("code", "active")) == {"01": True, "0101": False, "02": False}
    assert Category.objects.get(pk="01").name == "道路交通"


@pytest.mark.parametrize(("code", "said"), [("0301", "缺少上级"), ("1", "2、4、6 位"), ("ab", "2、4、6 位")])
def test_a_code_that_is_no_tree_code_is_refused_by_name(code: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        set_categories(rows={code: "某类"}, by=SYSTEM, at=AT)
    assert code in str(refused.value)
    assert not Category.objects.exists()


def test_only_an_administrator_sets_it() -> None:
    with pytest.raises(Forbidden):
        set_categories(rows=ROWS, by=RESIDENT, at=AT)
