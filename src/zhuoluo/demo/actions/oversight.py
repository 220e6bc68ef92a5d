"""What the county's leaders and supervisors do besides: cases, a joint meeting, settlements, a draw, signs looked for."""

from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from zhuoluo.clock import local_day
from zhuoluo.demo.actions.beside import HANDLERS
from zhuoluo.demo.actions.world import World
from zhuoluo.matters import actions as matters
from zhuoluo.matters import reads
from zhuoluo.matters.reads import Line, Sought
from zhuoluo.org.rules import Actor
from zhuoluo.oversight import actions, tasks
from zhuoluo.oversight.rules import Box

LISTED, TAKEN, SETTLED = 12, 5, 3
PLAN = "包掌握情况：三天内到现场见诉求人；包思想教育：把政策当面讲清；包解决化解：协调两个部门出方案；包息诉息访：签协议、盯履行。"


def oversee(world: World) -> None:
    """Let the leaders take cases and supervision look, as of this moment."""
    at = world.now - timedelta(seconds=2)
    leader = world.who("LD", ("leader",), at)
    lines = _served(leader, at)
    if not lines:
        return
    _cases(world, leader, lines[:LISTED], at)
    signing = (line for line in lines[LISTED:] if _plain(leader, line.id, at))
    _settlements(world, leader, list(islice(signing, SETTLED)), at)
    quiet = next((line.id for line in lines if not _about(leader, line.id, at)), None)
    if quiet is not None:
        _meeting(world, leader, quiet, at)
    _draw(world, at)
    tasks.look([line.id for line in _served(leader, world.now)], now=world.now)


def _served(actor: Actor, now: datetime) -> list[Line]:
    """Return answered claims that are not about the leaders or supervision, the newest first."""
    return reads.matters(actor, Sought(klass="claim", stage="served"), now=now, limit=60).rows


def _about(actor: Actor, matter_id: UUID, now: datetime) -> bool:
    """Say whether a matter complains of anybody: no task of it is given to units by chance."""
    return bool(reads.page(reads.by_id(actor, matter_id), now=now).about)


def _plain(actor: Actor, matter_id: UUID, now: datetime) -> bool:
    """Say whether anybody of its unit may sign for a matter: nobody stood back, and nothing was signed before."""
    page = reads.page(reads.by_id(actor, matter_id), now=now)
    return not page.recusals and not page.settlements


def _cases(world: World, leader: Actor, lines: list[Line], at: datetime) -> None:
    officer = world.who("XF", ("petition_officer",), at)
    known = [line.id for line in reads.by_ids(officer, [line.id for line in lines], now=at)]
    actions.list_cases(matter_ids=known, source="信访积案清单", by=officer, at=at)
    if leader.id is None:
        return
    today = local_day(at)
    for place, matter_id in enumerate(known[:TAKEN]):
        case = actions.take(
            matter_id=matter_id, leader_id=leader.id, plan=PLAN, until=today + timedelta(days=40 + 10 * place),
            source="list", by=leader, at=at, law=world.law,
        )  # fmt: skip
        actions.visit(
            case_id=case.id, day=today, met="诉求人和村干部", found="到现场看了，问题属实，水沟堵了一截。",
            then="下周一和镇里、交通局碰头定方案。", by=leader, at=at, law=world.law,
        )  # fmt: skip
        if place < 2:
            actions.fill_boxes(case_id=case.id, boxes=_boxes(), by=leader, at=at)
            actions.put_forward(case_id=case.id, by=leader, at=at)
        elif place == 2:
            actions.fill_boxes(case_id=case.id, boxes=_boxes()[:2], by=leader, at=at)


def _boxes() -> list[Box]:
    return [
        Box("solve", True, "路面已经修好，水沟已经疏通，和诉求人一起走过一遍。", "现场照片和镇、村、诉求人三方签字的验收单"),
        Box("explain", False, "诉求合理，不需要另做思想教育。"),
        Box("help", True, "误工损失按标准补助，申请了一次临时救助。", "补助发放表和银行回单"),
        Box("lawful", False, "没有违法行为。"),
    ]  # fmt: skip


def _settlements(world: World, leader: Actor, lines: list[Line], at: datetime) -> None:
    """Signed agreements: one is performed at once, the others are owed."""
    codes = {unit.id: code for code, unit in world.units.items()}
    for place, line in enumerate(lines):
        unit = reads.by_id(leader, line.id).lead_unit_id
        code = codes.get(unit, "") if unit is not None else ""
        if not any(m.unit == code and m.role in HANDLERS and m.until is None for m in world.members):
            continue
        by = world.who(code, HANDLERS, at)
        until = local_day(at) + timedelta(days=5 + 10 * place)
        row = matters.settle(
            matter_id=line.id, kind="settlement",
            text="双方同意：承办单位按方案修复到位并清理现场，诉求人撤下横幅；今后有事先到村里说。", signed_on=local_day(at),
            free_will="在村委会当面念过全文，诉求人说听懂了、愿意签，村里明白人在场。", mediator="村里明白人",
            obligations=[("unit", "按方案修复到位并清理现场", until), ("raiser", "撤下横幅", until)], by=by, at=at,
            law=world.law,
        )  # fmt: skip
        if place == 0:
            owed = row.obligations.get(side="unit")
            matters.perform(
                obligation_id=owed.id,
                account="现场已经清理，和诉求人一起看过。",
                by=by,
                at=at,
                law=world.law,
            )


def _meeting(world: World, leader: Actor, matter_id: UUID, at: datetime) -> None:
    units = [world.units[code].id for code in ("JT", "ZJ", "XF") if code in world.units]
    row = actions.hold_meeting(
        held_at=at - timedelta(hours=2), place="县委小会议室", topic="村道和水沟积案怎么办", chair="分管副县长", unit_ids=units,
        minutes="各单位说明了情况：路是村里修的，沟是通村公路项目挖断的，资金由项目结余解决。", key="demo-meeting", by=leader,
        at=at,
    )  # fmt: skip
    for place, unit in enumerate(units[:2]):
        actions.decide(
            meeting_id=row.id, matter_id=matter_id, unit_ids=[unit], what=("恢复水沟并验收", "核定误工补助并发放")[place],
            until=local_day(at) + timedelta(days=12 + 8 * place), by=leader, at=at, law=world.law,
        )  # fmt: skip


def _draw(world: World, at: datetime) -> None:
    supervisor, today = world.who("DC", ("supervisor",), at), local_day(at)
    sample = actions.make_sample(
        seed="25 11 03 08 19 31",
        since=today - timedelta(days=120),
        until=today,
        size=20,
        by=supervisor,
        at=at,
    )
    words = ("到现场看过，和答复说的一样。", "打电话问过本人，说办好了。", "现场只修了一半，再去看一次。")
    findings = ("stands", "stands", "doubtful")
    rows = reads.by_ids(supervisor, [row.matter_id for row in sample.rows.order_by("place")], now=at)
    free = [line.id for line in rows if line.id not in reads.had_a_hand(supervisor, [r.id for r in rows])]
    for matter_id, finding, said in zip(free, findings, words, strict=False):
        row = sample.rows.get(matter_id=matter_id)
        actions.recheck(drawn_id=row.id, finding=finding, words=said, by=supervisor, at=at, law=world.law)
