"""What the raiser does on the follow page: each deed one action of matters, and no press counted twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from zhuoluo.files import actions as files
from zhuoluo.matters import actions as matters
from zhuoluo.matters import reads
from zhuoluo.matters.rules import read_number
from zhuoluo.org.reads import Law
from zhuoluo.portal.actions.drafts import fingerprint
from zhuoluo.portal.actions.limits import count_try, forget_tries
from zhuoluo.portal.models import Press
from zhuoluo.portal.rules.limits import CODE_TRIES


@dataclass(frozen=True)
class Unlocked:
    """A matter its raiser has opened with number and code; a new code (generation) shuts it again."""

    matter_id: UUID
    number: str
    generation: int


def unlock(*, number: str, code: str, address: str, at: datetime) -> Unlocked | None:
    """Open a matter with number and code, or return None without telling which of the two was wrong.

    Raises Refused for a number that cannot be one (nothing is counted), TooMany after ten wrong tries within the hour
    on one number or from one address, whether or not such a number exists.
    """
    written = read_number(number)
    tries = [
        count_try(kind="number", value=written, most=CODE_TRIES, at=at),
        count_try(kind="address", value=address, most=CODE_TRIES, at=at),
    ]
    matter = reads.find(written, code)
    if matter is None:
        return None
    forget_tries(ids=tries)
    return Unlocked(matter.id, matter.number, matter.code_generation)


def _once(
    matter_id: UUID, deed: str, form_key: str, said: Sequence[str], at: datetime, act: Callable[[], object]
) -> bool:
    """Do `act` unless this very press was done before; press and act stand or fall together."""
    digest = salted_hmac(
        "portal.press", repr((str(matter_id), deed, form_key, *said)), algorithm="sha256"
    ).hexdigest()
    try:
        with transaction.atomic():
            Press.objects.create(digest=digest, at=at)
            act()
    except IntegrityError:
        if Press.objects.filter(pk=digest).exists():
            return False
        raise
    return True


def rate(
    *, matter_id: UUID, solved: str, satisfaction: str, note: str, form_key: str, at: datetime, law: Law
) -> bool:
    """Keep the raiser's own word; "not solved" opens a re-check. Returns False for a press already counted."""
    return _once(
        matter_id, "rate", form_key, (solved, satisfaction, note), at,
        lambda: matters.rate(
            matter_id=matter_id, solved=solved, satisfaction=satisfaction, note=note, at=at, law=law
        ),
    )  # fmt: skip


def add(
    *,
    matter_id: UUID,
    text: str,
    uploads: "Sequence[UploadedFile[bytes]]",
    form_key: str,
    at: datetime,
    law: Law,
) -> bool:
    """Add words and files to a matter. Raises Refused of matters or of files; nothing is added then."""
    marks = [fingerprint(upload) for upload in uploads]
    kept: list[UUID] = []
    fresh = False
    try:
        kept += [files.keep(data=upload, name=upload.name or "", at=at).id for upload in uploads]
        fresh = _once(
            matter_id, "add", form_key, (text, *marks), at,
            lambda: matters.supplement(matter_id=matter_id, text=text, files=kept, at=at, law=law),
        )  # fmt: skip
    finally:
        if not fresh:
            files.discard(ids=kept)
    return fresh


def withdraw(*, matter_id: UUID, reason: str, form_key: str, at: datetime, law: Law) -> bool:
    """Take the matter back before it is answered; it stays registered and counted."""
    return _once(
        matter_id, "withdraw", form_key, (), at,
        lambda: matters.withdraw(matter_id=matter_id, reason=reason, at=at, law=law),
    )  # fmt: skip


def ask_review(*, matter_id: UUID, text: str, form_key: str, at: datetime, law: Law) -> bool:
    """Ask for a review, or a second one. Returns False for a press already counted; raises Refused with the article."""
    return _once(
        matter_id, "ask_review", form_key, (text,), at,
        lambda: matters.request_review(matter_id=matter_id, text=text, at=at, law=law),
    )  # fmt: skip


def withdraw_review(
    *, matter_id: UUID, review_id: UUID, reason: str, form_key: str, at: datetime, law: Law
) -> bool:
    """Take the request for review back before it is decided."""
    return _once(
        matter_id, "withdraw_review", form_key, (str(review_id),), at,
        lambda: matters.withdraw_review(review_id=review_id, reason=reason, at=at, law=law),
    )  # fmt: skip
