"""The list of reviews: whose, in which order, by which filters, and counts that add up."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.county import MONDAY, County
from zhuoluo.matters.reads import AskedFor, asked, asked_counts
from zhuoluo.matters.tests.front import cost, signed_in, stand_still, text, walk
from zhuoluo.matters.tests.law import ask, on_review, reviewed
from zhuoluo.matters.tests.path import Path

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=20)


def served(county: County, minutes: int = 0) -> Path:
    return Path.register(county, at=MONDAY + timedelta(minutes=minutes)).served()


def some(county: County) -> None:
    ask(served(county))
    examined = served(county, 1)
    on_review(examined, "admit_review", ask(examined))
    reviewed(served(county, 2))
    reviewed(served(county, 3), "annulled")
    refused = served(county, 4)
    on_review(refused, "refuse_review", ask(refused), ground="not_party", reason="申请人不是本人")
    twice = served(county, 5)
    reviewed(twice)
    reviewed(twice)


def test_every_count_stands_for_itself_and_together_they_are_the_requests(county: County) -> None:
    some(county)
    first, second = asked_counts(county.who("reviewer", LATER))
    assert (first.asked, first.waiting, first.examined, first.upheld, first.annulled, first.refused) == (
        6,
        1,
        1,
        2,
        1,
        1,
    )
    assert (second.asked, second.upheld) == (1, 1)
    for row in (first, second):
        parts = (row.waiting, row.examined, row.upheld, row.changed, row.annulled, row.refused, row.withdrawn)
        assert sum(parts) == row.asked


def test_the_list_is_newest_first_and_follows_its_filters(county: County) -> None:
    some(county)
    reviewer = county.who("reviewer", LATER)
    rows = asked(reviewer, AskedFor(), now=LATER).rows
    assert [r.requested_at for r in rows] == sorted((r.requested_at for r in rows), reverse=True)
    assert len(asked(reviewer, AskedFor(state="open"), now=LATER).rows) == 2
    assert len(asked(reviewer, AskedFor(state="decided", level=2), now=LATER).rows) == 1
    assert len(asked(reviewer, AskedFor(state="ended"), now=LATER).rows) == 1
    assert asked(reviewer, AskedFor(unit=county.units["JT"].id), now=LATER).rows == []
    assert all(r.due is not None for r in asked(reviewer, AskedFor(state="open"), now=LATER).rows)


def test_a_unit_sees_reviews_of_its_own_matters_only(county: County) -> None:
    some(county)
    assert len(asked(county.who("head", LATER), AskedFor(), now=LATER).rows) == 7
    assert asked(county.who("road_head", LATER), AskedFor(), now=LATER).rows == []
    assert asked_counts(county.who("road_head", LATER))[0].asked == 0


def test_the_page_walks_on_and_costs_the_same_for_one_row_and_for_many(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch, LATER)
    client, url = signed_in(county, "reviewer"), reverse("matters:reviews")
    assert "还没有复查复核申请" in text(client.get(url))
    ask(served(county))
    few, _size = cost(client, url)
    for minute in range(1, 35):
        ask(served(county, minute))
    many, _size = cost(client, url)
    assert many == few
    numbers = walk(client, url, lambda row: row["line"].number)
    assert len(numbers) == len(set(numbers)) == 35
    page = text(client.get(f"{url}?state=decided"))
    assert "没有符合条件的申请" in page
