"""Ten years of fronts on a grown site, and how fast the wall board, the lists and the morning dispatch open.

`python -m bench fronts --size 1000000 --keep DIR` grows the site first if it must. Rows of the fronts are written straight into
their tables, tied to matters that stand there already (each with the path the product's own actions gave it); the dates of tasks
are reckoned as the actions reckon them. A year has what the two accounts tell of (seeds: 840 + 90 problems, 915 needs of firms) and
an on-site day each week.
"""

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

YEARS, SEED = 10, "fronts"
FINDINGS, NEEDS, DAYS, ITEMS, TASKS = 930, 915, 52, 10, 3  # a year; items a day; tasks an item
FIRMS, TOPICS, RUNNING = 1000, 90, 3  # on-site days still dispatched
OPEN = 0.1  # of ten years' problems, those that are not closed
MOST = 300  # ms, the promise


def main(words: list[str]) -> None:
    """Measure each engine asked for, in a process with its settings."""
    parser = argparse.ArgumentParser(prog="bench fronts", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", default="100000")
    parser.add_argument("--engines", default="postgresql")
    parser.add_argument("--seconds", default="5")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args(words)
    from bench.__main__ import HEAD, ROOT, home

    print(HEAD)
    for engine in options.engines.split(","):
        with home(engine, options.keep) as environment:
            command = [sys.executable, "-m", "bench.fronts", engine, options.size, options.seconds]
            subprocess.run(command, env=environment, cwd=ROOT, check=True)


def _tied() -> Iterator[tuple[UUID, Any]]:
    """Yield matters that no front holds yet: nine of ten closed with the raiser's word that it is solved, as old lists are."""
    from django.db.models import Exists, OuterRef

    from zhuoluo.matters.models import Matter, Word

    said = Word.objects.filter(matter_id=OuterRef("pk"), superseded_at__isnull=True, solved="yes")
    rows = Matter.objects.exclude(stage="sealed").order_by("pk").values_list("pk", "area_id")
    solved, rest = (list(rows.filter(there)) for there in (Exists(said), ~Exists(said)))
    dice = random.Random(SEED)  # a bench, no secret
    dice.shuffle(solved)
    dice.shuffle(rest)
    while True:
        yield (rest if dice.random() < OPEN else solved).pop()


class Decade:
    """Writes the rows; once a site."""

    def __init__(self, now: datetime) -> None:
        from zhuoluo.enterprise.models import Chain
        from zhuoluo.org.models import Unit, User
        from zhuoluo.org.reads import law

        self.now, self.dice, self.matters = now, random.Random(SEED), _tied()
        self.units = list(Unit.objects.filter(kind="department").values_list("pk", flat=True))
        self.law = law()
        self.office = Unit.objects.get(code="XB").pk
        self.leaders = list(User.objects.filter(posts__role="leader").values_list("pk", flat=True).distinct())
        self.chains = [
            Chain.objects.get_or_create(name=f"第{n}条产业链", defaults={"head_id": self.leaders[0]})[0].pk
            for n in range(5)
        ]

    def at(self) -> datetime:
        """Return a moment in the ten years."""
        return self.now - timedelta(days=self.dice.uniform(0, 365.0 * YEARS))

    def research(self) -> None:
        """Topics with their problems."""
        from zhuoluo.research.models import Finding, Topic

        topics = []
        for n in range(TOPICS):
            at = self.now - timedelta(days=365 * YEARS * (n + 1) / TOPICS)
            topics.append(
                Topic(
                    title=f"第{n}个课题", lead_id=self.dice.choice(self.leaders), unit_id=self.office, chain_id=self.chains[n % 5],
                    from_day=at.date(), until_day=at.date() + timedelta(days=60), made_at=at,
                )
            )  # fmt: skip
        Topic.objects.bulk_create(topics)
        rows = []
        for n in range(FINDINGS * YEARS):
            matter, area = next(self.matters)
            at, topic = self.at(), topics[n % TOPICS]
            rows.append(
                Finding(
                    topic=topic, number=1 + n // TOPICS, matter_id=matter, measure="交责任单位限期办好", lead_id=topic.lead_id,
                    unit_id=self.dice.choice(self.units), person="王股长", until=at.date() + timedelta(days=60), area_id=area,
                    chain_id=self.dice.choice([*self.chains, None]), external_id=f"BENCH-{n}", at=at,
                )
            )  # fmt: skip
        Finding.objects.bulk_create(rows, batch_size=2000)
        self.shown([row.matter_id for row in rows])

    def shown(self, matter_ids: list[UUID]) -> None:
        """Give each matter the picture of what was done, and the certification where its raiser said that it is solved."""
        from zhuoluo.kit.ids import uuid7
        from zhuoluo.matters.models import Attachment, Matter, Milestone, Word
        from zhuoluo.matters.states import ENDED

        Attachment.objects.bulk_create(
            [Attachment(matter_id=m, file_id=uuid7(), role="after", at=self.now) for m in matter_ids],
            batch_size=2000,
        )
        said = Word.objects.filter(matter_id__in=matter_ids, superseded_at__isnull=True, solved="yes")
        closed = set(said.exclude(matter__stage__in=list(ENDED)).values_list("matter_id", flat=True))
        for kind in ("served", "resolved"):
            there = Milestone.objects.filter(matter_id__in=closed, kind=kind, undone_at__isnull=True)
            rows = [
                Milestone(matter_id=m, kind=kind, at=self.now)
                for m in closed - set(there.values_list("matter_id", flat=True))
            ]
            Milestone.objects.bulk_create(rows, batch_size=2000)
        Matter.objects.filter(pk__in=closed).update(standing="closed")

    def enterprise(self) -> None:
        """A thousand firms and what they needed."""
        from zhuoluo.enterprise.models import Firm, Need
        from zhuoluo.kit.credit_code import check_sign

        firms = []
        for n in range(FIRMS):
            body = f"91999999MB{n:07d}"
            firms.append(
                Firm(
                    code=body + check_sign(body),
                    name=f"第{n}家公司",
                    size="above",
                    chain_id=self.chains[n % 5],
                    made_at=self.at(),
                )
            )
        Firm.objects.bulk_create(firms, batch_size=1000)
        needs = [
            Need(firm=self.dice.choice(firms), matter_id=next(self.matters)[0], at=self.at())
            for _ in range(NEEDS * YEARS)
        ]
        Need.objects.bulk_create(needs, batch_size=2000)
        self.shown([row.matter_id for row in needs])

    def onsite(self) -> None:
        """A day each week with its decisions; the last few are still dispatched."""
        from zhuoluo.matters.models import Commitment, Party
        from zhuoluo.onsite.models import Day, Decision, Item, Series

        series, _new = Series.objects.get_or_create(name="企业家日", defaults={"lists": "leiyang"})
        last = (
            Day.objects.filter(series=series).order_by("-number").values_list("number", flat=True).first()
            or 0
        )
        days, items, decisions, owed, parties = [], [], [], [], []
        for n in range(DAYS * YEARS):
            starts = self.now - timedelta(weeks=n, hours=30)
            running = n < RUNNING
            days.append(
                Day(
                    series=series, number=last + DAYS * YEARS - n, unit_id=self.office, day=starts.date(), starts_at=starts,
                    ends_at=starts + timedelta(hours=3), place="先导公司", chair_id=self.leaders[0], state="held" if running else "closed",
                    held_at=starts, closed_at=None if running else starts + timedelta(days=20), made_at=starts,
                )
            )  # fmt: skip
            for place in range(1, (ITEMS * 3 if running else ITEMS) + 1):
                item = Item(day=days[-1], place=place, matter_id=next(self.matters)[0], spot=True, at=starts)
                items.append(item)
                for _ in range(TASKS):
                    done = starts + timedelta(days=self.dice.randint(1, 9))
                    one = Decision(
                        item=item, what="两周内增容到位", unit_id=self.dice.choice(self.units), person="王股长",
                        until=(starts + timedelta(days=14)).date(), agreed_by="孙局长", at=starts,
                    )  # fmt: skip
                    decisions.append(one)
                    owed.append(self._task(one, item, done if done < self.now else None))
                units = {one.unit_id for one in decisions[-TASKS:]}
                parties += [
                    Party(matter_id=item.matter_id, unit_id=unit, role="joint", from_at=starts)
                    for unit in units
                ]
        for model, rows in (
            (Day, days),
            (Item, items),
            (Decision, decisions),
            (Commitment, owed),
            (Party, parties),
        ):
            model.objects.bulk_create(rows, batch_size=2000)

    def _task(self, one: Any, item: Any, done: datetime | None) -> Any:
        from zhuoluo.matters.actions.change import build_commitment, due_by_day

        due = due_by_day(self.law, one.until, one.at)
        task = build_commitment(item.matter_id, "joint", due, one.at, unit=one.unit_id, subject=one.pk)
        if done:
            task.closed_at, task.closing = done, "done"
        return task


def written() -> None:
    """Write the decade unless it stands there."""
    from django.db import connection, transaction

    from zhuoluo.research.models import Finding

    if Finding.objects.filter(external_id="BENCH-0").exists():
        return
    office()
    decade = Decade(datetime.now(UTC))
    with transaction.atomic():
        decade.research()
        decade.enterprise()
        decade.onsite()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def pages() -> list[tuple[str, str, str]]:
    """What is measured: name, who asks, the address."""
    from zhuoluo.onsite.models import Day
    from zhuoluo.research.models import Finding

    day = Day.objects.filter(state="held").order_by("-starts_at")[0].pk
    finding = Finding.objects.get(external_id="BENCH-7").pk
    board, problems = "/desk/research/board/", "/desk/research/problems/"
    return [
        ("the wall board of a year", "coordinator", board),
        ("the problem list, ten years", "coordinator", problems),
        (
            "the problem list, closed out, one year",
            "coordinator",
            f"{problems}?standing=closed&year={datetime.now(UTC).year}",
        ),
        ("the problem list of one unit", "head", problems),
        ("one problem", "coordinator", f"{problems}{finding}/"),
        ("needs of firms, ten years", "coordinator", "/desk/enterprises/needs/"),
        ("an on-site day, 30 items, 90 tasks", "coordinator", f"/desk/onsite/{day}/"),
        ("its three lists", "coordinator", f"/desk/onsite/{day}/lists/"),
        ("the morning dispatch, 270 tasks", "coordinator", "/desk/onsite/dispatch/"),
        ("nights on duty", "coordinator", "/desk/duty/"),
    ]


def asks(url: str) -> Any:
    """Return the request of one page."""
    return lambda client, _place: client.get(url)


def office() -> None:
    """Let there be the office that runs the fronts, on a site grown before there was one."""
    from zhuoluo.org import actions as org
    from zhuoluo.org.models import Unit, User
    from zhuoluo.org.rules import SYSTEM

    if User.objects.filter(username="coordinator").exists():
        return
    at = datetime(2020, 1, 1, tzinfo=UTC)
    unit = Unit.objects.filter(code="XB").first() or org.add_unit(
        code="XB",
        name="县委办公室",
        kind="department",
        parent=None,
        area=None,
        by=SYSTEM,
        at=at,
        short_name="县委办公室",
    )
    user = org.add_person(username="coordinator", name="谢明远", password=None, by=SYSTEM, at=at)
    org.give_post(user=user, unit=unit, title="科长", role="coordinator", by=SYSTEM, at=at)


def measured(engine: str, size: int, seconds: float) -> None:
    """Grow, write the decade, and print a line for each page."""
    from bench.load import measure, server
    from bench.one import clients, prepare, row
    from zhuoluo.matters.models import Matter

    prepare(size)
    written()
    matters, slow = Matter.objects.count(), []
    with server() as port:
        for name, who, url in pages():
            result = measure(name, clients(port, who), asks(url), seconds=seconds, alone=40)
            print(row(engine, matters, result), flush=True)
            slow += [name] if result.alone_p95 > MOST or result.errors else []
    print(f"over {MOST} ms or wrong: {slow or 'none'}", file=sys.stderr)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoluo.config.settings")
    measured(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
