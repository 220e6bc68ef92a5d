"""The papers of a few matters: what was told and answered, issued and served, and one made by mistake and voided."""

from datetime import datetime, timedelta
from uuid import UUID

from zhuoluo.demo.actions.beside import HANDLERS
from zhuoluo.demo.actions.world import World
from zhuoluo.matters import reads
from zhuoluo.matters.actions.papers import issue_paper, make_paper, serve_paper, void_paper
from zhuoluo.matters.reads import Sought
from zhuoluo.matters.rules import Refused
from zhuoluo.org.reads import units
from zhuoluo.org.rules import Forbidden
from zhuoluo.papers.rules import Refused as PaperRefused

WANTED = 8


def write_papers(world: World) -> None:
    """Let the units of the newest served claims issue their papers, as of this moment.

    On a machine without a Chinese font nothing is printed, as everywhere: the county then has no papers.
    """
    at = world.now - timedelta(seconds=1)
    leader = world.who("LD", ("leader",), at)
    done = 0
    for line in reads.matters(leader, Sought(klass="claim", stage="served"), now=at, limit=30).rows:
        lead = reads.by_id(leader, line.id).lead_unit_id
        if lead is None or done == WANTED:
            continue
        try:
            _papers_of(world, line.id, units()[lead].code, at, slip=done == 0)
        except (Refused, PaperRefused, Forbidden):  # no font here, or whoever would write stood back
            continue
        done += 1


def _papers_of(world: World, matter_id: UUID, unit: str, at: datetime, *, slip: bool) -> None:
    by = world.who(unit, HANDLERS, at)
    head = world.head(unit, at)
    if slip:
        told = make_paper(matter_id=matter_id, kind="acceptance", by=by, at=at, law=world.law)
        issue_paper(matter_id=matter_id, paper_id=told.id, by=head, at=at)
        void_paper(matter_id=matter_id, paper_id=told.id, reason="日期写错，重新出具", by=head, at=at)
    for kind in ("acceptance", "opinion"):
        paper = make_paper(matter_id=matter_id, kind=kind, by=by, at=at, law=world.law)
        issue_paper(matter_id=matter_id, paper_id=paper.id, by=head, at=at)
        serve_paper(
            matter_id=matter_id,
            paper_id=paper.id,
            method="in_person",
            recipient="raiser",
            served_at=at,
            by=by,
            at=at,
        )
