"""The county's policy library: documents taken in, reviewed, published, amended, ended; one still under review."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from zhuoluo.demo.actions.case import Life
from zhuoluo.demo.actions.world import World
from zhuoluo.demo.rules.documents import labels, paragraphs, word_file
from zhuoluo.demo.rules.places import data
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.policy import actions
from zhuoluo.outreach.policy.actions import DocumentContent, Row, Upload
from zhuoluo.outreach.policy.models import Clause

Deed = Callable[[Actor, datetime], object]
WORK = timedelta(hours=1)


def policy(world: World) -> Life:
    """Live the two years of the library, in the order of time."""
    kept: dict[str, UUID] = {}
    deeds: list[tuple[float, Deed]] = []
    for plan in data("policy")["document"]:
        deeds.append((plan["since"], partial(_publish, plan, kept)))
        deeds += [
            (change["at"], partial(_amend, plan, change, kept)) for change in plan.get("amendments", ())
        ]
        deeds += [(plan["ended"], partial(_end, plan, kept))] if "ended" in plan else []
    deeds += [(plan["since"], partial(_draft, plan)) for plan in data("policy")["draft"]]
    for days, deed in sorted(deeds, key=lambda one: -one[0]):
        at = world.now - timedelta(days=days)
        yield at
        deed(world.who("XC", ("outreach_officer",), at), at)


def _draft(plan: Mapping[str, Any], by: Actor, at: datetime) -> None:
    actions.take_in(text=plan["text"].strip(), by=by, at=at)


def _publish(plan: Mapping[str, Any], kept: dict[str, UUID], by: Actor, at: datetime) -> None:
    """Take a document in, as a Word file where the plan says so; check what it says of itself; review and publish it."""
    content = DocumentContent(
        title=plan["title"], issuer=plan["issuer"], kind=plan["kind"], issued_on=plan["issued"], from_day=plan["from"],
        number=plan["number"], audiences=tuple(plan["audiences"]),
    )  # fmt: skip
    if plan.get("file"):
        upload = Upload(word_file(paragraphs(plan)), f"{plan['title']}.docx")
        made = actions.take_in(upload=upload, by=by, at=at)
        actions.change(document_id=made.pk, content=content, by=by, at=at + WORK)
    else:
        made = actions.draft(content=content, by=by, at=at)
    rows = [
        Row(label, clause[0], heading, clause[1] if len(clause) > 1 else "")
        for (label, heading), clause in zip(labels(plan), plan["clauses"], strict=True)
    ]
    actions.propose(document_id=made.pk, rows=rows, by=by, at=at + WORK)
    actions.review(document_id=made.pk, by=by, at=at + WORK)
    actions.publish(document_id=made.pk, by=by, at=at + 2 * WORK)
    kept[plan["title"]] = made.pk


def _amend(
    plan: Mapping[str, Any], change: Mapping[str, Any], kept: Mapping[str, UUID], by: Actor, at: datetime
) -> None:
    clause = Clause.objects.get(document_id=kept[plan["title"]], sequence=change["clause"])
    actions.amend(
        clause_id=clause.pk, text=change["text"], plain=change["plain"], from_day=change["from"], why=change["why"], by=by, at=at
    )  # fmt: skip


def _end(plan: Mapping[str, Any], kept: Mapping[str, UUID], by: Actor, at: datetime) -> None:
    actions.repeal(
        document_id=kept[plan["title"]], until_day=plan["until"], reason=plan["why"], replaced_by=kept[plan["by"]], by=by, at=at
    )  # fmt: skip
