"""Drafting a paper and changing the draft."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.org.rules import Actor, Forbidden
from zhuoluo.papers.models import Paper
from zhuoluo.papers.rules import KINDS, Content, Refused, from_json, with_text

LONGEST = 40_000


@transaction.atomic
def draft(
    *, kind: str, subject_kind: str, subject_id: UUID, unit_id: UUID, content: Content, by: Actor, at: datetime,
    source_id: UUID | None = None,
) -> Paper:  # fmt: skip
    """Draft a paper about a subject ("matter" or "batch"); the content comes from a builder of papers.rules.

    The caller has checked that the actor may deal with the subject. There is one live paper of a kind for one fact
    (`source_id`, the subject itself when left out): asked again, the same draft or issued paper comes back, and
    nothing is written. Raises Refused, Forbidden.
    """
    if kind not in KINDS or content.kind != kind:
        raise Refused("没有这种文书")
    source = source_id or subject_id
    live = Paper.objects.filter(kind=kind, subject_id=subject_id, source_id=source).exclude(state="void")
    found = live.first()
    if found is not None:
        return found
    check_writer(by, kind, unit_id)
    paper = Paper.objects.create(
        subject_kind=subject_kind, subject_id=subject_id, source_id=source, kind=kind, unit_id=unit_id,
        content=replace(content, number="").as_json(), made_by=by.id, made_at=at,
    )  # fmt: skip
    record(paper, "draft_paper", by, at)
    return paper


@transaction.atomic
def change_draft(*, paper_id: UUID, text: str, by: Actor, at: datetime, version: int | None = None) -> Paper:
    """Change the free words of a draft; names, dates, tables and the remedy clause stay what the facts say."""
    paper = locked(paper_id)
    check_writer(by, paper.kind, paper.unit_id)
    if paper.state != "draft":
        raise Refused("文书已经出具，不能再改；需要更正的，请作废后重新制作")
    if version is not None and version != paper.version:
        raise Refused("这份文书刚被别人改过，请看过最新的再改；您写的内容没有丢")
    content = from_json(paper.content)
    if len(text) > LONGEST:
        raise Refused("正文太长，最多 %(n)s 字", n=LONGEST)
    if not text.strip() and content.text:
        raise Refused("请写正文")
    changed = replace(content, blocks=with_text(content.blocks, text)).as_json()
    if changed == paper.content:
        return paper
    paper.content = changed
    paper.version += 1
    paper.save(update_fields=["content", "version"])
    record(paper, "change_paper", by, at)
    return paper


def locked(paper_id: UUID) -> Paper:
    """Return a paper, locked for the rest of the transaction. Raises Refused when there is none."""
    paper = Paper.objects.select_for_update(of=("self",)).filter(pk=paper_id).first()
    if paper is None:
        raise Refused("没有这份文书")
    return paper


def check_signer(by: Actor, kind: str, unit_id: UUID) -> None:
    """Raise Forbidden unless a post of the actor in the issuing unit may sign papers of the kind."""
    _check(by, unit_id, KINDS[kind].signers)


def check_writer(by: Actor, kind: str, unit_id: UUID) -> None:
    """Raise Forbidden unless the actor may write papers of the kind or record their service: who may sign them, and in
    the handling unit its handlers, whose head then signs."""
    _check(by, unit_id, (*KINDS[kind].signers, "handle"))


def _check(by: Actor, unit_id: UUID, permissions: tuple[str, ...]) -> None:
    if by.kind == "system":
        return
    granted = (by.grants.get(p, frozenset()) for p in by.grants if p.value in permissions)
    if not any(unit_id in units for units in granted):
        raise Forbidden("您的岗位不能制作或者出具这种文书")


def record(paper: Paper, verb: str, by: Actor, at: datetime, **payload: Any) -> None:
    """Append the one entry of an act on a paper: which, whose, never its words."""
    about = {"kind": paper.kind, "of": paper.subject_kind, "subject": str(paper.subject_id)}
    act = Act(
        verb=verb, subject_id=paper.id, subject_kind="paper", at=at, actor_kind=by.kind, actor_id=by.id,
        actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=about | payload,
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)
