"""What whoever handed in an accusation sees with number and code: the state and the messages, nothing that was handed in."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from zhuoluo.matters.rules import Refused, query_code, read_number, same_code
from zhuoluo.sealed.models import SealedCase, SealedText
from zhuoluo.sealed.reads.vault import open_text


@dataclass(frozen=True)
class Said:
    """One message of the organ."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Followed:
    """The page of whoever handed it in."""

    number: str
    state: str
    received_at: datetime
    messages: list[Said]


def find(number: str, code: str) -> SealedCase | None:
    """Return the case that number and code open together, or None; which of the two was wrong is not told."""
    try:
        written = read_number(number)
    except Refused:
        return None
    case = SealedCase.objects.filter(number=written).first()
    return case if case is not None and same_code(code, receipt(case)) else None


def receipt(case: SealedCase) -> str:
    """Return the code of a case, for whoever hands it in."""
    return query_code(settings.IDENTITY_KEY, case.id, case.code_generation)


def followed(case_id: UUID, generation: int) -> Followed | None:
    """Return the page of a case that a session opened, or None when its code was changed meanwhile."""
    case = SealedCase.objects.filter(pk=case_id, code_generation=generation).first()
    if case is None:
        return None
    rows = SealedText.objects.filter(case=case, kind="message").order_by("-at", "-id")
    said = [Said(row.at, str(json.loads(open_text(row))["text"])) for row in rows]
    return Followed(case.number, case.state, case.received_at, said)
