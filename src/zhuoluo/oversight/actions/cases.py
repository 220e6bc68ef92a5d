"""Long-standing cases and the leaders who take them: list, take, visit, fill the boxes, put forward, end."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.kit.ids import uuid7
from zhuoluo.matters import actions as matters
from zhuoluo.matters.reads import by_id, marks
from zhuoluo.matters.rules import Refused
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.oversight.actions.noted import check_may, noted
from zhuoluo.oversight.models import Box, Case, Listed, Visit
from zhuoluo.oversight.rules import BOXES, SOURCES, check_boxes, missing
from zhuoluo.oversight.rules import Box as Filled

_P = Permission


@transaction.atomic
def list_cases(*, matter_ids: Sequence[UUID], source: str, by: Actor, at: datetime) -> int:
    """Put matters on the list of long-standing cases; those on it already stay as they are. Returns how many are new."""
    check_may(by, _P.SUPERVISE, _P.RULE)
    if len(source.strip()) < 2:
        raise Refused("请写明是哪一份积案清单")
    for matter_id in matter_ids:
        by_id(by, matter_id)  # raises NotFound for what the actor may not read
    known = set(
        Listed.objects.filter(matter_id__in=list(matter_ids), struck_at__isnull=True).values_list(
            "matter_id", flat=True
        )
    )
    new = [one for one in dict.fromkeys(matter_ids) if one not in known]
    rows = [Listed(matter_id=one, source=source.strip()[:60], at=at, by_id=by.id) for one in new]
    Listed.objects.bulk_create(rows, batch_size=500)
    if rows:
        noted("list", uuid7(), by, at, count=len(rows))
    return len(rows)


@transaction.atomic
def strike(*, listed_id: UUID, reason: str, by: Actor, at: datetime) -> Listed:
    """Take a matter off the list, because it does not belong there; that it stood there stays."""
    check_may(by, _P.SUPERVISE, _P.RULE)
    if len(reason.strip()) < 5:
        raise Refused("请写明为什么不属于积案")
    row = Listed.objects.select_for_update().get(pk=listed_id)
    if row.struck_at is not None:
        raise Refused("已经移出清单")
    row.struck_at, row.reason = at, reason.strip()[:200]
    row.save(update_fields=["struck_at", "reason"])
    noted("strike", row.id, by, at, matter=str(row.matter_id))
    return row


@transaction.atomic
def take(
    *,
    matter_id: UUID,
    leader_id: UUID,
    plan: str,
    until: date,
    source: str,
    by: Actor,
    at: datetime,
    law: Law,
) -> Case:
    """Let a leader take a case: the commitment on the matter, and the file in which plan, visits and boxes are kept."""
    if source not in SOURCES:
        raise Refused("请选择来源")
    matters.take_case(matter_id=matter_id, person_id=leader_id, plan=plan, until=until, by=by, at=at, law=law)
    # Of a case that ended without this room hearing of it (a matter merged or withdrawn) the file is closed now.
    stale = Case.objects.filter(matter_id=matter_id, ended_at__isnull=True)
    stale.update(ended_at=at, reason="事项上的包案已经结束")
    return Case.objects.create(
        matter_id=matter_id, leader_id=leader_id, source=source, plan=plan.strip(), until=until, at=at
    )


def _live(case_id: UUID) -> Case:
    row = Case.objects.select_for_update().get(pk=case_id)
    if row.ended_at is not None:
        raise Refused("包案已经结束")
    return row


def _check_own(row: Case, by: Actor) -> None:
    if row.leader_id != by.id and not by.can(_P.RULE):
        raise Forbidden("由包案领导本人记录，或者由信访、督查人员代记")


@transaction.atomic
def visit(
    *, case_id: UUID, day: date, met: str, found: str, then: str, by: Actor, at: datetime, law: Law
) -> Visit:
    """Record a visit: whom the leader met (parts, no names), what was found, what comes next."""
    row = _live(case_id)
    twice = Visit.objects.filter(case=row, day=day, met=met.strip(), found=found.strip()).first()
    if twice is not None:
        return twice
    said = f"{found.strip()}\n下一步：{then.strip()}" if then.strip() else found
    matters.visit_case(matter_id=row.matter_id, day=day, met=met, found=said, by=by, at=at, law=law)
    return Visit.objects.create(
        case=row, day=day, met=met.strip()[:120], found=found.strip(), then=then.strip(), at=at, by_id=by.id
    )


@transaction.atomic
def fill_boxes(*, case_id: UUID, boxes: Sequence[Filled], by: Actor, at: datetime) -> Case:
    """Fill boxes of 三到位一处理; one filled before is replaced. What was put forward is thereby taken back."""
    row = _live(case_id)
    _check_own(row, by)
    by_id(by, row.matter_id)
    check_boxes(boxes)
    for box in boxes:
        Box.objects.update_or_create(
            case=row,
            key=box.key,
            defaults={
                "applies": box.applies, "words": box.words.strip(), "evidence": box.evidence.strip() if box.applies else "",
                "at": at, "by_id": by.id,
            },
        )  # fmt: skip
    row.forward_at = None
    row.save(update_fields=["forward_at"])
    noted("boxes", row.id, by, at, matter=str(row.matter_id), boxes={b.key: b.applies for b in boxes})
    return row


@transaction.atomic
def put_forward(*, case_id: UUID, by: Actor, at: datetime) -> Case:
    """Put a case forward to be certified as resolved. Only with all four boxes filled, one of which at least applies."""
    row = _live(case_id)
    _check_own(row, by)
    by_id(by, row.matter_id)
    boxes = list(row.boxes.all())
    lacking = missing([b.key for b in boxes], [b.key for b in boxes if b.applies])
    if lacking == ["any"]:
        raise Refused("四项都写了不适用：至少有一项要办到位")
    if lacking:
        raise Refused("还没有写：%(box)s", box=BOXES[lacking[0]])
    if row.forward_at is not None:
        raise Refused("已经提请认定，等别人来认定")
    row.forward_at = at
    row.save(update_fields=["forward_at"])
    noted("put_forward", row.id, by, at, matter=str(row.matter_id))
    return row


@transaction.atomic
def certify(*, case_id: UUID, evidence: str, by: Actor, at: datetime, law: Law) -> Case:
    """Certify a case that was put forward as resolved (化解), by somebody apart from it, on stated evidence."""
    row = _live(case_id)
    if row.forward_at is None:
        raise Refused("四项写全、提请认定以后，才能认定化解")
    if row.leader_id == by.id:
        raise Refused("包案领导不能认定自己的案子")
    matters.certify(matter_id=row.matter_id, evidence=evidence, by=by, at=at, law=law)
    return row


@transaction.atomic
def end(*, case_id: UUID, reason: str, by: Actor, at: datetime, law: Law) -> Case:
    """End a leader's case with the reason; whether the matter is resolved is another fact."""
    row = _live(case_id)
    matters.end_case(matter_id=row.matter_id, reason=reason, by=by, at=at, law=law)
    row.ended_at, row.reason = at, reason.strip()
    row.save(update_fields=["ended_at", "reason"])
    return row


def certified(row: Case) -> bool:
    """Say whether the matter of a case is certified as resolved now."""
    return "resolved" in marks([row.matter_id]).get(row.matter_id, frozenset())
