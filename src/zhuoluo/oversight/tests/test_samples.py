"""A draw that anybody can repeat, and who looks again."""

import hashlib
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.county import County
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.tests.path import Path
from zhuoluo.oversight import actions, reads
from zhuoluo.oversight.models import Drawn, Sample
from zhuoluo.oversight.rules import digest_of, draw

ids = st.lists(st.uuids(version=4), unique=True, max_size=60)


@given(ids, st.text(min_size=4, max_size=12), st.integers(1, 30))
def test_the_same_seed_and_matters_give_the_same_draw_in_whatever_order_they_come(
    population: list[UUID], seed: str, size: int
) -> None:
    drawn = draw(seed, population, size)
    assert drawn == draw(seed, reversed(population), size)
    assert len(drawn) == min(size, len(population))
    assert digest_of(population) == digest_of(reversed(population))


def test_the_algorithm_is_what_the_page_says() -> None:
    population = [UUID(int=n) for n in range(50)]
    by_hand = sorted(population, key=lambda one: hashlib.sha256(f"12 34 56:{one}".encode()).hexdigest())
    assert draw("12 34 56", population, 7) == by_hand[:7]


def drawn(county: County, n: int = 6, size: int = 4) -> tuple[Path, Sample]:
    paths = [Path.register(county).served() for _ in range(n)]
    last = max(paths, key=lambda p: p.at)
    last.at += timedelta(hours=1)
    by, day = county.who("supervisor", last.at), last.at.date()
    row = actions.make_sample(seed="25 11 03", since=day, until=day, size=size, by=by, at=last.at)
    return last, row


@pytest.mark.django_db
def test_a_sample_is_written_down_with_its_seed_and_drawn_once(county: County) -> None:
    path, row = drawn(county)
    assert (row.population, row.rows.count()) == (6, 4)
    [entry] = ledger.story(row.id)
    assert entry.payload["seed"] == "25 11 03"
    day = path.at.date()
    same = actions.make_sample(
        seed="25 11 03", since=day, until=day, size=4, by=county.who("checker", path.at), at=path.at
    )
    assert same == row
    assert reads.again(row).same_draw
    assert reads.again(row).same_population


@pytest.mark.django_db
def test_a_false_closure_is_reopened_and_the_draw_still_verifies(county: County) -> None:
    path, row = drawn(county)
    one = row.rows.order_by("place")[0]
    path.at += timedelta(hours=1)
    actions.recheck(
        drawn_id=one.id, finding="false", words="夜里去看，一盏也没亮", by=county.who("checker", path.at), at=path.at,
        law=county.law,
    )  # fmt: skip
    found = reads.sample_file(county.who("checker"), row.id, now=path.at)
    assert (found.looked, found.found["false"]) == (1, 1)
    again = reads.again(row)
    assert again.same_draw
    assert not again.same_population
    with pytest.raises(Refused, match="已经核查"):
        actions.recheck(
            drawn_id=one.id, finding="stands", words="又去看了一次", by=county.who("checker", path.at), at=path.at,
            law=county.law,
        )  # fmt: skip


@pytest.mark.django_db
def test_a_tampered_draw_does_not_verify(county: County) -> None:
    _path, row = drawn(county)
    first, second = row.rows.order_by("place")[:2]
    Drawn.objects.filter(pk=first.pk).update(place=99)
    Drawn.objects.filter(pk=second.pk).update(place=1)
    Drawn.objects.filter(pk=first.pk).update(place=2)
    assert not reads.again(row).same_draw


@pytest.mark.django_db
def test_who_called_back_does_not_recheck(county: County) -> None:
    path, row = drawn(county, 1, 1)
    path.act("call_back", "caller", reached=False)
    with pytest.raises(Refused, match="不能核查"):
        actions.recheck(
            drawn_id=row.rows.get().id, finding="stands", words="打过电话了", by=county.who("caller", path.at),
            at=path.at, law=county.law,
        )  # fmt: skip


@pytest.mark.django_db
def test_a_draw_without_a_seed_or_from_nothing_is_refused(county: County) -> None:
    path, _row = drawn(county)
    by, day = county.who("supervisor", path.at), path.at.date()
    with pytest.raises(Refused, match="种子"):
        actions.make_sample(seed="", since=day, until=day, size=4, by=by, at=path.at)
    long_ago = day - timedelta(days=300)
    with pytest.raises(Refused, match="可以抽"):
        actions.make_sample(seed="25 11 03", since=long_ago, until=long_ago, size=4, by=by, at=path.at)
