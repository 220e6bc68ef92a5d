"""The county's programmes: applied for, checked, approved, published, paid; and the posts its employers look for."""

import heapq
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhuoluo.clock import local_day
from zhuoluo.demo.actions.case import Life
from zhuoluo.demo.actions.world import World
from zhuoluo.demo.rules.places import data
from zhuoluo.kit.credit_code import check_sign
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.policy import reads as policy
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.actions import Asked, Content, Decided, NewItem
from zhuoluo.outreach.programmes.models import Application, Objection, Programme
from zhuoluo.outreach.programmes.reads.rules import reckoned
from zhuoluo.outreach.programmes.rules.amounts import Rule
from zhuoluo.outreach.programmes.rules.sheet import Sought
from zhuoluo.residents.actions import Contact

PAID = ("paid", "part", "clawed", "returned")
AWARDED = (*PAID, "noticed", "objected", "upheld", "approved")
NOTICE = timedelta(days=13)  # five working days, a holiday between them too
BEGINS = timedelta(days=151)
Deed = Callable[[datetime], None]


@dataclass
class _Days:
    """What is still to happen, in the order of time."""

    queue: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    planned: int = 0

    def plan(self, at: datetime, deed: Deed) -> None:
        """Let something happen."""
        self.planned += 1
        heapq.heappush(self.queue, (at, self.planned, deed))


def programmes(world: World) -> Life:
    """Live the year of the programmes. A county whose library has no clauses yet has none."""
    days = _Days()
    begin = world.now - BEGINS
    yield begin
    if not policy.search("海创园", on=local_day(begin), limit=1):
        return
    _Year(world, days).begin()
    while days.queue:
        at, _order, deed = heapq.heappop(days.queue)
        yield at
        deed(at)


def objected() -> int:
    """Return how many objections and appeals were raised about programmes; each is a matter."""
    return Objection.objects.count()


class _Year:
    """Three programmes and everybody who applies."""

    def __init__(self, world: World, days: _Days) -> None:
        self.world, self.days = world, days
        self.dice = random.Random("programmes")  # noqa: S311  # invented lives, not secrets
        self.rows: dict[str, Programme] = {}
        self.vouchers = 0

    def begin(self) -> None:
        for plan in data("programmes")["programme"]:
            at = self.world.now - timedelta(days=plan["since"])
            self.days.plan(at, lambda at, plan=plan: self.announce(plan, at))  # type: ignore[misc]  # bound now
        self.days.plan(self.world.now - timedelta(days=30), self.catalogue)

    def keeper(self, at: datetime) -> Actor:
        return self.world.who("XC", ("outreach_officer",), at)

    def announce(self, plan: Mapping[str, Any], at: datetime) -> None:
        today, by = local_day(at), self.keeper(at)
        content = Content(
            title=f"{today.year}年{plan['title']}", year=today.year, unit_id=self.world.units[plan["unit"]].id,
            audience=plan["audience"], who=plan["who"], needs=plan["needs"], opens=today,
            closes=local_day(self.world.now) - timedelta(days=plan["until"]), budget=plan["budget"] * 100,
            told_on=today, told_at=plan["told_at"],
        )  # fmt: skip
        row = actions.make_programme(content=content, key=f"demo-{plan['title']}", by=by, at=at)
        for item in plan["items"]:
            found = policy.search(item["find"], on=today, limit=20)
            grades = tuple((name, fen * 100) for name, fen in item.get("grades", ()))
            rule = Rule(
                item["rule"],
                item.get("amount", 0) * 100,
                item.get("share", 0),
                item.get("ceiling", 0) * 100,
                grades,
            )
            clause = found[0].clause_id
            made = NewItem(item["title"], clause, rule, item.get("base", ""))
            actions.add_item(programme_id=row.pk, item=made, by=by, at=at)
        self.rows[plan["title"]] = actions.announce(programme_id=row.pk, by=by, at=at)
        for number, person in enumerate(plan["people"], start=1):
            when = at + timedelta(days=1 + number, hours=self.dice.randint(0, 6), minutes=number)
            self.days.plan(when, lambda at, person=person: self.apply(row, person, at))  # type: ignore[misc]  # bound now
        if plan["until"] > 0:
            self.days.plan(
                self.world.now - timedelta(days=plan["until"] - 1),
                lambda at: _none(actions.close(programme_id=row.pk, by=self.keeper(at), at=at)),
            )

    def apply(self, row: Programme, person: Mapping[str, Any], at: datetime) -> None:
        kind = "enterprise" if person["name"].endswith("公司") else "person"
        item = list(row.items.order_by("place"))[person.get("item", 0)]
        base = int(Decimal(str(person.get("base", 0))) * 100)
        phone = f"139{self.dice.randrange(10**8):08d}"
        contact = Contact(
            name=person["name"], phone=phone, address="清溪县清江街道", id_number=self.code() if kind == "enterprise" else "",
            more="王会计" if kind == "enterprise" else "",
        )  # fmt: skip
        made = actions.apply(
            programme_id=row.pk, kind=kind, contact=contact, asks=[Asked(item.pk, base, person.get("grade", ""))],
            words=person["words"], key=f"demo-{row.pk}-{person['name']}", at=at,
        ).application  # fmt: skip
        self.days.plan(at + timedelta(days=2, hours=1), lambda at: self.look_at(made.pk, person["path"], at))

    def code(self) -> str:
        body = f"91431281MA{self.dice.randrange(10**7):07d}"
        return body + check_sign(body)

    def look_at(self, pk: UUID, path: str, at: datetime) -> None:
        """Somebody checks what came."""
        by = self.keeper(at)
        if path == "received":
            return
        if path == "withdrawn":
            actions.withdraw(application_id=pk, at=at)
        elif path == "more":
            until = local_day(self.world.now) + timedelta(days=10)
            actions.ask_more(
                application_id=pk, what="请补有效期内的合同，拍照上传就行。", until=until, by=by, at=at
            )
        elif path == "refused":
            clause = Application.objects.get(pk=pk).programme.items.order_by("place")[0].clause_id
            why = "到本县工作还不满一年（设备还没有验收），条件不够；满了可以再申请。"
            actions.refuse(application_id=pk, why=why, clause_id=clause, by=by, at=at)
        else:
            actions.check(application_id=pk, by=by, at=at)
            if path in AWARDED:
                self.days.plan(at + timedelta(days=3), lambda at: self.approve(pk, path, at))

    def approve(self, pk: UUID, path: str, at: datetime) -> None:
        row = Application.objects.select_related("programme").get(pk=pk)
        unit = next(code for code, unit in self.world.units.items() if unit.id == row.programme.unit_id)
        awards = [
            Decided(ask.pk, reckoned(ask.item, ask.base, ask.grade).fen)
            for ask in row.asks.select_related("item")
        ]
        actions.approve(application_id=pk, awards=awards, by=self.world.head(unit, at), at=at)
        if path == "approved":
            return
        # What is still under publication today was published the other day.
        late = (
            self.world.now - timedelta(days=2) if path in ("noticed", "objected") else at + timedelta(days=1)
        )
        self.days.plan(max(late, at + timedelta(hours=1)), lambda at: self.publish(row, path, at))

    def publish(self, row: Application, path: str, at: datetime) -> None:
        actions.publish(
            programme_id=row.programme_id, application_ids=[row.pk], by=self.keeper(at), at=at, law=self.world.law
        )  # fmt: skip
        if path in ("objected", "upheld"):
            self.days.plan(at + timedelta(days=1), lambda at: self.object_to(row, path, at))
        elif path in PAID:
            self.days.plan(at + NOTICE, lambda at: self.pay(row.pk, path, at))

    def object_to(self, row: Application, path: str, at: datetime) -> None:
        contact = Contact(name="邹先平", phone="13900001234", address="清溪县清江街道")
        made = actions.object_to(
            application_id=row.pk, contact=contact, text="设备是旧的，不是新买的，请核实发票", key=f"demo-{row.pk}", at=at,
            law=self.world.law,
        )  # fmt: skip
        if path == "upheld":
            objection = Objection.objects.get(matter=made.matter).pk
            self.days.plan(at + timedelta(days=2), lambda at: self.rule(row, objection, at))

    def rule(self, row: Application, objection: UUID, at: datetime) -> None:
        unit = next(code for code, unit in self.world.units.items() if unit.id == row.programme.unit_id)
        why = "到厂里核对了设备编号和发票，两台是旧设备，不符合条件。"
        actions.rule_on(objection_id=objection, ruling="upheld", why=why, by=self.world.head(unit, at), at=at)

    def pay(self, pk: UUID, path: str, at: datetime) -> None:
        award = Application.objects.get(pk=pk).awards.get()
        amount = award.amount // 2 if path == "part" else award.amount
        by = self.world.who("CZ", ("finance",), at)
        given: dict[str, Any] = {"award_id": award.pk, "day": local_day(at), "by": by}
        actions.pay(amount=amount, at=at, **given, **self.voucher(at))
        if path in ("clawed", "returned"):
            why = {"clawed": "提前离职，按约定追回一半", "returned": "账号写错，银行退回"}[path]
            back = amount // 2 if path == "clawed" else amount
            self.days.plan(
                at + timedelta(days=5),
                lambda at: _none(
                    actions.give_back(
                        kind=path, amount=back, why=why, at=at, **{**given, "day": local_day(at)}, **self.voucher(at)
                    )
                ),
            )  # fmt: skip

    def voucher(self, at: datetime) -> dict[str, Any]:
        self.vouchers += 1
        number = f"ZF{local_day(at):%Y%m}-{self.vouchers:04d}"
        return {"voucher": number, "key": f"demo-{number}"}

    def catalogue(self, at: datetime) -> None:
        """The employers' wishes of the year; one has found somebody, one list has expired."""
        today, by = local_day(at), self.keeper(at)
        for number, employer in enumerate(data("programmes")["wanted"]):
            until = today + timedelta(days=20 if number == 0 else 150)
            for post, people, demands, offer in employer["posts"]:
                row = Sought(
                    today.year, employer["employer"], post, people, demands, offer, employer["contact"],
                    f"0745-555{1000 + number:04d}", until,
                )  # fmt: skip
                actions.want(row=row, by=by, at=at)


def _none(_made: object) -> None:
    """What a deed gives back is of no use here."""
