"""Cases, a joint meeting, a sample and a sign, for the tests that walk every page."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.tests.path import Path
from zhuoluo.oversight import actions, tasks
from zhuoluo.oversight.models import Case, Doubt, Listed, Sample
from zhuoluo.oversight.rules import Box

if TYPE_CHECKING:
    from tests.scene import Scene

PLAN = "摸清情况、讲清道理、协调资金、签好协议"
FULL = [
    Box("solve", True, "路灯全部换新", "夜里去看过，三盏都亮"), Box("explain", False, "诉求合理，不需要"),
    Box("help", True, "联系了临时救助", "救助金发放单"), Box("lawful", False, "没有违法行为"),
]  # fmt: skip
BOXES = {"solve_applies": "yes", "solve_words": "路灯全部换新", "solve_evidence": "夜里去看过，三盏都亮"}


def stand(made: "Scene") -> None:
    """Let there be a case under way with full boxes, one put forward, one free, a meeting with a task, a draw, a sign."""
    made.oversights |= _one(made, "scene")


def _one(made: "Scene", key: str) -> dict[str, Any]:
    county, at = made.county, made.now - timedelta(days=2)
    paths = [Path.register(county, at=made.now - timedelta(days=3)).served() for _ in range(3)]
    paths[2].act("execute", "handler", account="三盏路灯已经修好")
    officer, leader, law = county.who("officer", at), county.who("leader", at), county.law
    actions.list_cases(matter_ids=[p.matter.id for p in paths], source="2026年积案清单", by=officer, at=at)
    cases = [take(made, path, at) for path in paths[:2]]
    for case in cases:
        actions.fill_boxes(case_id=case.id, boxes=FULL, by=leader, at=at)
        actions.visit(
            case_id=case.id, day=at.date(), met="诉求人和村干部", found="线缆被挖断，下周更换", then="盯着换完", by=leader,
            at=at, law=law,
        )  # fmt: skip
    actions.put_forward(case_id=cases[1].id, by=leader, at=at)
    units = [county.units[code].id for code in ("JT", "HB")]
    meeting = actions.hold_meeting(
        held_at=at - timedelta(hours=1), place="县政府", topic="路灯和水渠", chair="副县长", unit_ids=units, minutes="",
        key=key, by=leader, at=at,
    )  # fmt: skip
    until = (made.now + timedelta(days=9)).date()
    actions.decide(
        meeting_id=meeting.id, matter_id=paths[0].matter.id, unit_ids=units, what="核实线缆归谁管", until=until, by=leader,
        at=at, law=law,
    )  # fmt: skip
    sample = actions.make_sample(
        seed=f"25 11 03 {key}", since=(made.now - timedelta(days=30)).date(), until=made.now.date(), size=5,
        by=county.who("supervisor", at), at=at,
    )  # fmt: skip
    tasks.look([paths[2].matter.id], now=at)
    doubt = Doubt.objects.filter(matter_id=paths[2].matter.id, sign="bare").get()
    return {
        "case": cases[0].id, "forward": cases[1].id, "meeting": meeting.id, "sample": sample.id,
        "listed": Listed.objects.get(matter_id=paths[2].matter.id).id,
        "drawn": _drawn(sample, paths), "doubt": doubt.id,
    }  # fmt: skip


def _drawn(sample: Sample, paths: list[Path]) -> Any:
    """One of the three that was drawn, else the first: others may be drawn that the reader of the page certified."""
    own = {path.matter.id for path in paths}
    rows = list(sample.rows.order_by("place"))
    return next((row.id for row in rows if row.matter_id in own), rows[0].id)


def take(made: "Scene", path: Path, at: Any) -> Case:
    """Let the leader take a case."""
    return actions.take(
        matter_id=path.matter.id, leader_id=made.county.users["leader"].id, plan=PLAN, source="list",
        until=(made.now + timedelta(days=60)).date(), by=made.county.who("leader", at), at=at, law=made.county.law,
    )  # fmt: skip


def grow(made: "Scene", lot: int) -> None:
    """Add one more lot: everything the pages of oversight can list."""
    found = _one(made, f"{lot} {uuid7().hex}")
    meeting = made.oversights["meeting"]
    at, until = made.now - timedelta(days=1), (made.now + timedelta(days=9 + lot)).date()
    actions.decide(
        meeting_id=meeting, matter_id=Case.objects.get(pk=found["case"]).matter_id,
        unit_ids=[made.county.units["JT"].id], what="核实线缆归谁管", until=until, by=made.county.who("leader", at), at=at,
        law=made.county.law,
    )  # fmt: skip
    case = Case.objects.get(pk=made.oversights["case"])
    actions.visit(
        case_id=case.id, day=at.date(), met=f"诉求人{lot}", found="线缆还没有换", then="", by=made.county.who("leader", at),
        at=at, law=made.county.law,
    )  # fmt: skip
