"""Booking by phone page and by a clerk: limits, codes, tries."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.county import County
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.tests.path import Path
from zhuoluo.org.rules import Forbidden
from zhuoluo.reception import actions, reads
from zhuoluo.reception.models import Booking
from zhuoluo.reception.tests.days import BEFORE, NINE, booked, day, person, slot

pytestmark = pytest.mark.django_db


def test_a_time_is_full_when_its_places_are_taken_and_a_place_given_back_is_free(county: County) -> None:
    session = day(county, per_slot=2)
    first = booked(county, session, contact=person(phone="13800000001")).booking
    booked(county, session, contact=person(phone="13800000002"))
    with pytest.raises(Refused, match="约满"):
        booked(county, session, contact=person(phone="13800000003"))
    actions.cancel_booking(booking_id=first.pk, at=BEFORE)
    actions.cancel_booking(booking_id=first.pk, at=BEFORE)
    again = booked(county, session, contact=person(phone="13800000003")).booking
    assert again.place == first.place
    assert len(set(Booking.objects.values_list("number", flat=True))) == 3


def test_one_phone_books_a_day_once(county: County) -> None:
    session = day(county)
    booked(county, session)
    with pytest.raises(Refused, match="已经约过"):
        booked(county, session, slot_at=slot(session, 1), contact=person(name="别人"))


def test_the_same_form_twice_is_one_booking_with_one_code(county: County) -> None:
    session = day(county)
    first, second = booked(county, session, key="k"), booked(county, session, key="k")
    assert (first.booking, first.code, second.fresh) == (second.booking, second.code, False)
    with pytest.raises(Refused, match="已经预约成功"):
        booked(county, session, key="k", about="另外一件事情")


@pytest.mark.parametrize(
    "change",
    [
        {"contact": person(name="")}, {"contact": person(phone="12")}, {"about": "路"}, {"people": 0},
        {"slot_at": NINE + timedelta(minutes=7)}, {"slot_at": NINE + timedelta(hours=9)},
    ],
)  # fmt: skip
def test_what_is_missing_is_said(county: County, change: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        booked(county, day(county), **change)


def test_phones_book_until_twelve_hours_before_and_clerks_until_the_time(county: County) -> None:
    session = day(county)
    late = NINE - timedelta(hours=11)
    with pytest.raises(Refused, match="12 小时"):
        booked(county, session, at=late)
    assert booked(county, session, at=late, who="officer").booking.made_by == county.users["officer"].pk
    with pytest.raises(Forbidden):
        booked(county, session, at=late, who="handler", key="x")
    with pytest.raises(Refused, match="已经过了"):
        booked(
            county,
            session,
            at=NINE + timedelta(minutes=1),
            who="officer",
            key="y",
            contact=person(phone="13800000009"),
        )


def test_unpublished_and_cancelled_days_take_no_bookings(county: County) -> None:
    with pytest.raises(Refused, match="没有公布"):
        booked(county, day(county, publish=False))
    session = day(county, "head")
    actions.cancel_day(session_id=session.pk, reason="防汛", by=county.who("officer"), at=BEFORE)
    with pytest.raises(Refused, match="取消"):
        booked(county, session)


def test_number_and_code_open_it_and_guessing_is_stopped(county: County) -> None:
    made = booked(county, day(county))
    given = {"address": "192.0.2.7", "at": BEFORE}
    assert actions.unlock(number=made.booking.number, code=made.code, **given) == made.booking
    for _ in range(10):
        assert actions.unlock(number=made.booking.number, code="AAAAAAAA", **given) is None
    with pytest.raises(actions.TooMany):
        actions.unlock(number=made.booking.number, code=made.code, **given)
    later = given | {"at": BEFORE + timedelta(hours=2)}
    assert actions.unlock(number=made.booking.number, code=made.code, **later) == made.booking


def test_bookings_from_one_address_are_limited(county: County) -> None:
    session = day(county, per_slot=50)
    for n in range(20):
        booked(county, session, contact=person(phone=f"138000000{n:02d}"), address="192.0.2.8")
    with pytest.raises(actions.TooMany):
        booked(county, session, contact=person(phone="13899999999"), address="192.0.2.8")


def test_two_bookings_cannot_have_one_place(county: County) -> None:
    session = day(county)
    made = booked(county, session).booking
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(
            number="YY260304-9999-1", session=session, slot_at=made.slot_at, place=made.place, raiser_id=made.raiser_id,
            about="另一件", key="z", body_hash="", made_at=BEFORE,
        )  # fmt: skip


# --- the brief the evening before ---


def test_the_brief_tells_what_was_before_and_what_is_owed_of_the_same_phone_only(county: County) -> None:
    Path.register(county, at=BEFORE - timedelta(days=90)).handling()
    Path.register(county, at=BEFORE, contact=person(phone="13911112222", name="张三丰"))
    booking = booked(county, day(county)).booking
    [visitor] = reads.briefs(county.who("leader"), [booking], now=BEFORE)
    assert visitor.person is not None
    assert visitor.person.name == "张**"
    assert visitor.brief.what == "石桥村三组路灯坏了"
    assert visitor.brief.before.startswith("2025年12月")
    assert "县住房和城乡建设局" in visitor.brief.before
    assert "答复" in visitor.brief.owed
    assert "超期" in visitor.brief.owed
    assert len(visitor.matters) == 1


def test_a_brief_holds_nothing_that_its_reader_may_not_see(county: County) -> None:
    Path.register(county, at=BEFORE, about_people=(county.users["leader"].pk,), text="反映陈副县长的事情")
    session = day(county)
    booking = booked(county, session).booking
    [visitor] = reads.briefs(county.who("leader"), [booking], now=BEFORE)
    assert visitor.brief.before == "以前没有来过。"
    [visitor] = reads.briefs(county.who("officer"), [booking], now=BEFORE)
    assert visitor.brief.before != "以前没有来过。"


def test_what_is_against_the_leader_is_not_shown_to_them(county: County) -> None:
    session = day(county)
    booked(county, session, against=True)
    page = reads.day_page(county.who("leader"), session.pk, now=BEFORE)
    assert (page.bookings, page.hidden) == ([], 1)
    assert len(reads.day_page(county.who("officer"), session.pk, now=BEFORE).bookings) == 1
