"""What an entry says, and the leaf that fixes it. Pure."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Act:
    """One act to be appended. `at` is when it was done (aware); the payload holds no personal text."""

    verb: str
    subject_id: UUID
    at: datetime
    actor_kind: str
    actor_name: str
    actor_id: UUID | None = None
    actor_post: str = ""
    unit_id: UUID | None = None
    unit_name: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    subject_kind: str = "matter"


def leaf(act: Act, recorded_at: datetime, salt: bytes) -> bytes:
    """Return the SHA-256 leaf of an entry: salt, then its fields as canonical JSON (RFC 8785 order)."""
    fields = [
        act.at.isoformat(), recorded_at.isoformat(), act.actor_kind, str(act.actor_id or ""), act.actor_name,
        act.actor_post, str(act.unit_id or ""), act.unit_name, act.subject_kind, str(act.subject_id), act.verb,
        act.payload,
    ]  # fmt: skip
    canonical = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"\x00" + salt + canonical.encode()).digest()


def digest(text: str, salt: bytes) -> str:
    """Return the salted SHA-256 of a text kept elsewhere, as hex; it proves the text without holding it."""
    return hashlib.sha256(salt + text.encode()).hexdigest()
