"""Residents' real messages of 2017–2020: every row accounted for, twice changes nothing, the figures count them.

The messages were published for a competition and are not part of the project; without them this story is left out.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.county import County
from zhuoluo.exchange.models import ImportRun
from zhuoluo.exchange.sheets import tasks
from zhuoluo.figures import reads as figures
from zhuoluo.figures.rules import BY_KEY
from zhuoluo.figures.tasks import count_new
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters import reads as matters
from zhuoluo.matters.models import Answer, Matter, Milestone
from zhuoluo.org.rules import SYSTEM

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)  # what was written is settled by then, also inside a test's transaction
MESSAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "messages"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not MESSAGES.is_dir(), reason="the published messages are not on this machine"),
]


def taken(name: str, **given: str) -> ImportRun:
    return tasks.import_file(MESSAGES / name, by=SYSTEM, at=NOW, **given)  # type: ignore[arg-type]  # names of arguments


def counted() -> dict[str, int]:
    while count_new(now=LATER, batch=3000):
        pass
    return figures.sums(figures.Cut(NOW.date()))


def test_the_real_messages_come_in_once_and_are_counted(county: County) -> None:
    tree = tasks.import_tree(MESSAGES / "附件1.xlsx", by=SYSTEM, at=NOW)
    assert tree == 15 + 118 + 517  # paths; some names stand at several places of the tree

    raised = taken("附件3.xlsx", origin="网络留言（未答复）")
    answered = taken("附件4.xlsx", origin="网络留言（已答复）")
    assert (raised.state, raised.rows, raised.taken, raised.rejected, raised.joined) == (
        "done",
        4326,
        4326,
        0,
        0,
    )
    assert (answered.state, answered.rows, answered.taken, answered.rejected) == ("done", 2816, 2816, 0)
    assert Matter.objects.count() == 4326 + 2816
    assert Matter.objects.filter(stage="served").count() == 2816

    each_on_its_own_day()
    figures_tell_them()
    again_changes_nothing()


def each_on_its_own_day() -> None:
    first = Matter.objects.get(origin="网络留言（已答复）", external_id="2549")
    assert first.registered_at == datetime(2019, 4, 25, 1, 32, 9, tzinfo=UTC)
    answer = Answer.objects.get(matter=first)
    assert answer.issued_at == answer.served_at == datetime(2019, 5, 10, 6, 56, 53, tzinfo=UTC)
    reached = dict(Milestone.objects.filter(matter=first).values_list("kind", "at"))
    assert reached == {
        "registered": first.registered_at,
        "answered": answer.issued_at,
        "served": answer.issued_at,
    }
    assert not Matter.objects.filter(title="").exists()


def figures_tell_them() -> None:
    sums = counted()
    assert (sums["registered"], sums["answered"], sums["served"]) == (7142, 2816, 2816)
    assert figures.median_days(figures.Cut(NOW.date())) == pytest.approx(11.2, abs=0.05)
    on_time = figures.number(BY_KEY["on_time"], sums)
    assert (on_time.top, on_time.bottom) == (2662, 2816)  # 154 took longer than the sixty days of the law
    year = figures.sums(figures.Cut(date(2019, 12, 31), date(2019, 1, 1)))
    months = figures.by_month(figures.Cut(date(2019, 12, 31), date(2019, 1, 1)), ["registered"])
    assert sum(month["registered"] for month in months.values()) == year["registered"]


def again_changes_nothing() -> None:
    before = ledger.last(), Matter.objects.count(), counted()
    for name, origin, rows in (
        ("附件3.xlsx", "网络留言（未答复）", 4326),
        ("附件4.xlsx", "网络留言（已答复）", 2816),
    ):
        again = taken(name, origin=origin)
        assert (again.state, again.known, again.taken, again.rejected) == ("done", rows, 0, 0)
    after = ledger.after(before[0], now=LATER)
    assert {entry.subject_kind for entry in after} == {"import_run"}  # that it was tried, and nothing else
    assert (Matter.objects.count(), counted()) == before[1:]
    assert matters.visible(SYSTEM).filter(origin="网络留言（已答复）").count() == 2816
