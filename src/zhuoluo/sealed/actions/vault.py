"""Sealing words and files, and the one entry of an act: that it was done, by whom, and nothing of what it was about."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from zhuoluo.kit.ids import uuid7
from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.org.rules import Actor
from zhuoluo.sealed.models import SealedAccused, SealedCase, SealedFile, SealedText
from zhuoluo.sealed.reads import keyring, place_of


def seal_text(
    case_id: UUID, kind: str, fields: dict[str, Any], at: datetime, by: UUID | None = None
) -> SealedText:
    """Keep words of a case, sealed."""
    row = SealedText(id=uuid7(), case_id=case_id, kind=kind, at=at, by_id=by)
    put(row, json.dumps(fields, ensure_ascii=False).encode())
    row.save(force_insert=True)
    return row


def seal_file(case_id: UUID, name: str, content_type: str, content: bytes, at: datetime) -> SealedFile:
    """Keep a file of a case, sealed: its bytes in one row, its name and type as words of the case."""
    told = {"name": name, "type": content_type, "size": len(content)}
    row = SealedFile(id=uuid7(), case_id=case_id, label=seal_text(case_id, "file", told, at), at=at)
    put(row, content)
    row.save(force_insert=True)
    return row


def put(row: "SealedText | SealedFile", words: bytes) -> None:
    """Seal words for a row; the row is not saved."""
    made = keyring().seal(words, place_of(row))
    row.key_id, row.algorithm, row.nonce, row.ciphertext = (
        made.key_id, made.algorithm, made.nonce, made.ciphertext,
    )  # fmt: skip


def keep_accused(case_id: UUID, refs: Iterable[str]) -> None:
    """Note whom a case accuses (`unit:id`, `person:id`), as digests under every key the site holds."""
    ring = keyring()
    rows = [
        SealedAccused(case_id=case_id, key_id=key, digest=digest)
        for ref in sorted(set(refs))
        for key, digest in ring.index(ref).items()
    ]
    SealedAccused.objects.bulk_create(rows, ignore_conflicts=True)


def enter(verb: str, case_id: UUID, by: Actor, at: datetime) -> None:
    """Write the one entry of an act. Its payload is always empty."""
    act = Act(
        verb=f"sealed.{verb}", subject_id=case_id, at=at, actor_kind=by.kind, actor_id=by.id, actor_name=by.name,
        actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, subject_kind="sealed",
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)


def locked(case_id: UUID) -> SealedCase:
    """Return a case locked for the rest of the transaction."""
    return SealedCase.objects.select_for_update().get(pk=case_id)
