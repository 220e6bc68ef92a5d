"""Taking in an accusation: from whoever hands it in themselves, or from staff who were told or sent one."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from zhuoluo.clock import local_day, reckon
from zhuoluo.files.rules import LARGEST, check, clean_name
from zhuoluo.files.rules import Refused as FileRefused
from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.rules import make_number
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import Law, below, jurisdiction, live_posts, units
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.sealed.actions.vault import enter, keep_accused, locked, seal_file, seal_text
from zhuoluo.sealed.models import SealedCase, SealedText
from zhuoluo.sealed.reads import open_text, receipt
from zhuoluo.sealed.rules import KEEPERS, MAX_FILES, Refused, check_words, named_in, offered
from zhuoluo.sealed.states import State

FORWARD_TERM = "sealed.forward"


@dataclass(frozen=True)
class Upload:
    """A file that may be kept, cleaned, in memory only: it never touches a disk unsealed."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Accusation:
    """What was handed in. Only `what` is needed; who hands it in never is."""

    what: str
    whom: str = ""  # in free words
    when: str = ""
    where: str = ""
    reach: str = ""  # how to reach them, if they want to be
    accused_units: tuple[UUID, ...] = ()
    accused_people: tuple[UUID, ...] = ()
    files: tuple[Upload, ...] = ()


@dataclass(frozen=True)
class Received:
    """What whoever handed it in gets. `fresh` False: this form had come already."""

    case: SealedCase
    code: str
    fresh: bool = True


def read_uploads(uploads: "Sequence[UploadedFile[bytes]]") -> tuple[Upload, ...]:
    """Check and clean files as any other file of the house is. Raises Refused in the reader's language."""
    if len(uploads) > MAX_FILES:
        raise Refused("一次最多 %(most)s 个文件，其余的可以再补充", most=MAX_FILES)
    found = []
    for upload in uploads:
        try:
            checked = check(upload.read(LARGEST + 1))
        except FileRefused as refused:
            raise refused.said_by(gettext) from refused
        name = clean_name(upload.name or "", checked.type.extension)
        found.append(Upload(name, checked.type.content_type, checked.content))
    return tuple(found)


def hand_in(
    *, accusation: Accusation, by: Actor, at: datetime, law: Law, channel: str = "web", form_key: str = ""
) -> Received:
    """Take in an accusation. Staff need REGISTER and can never read it back. A form sent twice is one case.

    Raises Refused without a word of what happened, Forbidden without the right.
    """
    check_words(accusation.what)
    if by.kind == "staff" and not may(by, Permission.REGISTER):
        raise Forbidden("您的岗位不能登记事项")
    if by.kind == "staff" and not offered(channel):
        raise Refused("请选择怎么收到的")
    key = salted_hmac("sealed.form", form_key, algorithm="sha256").hexdigest() if form_key else None
    known = SealedCase.objects.filter(form_key=key).first() if key else None
    if known is None:
        try:
            with transaction.atomic():
                case = keep(accusation, channel, at, law, key)
                enter("hand_in", case.id, by, at)
            return Received(case, receipt(case))
        except IntegrityError:
            known = SealedCase.objects.filter(form_key=key).first() if key else None
            if known is None:
                raise
    return Received(known, receipt(known), fresh=False)


def keep(
    accusation: Accusation, channel: str, at: datetime, law: Law, form_key: str | None = None
) -> SealedCase:
    """Write the rows of a new case."""
    accused_units, accused_people = whom(accusation, at)
    due = reckon(law.rulebook.term(FORWARD_TERM, local_day(at)), at, law.calendar)
    case = SealedCase.objects.create(
        id=uuid7(), number=_number(at), state=State.RECEIVED, channel=channel, received_at=at,
        forward_due=due.legal, keeper=keeper(accused_units), form_key=form_key,
    )  # fmt: skip
    names = _names(accused_units, accused_people, at)
    refs = [*(f"unit:{u}" for u in accused_units), *(f"person:{p}" for p in accused_people)]
    seal_text(case.id, "accused", {"names": names, "refs": refs}, at)
    given = {n: getattr(accusation, n).strip() for n in ("what", "whom", "when", "where", "reach")}
    seal_text(case.id, "given", {name: words for name, words in given.items() if words}, at)
    for upload in accusation.files:
        seal_file(case.id, upload.name, upload.content_type, upload.content, at)
    keep_accused(case.id, refs)
    return case


def whom(accusation: Accusation, at: datetime) -> tuple[list[UUID], list[UUID]]:
    """Return the units and people accused: those chosen, those named in words, and the units of those people."""
    words = accusation.whom
    posts = list(live_posts(local_day(at)))
    people = set(accusation.accused_people)
    people |= set(named_in(words, [(post.user_id, (post.user.name,)) for post in posts]))
    found = set(accusation.accused_units) & set(units())
    found |= set(named_in(words, [(u.id, (u.name, u.short_name)) for u in units().values()]))
    found |= {post.unit_id for post in posts if post.user_id in people}
    return sorted(found), sorted(people)


def _names(accused_units: list[UUID], accused_people: list[UUID], at: datetime) -> list[str]:
    known = units()
    posts = {post.user_id: post for post in live_posts(local_day(at)) if post.user_id in accused_people}
    return [f"{p.user.name}（{p.unit.short_name} {p.title}）" for p in posts.values()] + [
        known[u].name for u in accused_units
    ]


def keeper(accused_units: Sequence[UUID]) -> Unit:
    """Return the unit whose entitled officers keep a case: the discipline body unless it is itself accused."""
    hidden = below(frozenset(accused_units))
    live = [u for u in units().values() if u.until_date is None and u.id not in hidden]
    for kind in KEEPERS:
        for unit in live:
            if unit.kind == kind:
                return unit
    raise Refused("这里还没有可以接收检举控告的机关，请拨打 12388")


def _number(at: datetime) -> str:
    """Draw a number that looks like any other and tells nobody how many there are: its sequence is drawn by lot."""
    prefix, day = jurisdiction().prefix, local_day(at)
    for _attempt in range(200):
        number = make_number(prefix, day, 5000 + secrets.randbelow(5000))
        if not SealedCase.objects.filter(number=number).exists():
            return number
    return make_number(prefix, day, 10_000 + secrets.randbelow(900_000))


def add_material(
    *, case_id: UUID, text: str, files: Sequence[Upload], by: Actor, at: datetime, form_key: str = ""
) -> bool:
    """Add words or files to a case its accuser opened with number and code; return False for a form sent twice."""
    if not text.strip() and not files:
        raise Refused("请写下要补充的内容，或者选文件")
    if text.strip():
        check_words(text)
    key = salted_hmac(f"sealed.added.{case_id}", form_key, algorithm="sha256").hexdigest()
    with transaction.atomic():
        case = locked(case_id)
        if form_key and key in _forms(case):
            return False
        seal_text(case.id, "added", {"what": text.strip(), "form": key}, at)
        for upload in files:
            seal_file(case.id, upload.name, upload.content_type, upload.content, at)
        enter("add", case.id, by, at)
    return True


def _forms(case: SealedCase) -> set[str]:
    """Return the forms whose words were added already; the case is locked, so two of one form cannot both pass."""
    rows = SealedText.objects.filter(case=case, kind="added")
    return {str(json.loads(open_text(row))["form"]) for row in rows}
