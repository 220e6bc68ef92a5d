"""The reception sheet of a batch (接访登记表) as an official paper: every value is one the house holds already."""

from datetime import datetime

from zhuoluo.org.reads import SHANGHAI, units
from zhuoluo.org.rules import Actor
from zhuoluo.papers.rules import Content, Facts, reception_sheet
from zhuoluo.reception.models import Batch
from zhuoluo.reception.reads.register import Cells


def sheet_content(actor: Actor, batch: Batch, *, now: datetime) -> Content | None:
    """Return what stands on the sheet, with the visitors' names in clear; None when the reader may not see all of it."""
    cells = Cells(actor, [batch], now, identity=True)
    rows, hidden = cells.rows()
    if hidden or not rows:
        return None
    session = batch.session
    people = [cells.people[r] for r in cells.speakers.get(batch.id, []) if r in cells.people]
    day = batch.arrived_at.astimezone(SHANGHAI)
    decisions = [f"{place}. {kept.row.opinion or '还没有处理意见'}" for place, kept in enumerate(rows, 1)]
    return reception_sheet(
        Facts(organ=units()[session.unit_id].name, day=day.date()),
        visitors=[(person.name, person.phone, person.address) for person in people],
        others=max(batch.people - len(people), 0),
        matters=[(kept.number, kept.row.wish or kept.row.text, kept.row.unit) for kept in rows],
        leader=rows[0].leaders,
        place=session.place,
        decision="\n".join(decisions),
        batch=f"第{batch.sequence}批，{day:%H:%M}到",
        earlier=cells.earlier(batch, {kept.matter for kept in rows}),
    )
