"""Many desks at once: batch numbers of a day without gap or repetition, one place for one booking."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.county import County, build
from tests.test_concurrency import together
from zhuoluo.matters.models import Matter
from zhuoluo.matters.rules import Refused
from zhuoluo.org.rules import RESIDENT
from zhuoluo.reception import actions
from zhuoluo.reception.models import Batch, Booking, Session
from zhuoluo.reception.tests.days import BEFORE, NINE, asks, day, person, slot

pytestmark = pytest.mark.django_db(transaction=True)
DESKS = 12


@pytest.fixture
def county() -> County:
    return build()


def arriving(county: County, session: Session, key: str, phone: str) -> Callable[[], Any]:
    by, law = county.who("officer", NINE), county.law
    return lambda: actions.receive(
        session_id=session.pk, people=1, representatives=[person(phone=phone)], requests=[asks(), asks("水管爆了")], key=key,
        by=by, at=NINE, law=law,
    )  # fmt: skip


def test_desks_that_register_at_once_number_their_batches_without_gap(county: County) -> None:
    session = day(county)
    done = together([arriving(county, session, f"k{n}", f"1380000{n:04d}") for n in range(DESKS)])
    assert {type(d).__name__ for d in done} == {"Received"}, done
    assert sorted(Batch.objects.values_list("sequence", flat=True)) == list(range(1, DESKS + 1))
    assert len(set(Matter.objects.values_list("number", flat=True))) == 2 * DESKS


def test_the_same_form_from_many_desks_is_one_batch(county: County) -> None:
    session = day(county)
    done = together([arriving(county, session, "one", "13800000001") for _ in range(DESKS)])
    assert {type(d).__name__ for d in done} == {"Received"}, done
    assert [d.fresh for d in done].count(True) == 1
    assert (Batch.objects.count(), Matter.objects.count()) == (1, 2)


def test_the_last_place_is_booked_once(county: County) -> None:
    session = day(county, per_slot=3)

    def booking(n: int) -> Callable[[], Any]:
        return lambda: actions.book(
            session_id=session.pk, slot_at=slot(session), contact=person(phone=f"1370000{n:04d}"), about="路灯坏了两个月", people=1,
            key=f"b{n}", by=RESIDENT, at=BEFORE,
        )  # fmt: skip

    done = together([booking(n) for n in range(DESKS)])
    assert sum(isinstance(d, Refused) for d in done) == DESKS - 3, done
    assert sorted(Booking.objects.values_list("place", flat=True)) == [1, 2, 3]
    assert len(set(Booking.objects.values_list("number", flat=True))) == 3
