"""Swaps: one asks, the other says yes or no; then both nights have each other's person, in one step."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import local_day
from zhuoluo.duty.actions.noted import locked, note
from zhuoluo.duty.actions.roster import check_free
from zhuoluo.duty.models import Night, Seat, Swap
from zhuoluo.duty.reads.roster import sitting
from zhuoluo.duty.rules.errors import Refused
from zhuoluo.org.rules import Actor, Forbidden


def _open(night: Night, at: datetime) -> None:
    if night.state in ("handed", "cancelled") or night.day <= local_day(at):
        raise Refused("只能换以后的夜晚")


@transaction.atomic
def ask_swap(*, mine_id: UUID, theirs_id: UUID, by: Actor, at: datetime) -> Swap:
    """Ask somebody to take one's night for theirs."""
    mine = locked(Seat.objects.select_related("night"), mine_id)
    theirs = locked(Seat.objects.select_related("night"), theirs_id)
    _open(mine.night, at)
    _open(theirs.night, at)
    owner = sitting(theirs)
    if by.id is None or sitting(mine) != by.id:
        raise Forbidden("只能拿自己的夜晚去换")
    if owner == by.id or mine.night.day == theirs.night.day:
        raise Refused("请选择别人在别的日子的夜晚")
    known = Swap.objects.filter(mine=mine, theirs=theirs, answered_at__isnull=True).first()
    if known is not None:
        return known
    row = Swap.objects.create(mine=mine, theirs=theirs, asker_id=by.id, answerer_id=owner, asked_at=at)
    note("ask_swap", row.id, by, at)
    return row


@transaction.atomic
def answer_swap(*, swap_id: UUID, agreed: bool, by: Actor, at: datetime) -> Swap:
    """Say yes or no. With yes both are put on each other's night, unless one of them is elsewhere then."""
    row = locked(Swap.objects.all(), swap_id)
    if row.answered_at is not None:
        return row
    if by.id not in (row.answerer_id, row.asker_id) or (agreed and by.id != row.answerer_id):
        raise Forbidden("由被请求换班的人答复；提出的人只能撤回")
    mine = locked(Seat.objects.select_related("night"), row.mine_id)
    theirs = locked(Seat.objects.select_related("night"), row.theirs_id)
    if agreed:
        _open(mine.night, at)
        _open(theirs.night, at)
        if sitting(mine) != row.asker_id or sitting(theirs) != row.answerer_id:
            raise Refused("值班的人已经变了，请重新商量")
        check_free([row.answerer_id], mine.night)
        check_free([row.asker_id], theirs.night)
        Seat.objects.filter(pk=mine.pk).update(sits_id=row.answerer_id)
        Seat.objects.filter(pk=theirs.pk).update(sits_id=row.asker_id)
        for night in (mine.night, theirs.night):
            Night.objects.filter(pk=night.pk).update(changed=True, version=night.version + 1)
    row.agreed, row.answered_at = agreed, at
    row.save(update_fields=["agreed", "answered_at"])
    note("answer_swap", row.id, by, at, agreed=agreed)
    return row
