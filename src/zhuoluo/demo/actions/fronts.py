"""The fronts of the demo county: enterprises and projects, research, on-site days, nights on duty, village mediators."""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from zhuoluo.clock import BEIJING, local_day
from zhuoluo.demo.actions.carried import carry, side_by_side
from zhuoluo.demo.actions.case import Life
from zhuoluo.demo.actions.world import World
from zhuoluo.demo.rules.places import Place, data
from zhuoluo.demo.rules.texts import person_name, phone
from zhuoluo.enterprise import actions as enterprise
from zhuoluo.enterprise.actions import FirmContent
from zhuoluo.enterprise.models import Firm, Need
from zhuoluo.kit.credit_code import check_sign
from zhuoluo.onsite import actions as onsite
from zhuoluo.onsite.actions import DayContent, Decided
from zhuoluo.onsite.models import Item
from zhuoluo.org.rules import Actor
from zhuoluo.research import actions as research
from zhuoluo.research.actions import FindingContent, TopicContent
from zhuoluo.research.models import Dissection, Finding, Note
from zhuoluo.residents.actions import Contact

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BEGAN = 80 * DAY  # so long ago the office began to keep these


def fronts(world: World) -> list[Life]:
    """Return the lives of all fronts, to be lived beside the others. The first sets up what the others need."""
    told = data("fronts")
    base = _Base(world, told)
    return [
        base.set_up(),
        *(base.firm(row) for row in told["firm"]),
        *(base.project(row) for row in told["project"]),
        *(base.topic(row) for row in told["topic"]),
        *(base.onsite(row) for row in told["onsite"]),
    ]


def begun() -> int:
    """Return how many matters enterprises, research and on-site days brought."""
    days = Item.objects.filter(spot=True).count()
    return Need.objects.count() + Finding.objects.count() + Dissection.objects.count() + days + _projects()


def _projects() -> int:
    return Firm.objects.filter(projects__isnull=False).values("projects").count()


class _Base:
    """What the lives share: the office that runs them, dice of their own, what was set up."""

    def __init__(self, world: World, told: Mapping[str, Any]) -> None:
        self.world, self.told = world, told
        self.dice = random.Random("fronts")  # noqa: S311  # invented lives, not secrets
        self.began = world.now - BEGAN
        self.chains: dict[str, UUID] = {}
        self.firms: dict[str, Firm] = {}
        self.series: UUID | None = None

    def office(self, at: datetime) -> Actor:
        return self.world.who("XB", ("coordinator",), at)

    def leader(self) -> UUID:
        return next(m.user.id for m in self.world.members if m.unit == "LD" and m.role == "leader")

    def place(self, name: str) -> Place:
        return next(p for p in self.world.county.places if p.name == name)

    def unit(self, code: str) -> UUID:
        return self.world.units[code].id

    def morning(self, ago: int, hour: int = 9) -> datetime:
        day = self.world.law.calendar.roll(local_day(self.world.now - ago * DAY))
        return datetime.combine(day, time(hour), BEIJING)

    def set_up(self) -> Life:
        """Chains, enterprises with their liaisons, the series of on-site days."""
        at = self.began
        yield at
        by = self.office(at)
        for name in self.told["chains"]:
            self.chains[name] = enterprise.save_chain(name=name, head_id=self.leader(), by=by, at=at).pk
        liaisons = [m.user.id for m in self.world.members if m.role == "handler" and m.until is None]
        for number, row in enumerate(self.told["firm"], start=1):
            body = f"91{self.world.county.code}MA{number:07d}"
            content = FirmContent(
                body + check_sign(body), row["name"], row["size"], self.place(row["town"]).code, f"{row['town']}产业园",
                self.chains[row["chain"]], row["makes"], person_name(self.dice), phone(self.dice),
            )  # fmt: skip
            firm = enterprise.save_firm(content=content, by=by, at=at)
            enterprise.set_liaison(firm_id=firm.pk, user_id=liaisons[number % len(liaisons)], by=by, at=at)
            self.firms[row["name"]] = firm
        self.series = onsite.save_series(name="企业家日", lists="leiyang", by=by, at=at).pk

    def firm(self, row: Mapping[str, Any]) -> Life:
        """Visits, and what the firm needs, handled to the end or under way."""
        at = self.began + HOUR
        for number, (text, unit) in enumerate(row["needs"]):
            at = max(at + HOUR, self.began + self.dice.randint(2, 70) * DAY)
            yield at
            firm, by = self.firms[row["name"]], self.office(at)
            seen = enterprise.visit(
                firm_id=firm.pk, kind="visit", day=local_day(at), heard=f"到车间看了看。{text}。", key=f"demo-{firm.pk}-{number}",
                by=by, at=at,
            )  # fmt: skip
            made = enterprise.need(
                firm_id=firm.pk, klass="claim", text=text, unit_id=self.unit(unit), visit_id=seen.pk,
                key=f"demo-{firm.pk}-{number}", by=by, at=at, law=self.world.law,
            )  # fmt: skip
            for moment in carry(self.world, self.dice, made.matter.pk, unit, at, contact=True):
                at = moment
                yield moment

    def project(self, row: Mapping[str, Any]) -> Life:
        """A project step by step; the last may still run."""
        at = self.morning(row["days"])
        yield at
        by, law = self.office(at), self.world.law
        made = enterprise.begin_project(
            firm_id=self.firms[row["firm"]].pk, name=row["name"], plan="land_certificate", first_day=local_day(at), aim=23,
            unit_id=self.unit("ZJ"), key=f"demo-{row['name']}", by=by, at=at, law=law,
        )  # fmt: skip
        for place, (name, unit, promised, took) in enumerate(row["steps"], start=1):
            at += HOUR
            yield at
            step = enterprise.begin_step(
                project_id=made.pk, name=name, since=local_day(at), unit_id=self.unit(unit) if unit else None,
                workdays=promised or None, place=place, by=self.office(at), at=at, law=law,
            )  # fmt: skip
            at += took * DAY
            yield at
            who = self.world.who(unit, ("handler",), at) if unit else self.office(at)
            enterprise.end_step(
                step_id=step.pk, until=local_day(at), account=f"{name}，办好了", by=who, at=at, law=law
            )
        if row["done"]:
            yield at + HOUR
            enterprise.finish_project(
                project_id=made.pk, last_day=local_day(at), by=self.office(at), at=at + HOUR
            )

    def topic(self, row: Mapping[str, Any]) -> Life:
        """A topic with a visit, notes, problems handled in turn, a report; perhaps a class rolled out."""
        at = self.morning(row["days"])
        yield at
        by, town = self.office(at), self.place(row["town"])
        content = TopicContent(
            row["title"], self.leader(), self.unit("XB"), local_day(at), local_day(at) + 60 * DAY, "先走访，再座谈，问题列清单",
            self.chains.get(row["chain"]),
        )  # fmt: skip
        topic = research.save_topic(content=content, by=by, at=at)
        firm = self.firms.get(row["place"])
        visit = research.record_visit(
            topic_id=topic.pk, kind="visit", day=local_day(at), place=row["place"], who="陈立新、谢明远", area=town.code,
            firm_id=firm.pk if firm else None, met=[(Contact(name=person_name(self.dice), phone=phone(self.dice),
            address=town.name), "群众代表")], notes=row["notes"], key=f"demo-{row['title']}", by=by, at=at,
        )  # fmt: skip
        found: list[Finding] = []
        for number, (text, measure, unit, days) in enumerate(row["findings"]):
            at += HOUR
            yield at
            finding = self._finding(topic.pk, visit.pk, row, text, measure, unit, days, at, number)
            found.append(finding)
        units = [unit for _, _, unit, _ in row["findings"]]
        for moment in side_by_side(
            [
                carry(self.world, self.dice, finding.matter_id, unit, at, certified=number == 0)
                for number, (finding, unit) in enumerate(zip(found, units, strict=True))
            ]
        ):
            at = moment
            yield at
        at = max(at + HOUR, self.world.now - 9 * HOUR)
        yield at
        self._report(topic.pk, row, found, at)
        if "class" in row:
            yield from self._class(found[0], row["class"], town, at + HOUR)

    def _finding(
        self, topic: UUID, visit: UUID, row: Mapping[str, Any], text: str, measure: str, unit: str, days: int, at: datetime,
        number: int,
    ) -> Finding:  # fmt: skip
        note = Note.objects.filter(topic_id=topic).order_by("number")[min(number, len(row["notes"]) - 1)]
        content = FindingContent(
            text=text, measure=measure, lead_id=self.leader(), unit_id=self.unit(unit), person="分管副职",
            until=local_day(at) + days * DAY, klass="suggestion", area=self.place(row["town"]).code,
            chain_id=self.chains.get(row["chain"]), visit_id=visit, notes=(note.pk,), external_id=f"HN-{topic.hex[-6:]}-{number}",
        )  # fmt: skip
        made = research.raise_finding(
            topic_id=topic,
            content=content,
            key=f"demo-{topic}-{number}",
            by=self.office(at),
            at=at,
            law=self.world.law,
        )
        return Finding.objects.get(matter_id=made.matter.pk)

    def _report(self, topic: UUID, row: Mapping[str, Any], found: list[Finding], at: datetime) -> None:
        notes = Note.objects.filter(topic_id=topic).values_list("pk", flat=True)
        for heading, text in row["stated"]:
            research.state(
                topic_id=topic,
                heading=heading,
                text=text,
                notes=list(notes),
                findings=[found[0].pk],
                by=self.office(at),
                at=at,
            )

    def _class(self, finding: Finding, told: tuple[str, str, str, int], town: Place, at: datetime) -> Life:
        yield at
        title, cause, remedy, count = told
        by, law, today = self.office(at), self.world.law, local_day(at)
        row = research.dissect(
            finding_id=finding.pk, title=title, cause=cause, remedy=remedy, unit_id=self.unit("WJ"), until=today + 90 * DAY,
            by=by, at=at, law=law,
        )  # fmt: skip
        villages = [p for p in self.world.county.places if p.level == "village"]
        own = [p for p in villages if p.town_code == town.code]
        research.open_site(
            dissection_id=row.pk,
            area=own[0].code,
            name="互助养老点",
            day=today,
            serves=64,
            by=by,
            at=at,
            law=law,
        )
        shares = [(self.unit(t.code[:9]), 3) for t in self.world.county.towns[:count]]
        research.roll_out(dissection_id=row.pk, shares=shares, until=today + 60 * DAY, by=by, at=at, law=law)
        yield at + HOUR
        for share in row.rollouts.order_by("unit__code")[:3]:
            mine = [p for p in villages if p.code.startswith(share.unit.code)]
            clerk = self.world.who(share.unit.code, ("clerk",), at)
            for place in mine[: self.dice.randint(1, 2)]:
                research.open_site(
                    dissection_id=row.pk, rollout_id=share.pk, area=place.code, name=f"{place.name}互助养老点", day=today,
                    serves=self.dice.randint(20, 80), by=clerk, at=at + HOUR, law=law,
                )  # fmt: skip

    def onsite(self, row: Mapping[str, Any]) -> Life:
        """An on-site day: planned, held, decided on the spot; its tasks done or under way."""
        starts = self.morning(row["days"])
        yield starts - 5 * DAY
        by, law, town = self.office(starts), self.world.law, self.place(row["town"])
        if self.series is None:
            return
        content = DayContent(
            starts,
            starts + 3 * HOUR,
            row["place"],
            self.leader(),
            self.unit("XB"),
            "现场推进产业发展",
            town.code,
        )
        day = onsite.plan_day(
            series_id=self.series, content=content, number=row["number"], by=by, at=starts - 5 * DAY
        )
        at, decided = starts, []
        for number, (text, unit, task, days) in enumerate(row["raised"]):
            at = starts + (10 + 20 * number) * timedelta(minutes=1)
            yield at
            who = Contact(kind="enterprise", name=row["place"], phone=phone(self.dice), address=row["town"])
            made = onsite.raise_item(
                day_id=day.pk, klass="claim", text=text, contact=who, unit_id=self.unit(unit), key=f"demo-{day.pk}-{number}", by=by,
                at=at, law=law,
            )  # fmt: skip
            item = Item.objects.get(matter_id=made.matter.pk)
            head = self.world.head(unit, at)
            one = Decided(
                self.unit(unit), task, head.name, _day(law.calendar, local_day(at) + days * DAY), head.name
            )
            onsite.decide(item_id=item.pk, decided=[one], by=by, at=at, law=law)
            decided.append((made.matter.pk, unit, days))
        yield from side_by_side(
            [
                carry(self.world, self.dice, matter, unit, at, days=days, certified=number == 0)
                for number, (matter, unit, days) in enumerate(decided)
            ]
        )


def _day(calendar: Any, day: date) -> date:
    found: date = calendar.roll(day)
    return found
