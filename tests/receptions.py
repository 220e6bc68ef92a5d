"""A reception day under way and one to come, for the tests that walk every page."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import RESIDENT
from zhuoluo.reception import actions
from zhuoluo.reception.actions import NewRequest, RuleContent
from zhuoluo.reception.actions.days import When
from zhuoluo.reception.models import Booking, Session
from zhuoluo.reception.reads.plan import Sitter
from zhuoluo.residents.actions import Contact

if TYPE_CHECKING:
    from tests.scene import Scene

RULE = {
    "name": "周一主要领导",
    "place": "县人民来访接待中心",
    "starts": "14:00",
    "ends": "16:00",
    "who": "turn",
}
PERSON = Contact(name="邓大山", phone="13766668888", address="清溪县石桥镇石桥村5组")


def stand(made: "Scene") -> None:
    """Let the office have a rule, a day today with a batch and a booking, and one in three days that can be booked."""
    by, at = made.county.who("officer", made.now), made.now - timedelta(days=3)
    leader, head = (made.county.users[name].pk for name in ("leader", "head"))
    actions.save_leaders(rows=[Sitter(leader, "", "", "城建、交通", True, 1, listed=True)], by=by, at=at)
    content = RuleContent(
        "每个工作日一位领导",
        "fixed",
        "people",
        "workday",
        time(9),
        time(11, 30),
        "县人民来访接待中心",
        people=(leader,),
    )
    made.receptions["rule"] = actions.save_rule(content=content, by=by, at=at).pk
    for name, ahead, people in (("today", 0, [leader]), ("coming", 3, [head])):
        made.receptions[name] = day(made, ahead, people).pk
    session = Session.objects.get(pk=made.receptions["today"])
    book(made, session, "13766667777", at)
    asks = [NewRequest("inquiry", "低保要哪些材料，去哪里办", area="431281101001", wish="想当天办好")]
    batch = actions.receive(
        session_id=session.pk, people=3, representatives=[PERSON], requests=asks, key="scene", by=by, at=made.now,
        law=made.county.law,
    ).batch  # fmt: skip
    made.receptions |= {"batch": batch.pk, "request": batch.requests.get().pk}


def day(
    made: "Scene", ahead: int, people: list[Any], place: str = "县人民来访接待中心", *, publish: bool = True
) -> Session:
    """A day so many days from now, the whole day long."""
    by, at = made.county.who("officer", made.now), made.now - timedelta(days=3)
    on = made.now.astimezone(SHANGHAI).date() + timedelta(days=ahead)
    session = actions.make_day(
        when=When(on, time(0, 1), time(23, 59), "fixed", place), people=people, reason="按计划接访", by=by, at=at, per_slot=50
    )  # fmt: skip
    if publish:
        actions.publish(session_ids=[session.pk], by=by, at=at)
    return Session.objects.get(pk=session.pk)


def book(made: "Scene", session: Session, phone: str, at: datetime) -> Any:
    """Somebody books the last time of a day."""
    contact = Contact(name="钱满仓", phone=phone)
    slot = session.starts_at + timedelta(minutes=30 * 46)
    return actions.book(
        session_id=session.pk, slot_at=slot, contact=contact, about="村口的桥护栏断了", people=1, key=f"scene-{phone}",
        by=RESIDENT, at=at,
    ).booking  # fmt: skip


def grow(made: "Scene", lot: int) -> None:
    """One more of everything a reception page can list: days, bookings, batches, requests, leaders."""
    session = Session.objects.get(pk=made.receptions["today"])
    by = made.county.who("officer", made.now)
    town_head = made.county.users["town_head"].pk
    day(made, lot % 25 + 4, [town_head], place=f"第{lot}处")
    book(made, session, f"138{lot:08d}", made.now - timedelta(days=3))
    asks = [
        NewRequest("claim", f"第{lot}件事，路面坏了", area="431281101001"),
        NewRequest("inquiry", f"第{lot}问，怎么办证"),
    ]
    people = [replace(PERSON, phone="13812340000"), replace(PERSON, name=f"代表{lot}", phone=f"139{lot:08d}")]
    actions.receive(
        session_id=session.pk, people=5, representatives=people, requests=asks, earlier=[made.matters["own XF"].id],
        key=f"grown-{lot}", by=by, at=made.now, law=made.county.law,
    )  # fmt: skip


# --- pages on which forms stand that the day as it is does not show ---


def opened(made: "Scene") -> dict[str, str]:
    """Number and code of the booking of today."""
    booking = Booking.objects.get(session=made.receptions["today"])
    return {"number": booking.number, "code": actions.code_of(booking)}


def booked(made: "Scene") -> tuple[Any, str]:
    """A resident's browser that booked a time."""
    client = type(made.clients["visitor"])()
    booking = book(made, Session.objects.get(pk=made.receptions["coming"]), "13766665555", timezone.now())
    client.post(reverse("reception:look"), {"number": booking.number, "code": actions.code_of(booking)})
    return client, reverse("reception:booked")


def unpublished(made: "Scene") -> tuple[Any, str]:
    """The office's month with a day that waits to be published."""
    session = day(made, 4, [made.county.users["head"].pk], publish=False)
    return made.clients["officer"], f"{reverse('reception:home')}?month={session.day:%Y-%m}"


def over(made: "Scene") -> tuple[Any, str]:
    """A day to which nobody came, about to be closed."""
    session = day(made, 0, [made.county.users["town_head"].pk], place="石桥镇")
    return made.clients["officer"], reverse("reception:close", args=[session.pk])
