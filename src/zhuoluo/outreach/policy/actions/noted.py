"""What every write of this room shares: the right, the locked document, the one entry."""

from datetime import datetime
from typing import Any
from uuid import UUID

from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.outreach.policy.models import Document
from zhuoluo.outreach.policy.rules.errors import NotFound, Refused


def note(verb: str, document: UUID, by: Actor, at: datetime, **payload: Any) -> None:
    """Leave the one entry of an act on a document."""
    act = Act(
        verb=f"policy.{verb}", subject_id=document, subject_kind="policy", at=at, actor_kind=by.kind, actor_id=by.id,
        actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)


def check_keeps(by: Actor) -> None:
    """Raise Forbidden for whoever does not keep the library."""
    if not may(by, Permission.KEEP_POLICY):
        raise Forbidden("您的岗位不能维护政策库")


def locked(document_id: UUID, version: int | None = None) -> Document:
    """Return a document locked for the rest of the transaction. Raises NotFound, Refused when somebody else changed it."""
    row = Document.objects.select_for_update().filter(pk=document_id).first()
    if row is None:
        raise NotFound("没有找到这份政策文件")
    if version is not None and version != row.version:
        raise Refused("这份文件刚被别人改过，请看过最新的再改；您写的内容没有丢")
    return row


def locked_draft(document_id: UUID, version: int | None = None) -> Document:
    """Return a draft, locked. Raises Refused for what was published: its words change only from a day on."""
    row = locked(document_id, version)
    if row.state not in ("draft", "reviewed"):
        raise Refused("文件已经发布，不能再改；条文有修订的，请从修订的生效日期起加新的文本")
    return row


def changed(row: Document, *fields: str) -> None:
    """Keep a change of a draft. What was reviewed is a draft again: somebody has to look at it once more."""
    row.version += 1
    row.state, row.reviewed_at, row.reviewed_by = "draft", None, None
    row.save(update_fields=["version", "state", "reviewed_at", "reviewed_by", *fields])
