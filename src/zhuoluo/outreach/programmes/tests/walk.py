"""A programme and its applications for tests, made by the same actions the product uses."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.county import County
from zhuoluo.outreach.policy import reads as policy_reads
from zhuoluo.outreach.policy.models import ClauseText
from zhuoluo.outreach.policy.tests.library import published_document
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.actions import Applied, Asked, Content, Decided, NewItem
from zhuoluo.outreach.programmes.models import Application, Award, Payment, Programme
from zhuoluo.outreach.programmes.reads.rules import reckoned
from zhuoluo.outreach.programmes.rules.amounts import Rule
from zhuoluo.residents.actions import Contact

DAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 9 o'clock on an ordinary Monday
CODE = "91330100799655058B"
PERSON = Contact(name="张三丰", phone="13812340000", address="清溪县石桥镇石桥村3组")
FIRM = Contact(name="清溪县远山机械有限公司", phone="13812341111", id_number=CODE, more="李会计")
FIXED = Rule("fixed", amount=30_000_00)
SHARE = Rule("share", share=1250, ceiling=500_000_00)
GRADES = Rule("grades", grades=(("A类", 100_000_00), ("B类", 50_000_00)))


def clause(
    label: str = "第十七条", title: str = "海创园人才三十六条", since: date = date(2024, 1, 1)
) -> UUID:
    """A clause in force since a day."""
    known = ClauseText.objects.filter(
        clause__label=label, clause__document__title=title, from_day=since
    ).first()
    if known is not None:
        return known.clause_id
    document = published_document(title, [(label, f"{title}{label}")], since=since, at=DAY)
    return policy_reads.of_document(document.id, since)[0].clause_id


def content(county: County, **changes: Any) -> Content:
    values: dict[str, Any] = {
        "title": "高层次人才安家补贴", "year": 2026, "unit_id": county.units["ZJ"].pk, "audience": "both",
        "who": "在本县工作满一年的人才和用人单位", "needs": "劳动合同、社保缴费证明", "opens": date(2026, 3, 1),
        "closes": date(2026, 6, 30), "budget": 100_000_000_00, "told_at": "人才政策奖补集中兑现大会",
        "told_on": date(2026, 3, 1),
    }  # fmt: skip
    return Content(**values | changes)


def programme(
    county: County, *rules: tuple[str, Rule], at: datetime = DAY, announce: bool = True, **changes: Any
) -> Programme:
    """A programme drawn up by the outreach officer, with these items (a fixed sum, if none is named)."""
    by = county.who("outreach", at)
    row = actions.make_programme(
        content=content(county, **changes), key=f"p{Programme.objects.count()}", by=by, at=at
    )
    for number, (title, rule) in enumerate(rules or (("安家补贴", FIXED),)):
        item = NewItem(title, clause(f"第{number + 17}条"), rule, "设备投资额")
        actions.add_item(programme_id=row.pk, item=item, by=by, at=at)
    if announce:
        actions.announce(programme_id=row.pk, by=by, at=at)
    row.refresh_from_db()
    return row


def person(number: int = 0) -> Contact:
    return replace(PERSON, phone=f"138{number:08d}") if number else PERSON


def applied(
    county: County, row: Programme, *, at: datetime = DAY, contact: Contact = PERSON, kind: str = "person", key: str = "",
    base: int = 0, grade: str = "", **changes: Any,
) -> Applied:  # fmt: skip
    asks = [
        Asked(item.pk, base if item.rule == "share" else 0, grade if item.rule == "grades" else "")
        for item in row.items.order_by("place")
    ]
    values = {"words": "在清溪工作三年，从事机械设计", "asks": asks} | changes
    return actions.apply(
        programme_id=row.pk, kind=kind, contact=contact, key=key or f"k{Application.objects.count()}", at=at, **values
    )  # fmt: skip


def checked(county: County, row: Programme, *, at: datetime = DAY, **changes: Any) -> Application:
    made = applied(county, row, at=at, **changes).application
    return actions.check(application_id=made.pk, by=county.who("outreach", at), at=at)


def approved(
    county: County, row: Programme, *, at: datetime = DAY, amount: int | None = None, **changes: Any
) -> Application:
    made = checked(county, row, at=at, **changes)
    awards = []
    for ask in made.asks.select_related("item"):
        full = reckoned(ask.item, ask.base, ask.grade).fen
        awards.append(Decided(ask.pk, full if amount is None else amount, "按实际情况核定" if amount else ""))
    return actions.approve(application_id=made.pk, awards=awards, by=county.who("head", at), at=at)


def noticed(county: County, row: Programme, *, at: datetime = DAY, **changes: Any) -> Application:
    made = approved(county, row, at=at, **changes)
    actions.publish(
        programme_id=row.pk, application_ids=[made.pk], by=county.who("outreach", at), at=at, law=county.law
    )
    made.refresh_from_db()
    return made


AFTER = DAY + timedelta(days=9)  # the notice of five working days is over


def award(application: Application) -> Award:
    return Award.objects.filter(application=application).order_by("item__place")[0]


def pay(county: County, application: Application, amount: int, voucher: str, **changes: Any) -> Payment:
    values: dict[str, Any] = {
        "award_id": award(application).pk, "amount": amount, "day": AFTER.date(), "voucher": voucher, "key": f"pay-{voucher}",
        "by": county.who("finance", AFTER), "at": AFTER,
    }  # fmt: skip
    return actions.pay(**values | changes)
