"""The agenda of an on-site day draws on what the other fronts found."""

from datetime import timedelta

import pytest

from tests.county import MONDAY, County
from zhuoluo.enterprise import actions as enterprise
from zhuoluo.enterprise.tests.test_acts import firm, need
from zhuoluo.kit.cursor import PAGE
from zhuoluo.matters.models import Matter
from zhuoluo.matters.tests.front import signed_in, stand_still
from zhuoluo.onsite.tests.test_acts import day
from zhuoluo.research.tests.test_acts import finding, topic


@pytest.mark.django_db
def test_a_chains_day_offers_all_that_is_open_of_the_chain_however_much_was_closed_since(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch, MONDAY + timedelta(days=1))
    by = county.who("coordinator")
    chain, other = (enterprise.save_chain(name=name, by=by, at=MONDAY) for name in ("食品", "陶瓷"))
    old = need(county, firm(county, 1, chain_id=chain.pk), "old").matter
    need(county, firm(county, 2, chain_id=other.pk), "foreign")
    found = finding(county, topic(county, chain_id=chain.pk), chain_id=chain.pk).matter_id
    busy = firm(county, 3, chain_id=chain.pk)
    since = [
        need(county, busy, f"n{n}", MONDAY + (n + 1) * timedelta(minutes=1)).matter.pk
        for n in range(PAGE + 1)
    ]
    Matter.objects.filter(pk__in=since).update(standing="closed")
    row = day(county, area=None, chain_id=chain.pk)
    page = signed_in(county, "coordinator").get(f"/desk/onsite/{row.pk}/agenda/")
    offered = {value for value, _words in page.context["form"].fields["offered"].choices}
    assert offered == {str(old.pk), str(found)}
