"""A reception day for tests, made by the same actions the product uses."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from tests.county import County
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import RESIDENT
from zhuoluo.reception import actions
from zhuoluo.reception.actions import NewRequest, Received, RuleContent
from zhuoluo.reception.actions.days import When
from zhuoluo.reception.models import RosterRule, Session
from zhuoluo.reception.reads.plan import Sitter, can_sit
from zhuoluo.residents.actions import Contact

DAY = date(2026, 3, 4)  # an ordinary Wednesday
NINE = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)  # 9 o'clock that day
BEFORE = NINE - timedelta(days=2)


def listed(county: County, *names: str, principal: str = "") -> None:
    """List these people as receiving, in this order; `principal` names the first of the county."""
    rows = [
        Sitter(county.users[name].pk, "", "", f"分管{name}", name == principal, order, listed=True)
        for order, name in enumerate(names)
    ]
    actions.save_leaders(rows=rows, by=county.who("officer"), at=BEFORE)


def rule(county: County, **changes: Any) -> RosterRule:
    values: dict[str, Any] = {
        "name": "每个工作日一位领导", "form": "fixed", "who": "turn", "pattern": "workday", "starts": time(9), "ends": time(11, 30),
        "place": "县人民来访接待中心",
    }  # fmt: skip
    return actions.save_rule(
        content=RuleContent(**values | changes), by=county.who("officer"), at=changes.pop("at", BEFORE)
    )


def day(
    county: County, *people: str, on: date = DAY, at: datetime = BEFORE, publish: bool = True, **more: Any
) -> Session:
    """A published day on which the named people sit (the leader, if nobody is named)."""
    by = county.who("officer")
    values: dict[str, Any] = {
        "starts": time(9),
        "ends": time(11, 30),
        "form": "fixed",
        "place": "县人民来访接待中心",
    }
    slots = {k: more.pop(k) for k in ("slot_minutes", "per_slot") if k in more}
    session = actions.make_day(
        when=When(day=on, **values | more), people=[county.users[p].pk for p in people or ("leader",)], reason="按计划接访",
        by=by, at=at, **slots,
    )  # fmt: skip
    if publish:
        actions.publish(session_ids=[session.pk], by=by, at=at)
        session.refresh_from_db()
    return session


def person(**changes: Any) -> Contact:
    values = {"name": "张三丰", "phone": "13812340000", "address": "清溪县石桥镇石桥村3组"} | changes
    return Contact(**values)


def asks(text: str = "石桥村三组路灯坏了两个月，晚上老人摔倒。", **changes: Any) -> NewRequest:
    return NewRequest(**{"klass": "claim", "text": text, "area": "431281101001"} | changes)


def come(
    county: County, session: Session, *requests: NewRequest, at: datetime = NINE, who: str = "officer", **changes: Any
) -> Received:  # fmt: skip
    """A batch registered at the desk."""
    values: dict[str, Any] = {
        "people": 1, "representatives": [person()], "requests": list(requests or (asks(),)),
        "key": f"key-{session.pk}-{session.batches.count()}",
    }  # fmt: skip
    return actions.receive(
        session_id=session.pk, by=county.who(who, at), at=at, law=county.law, **values | changes
    )


def slot(session: Session, number: int = 0) -> datetime:
    return session.starts_at + timedelta(minutes=session.slot_minutes * number)


def booked(county: County, session: Session, *, at: datetime = BEFORE, who: str = "", **changes: Any) -> Any:
    values: dict[str, Any] = {
        "slot_at": slot(session), "contact": person(), "about": "石桥村三组路灯坏了", "people": 1, "key": f"b-{session.bookings.count()}",
    }  # fmt: skip
    by = county.who(who, at) if who else changes.pop("by", None)
    from_rules = values | changes
    return actions.book(session_id=session.pk, by=by or RESIDENT, at=at, **from_rules)


def all_who_can(county: County) -> set[UUID]:
    return {s.user_id for s in can_sit(DAY)}


def at_hour(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), SHANGHAI)
