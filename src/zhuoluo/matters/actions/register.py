"""Registering what was raised: one matter from a page, or hundreds from a sheet, by the same code."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField

from zhuoluo.clock import Due, TermError
from zhuoluo.kit.ids import uuid7
from zhuoluo.kit.queries import BuiltOnce
from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act, digest
from zhuoluo.matters.actions.change import build_act, build_commitment, due_by_term, local_day
from zhuoluo.matters.models import (
    About,
    Answer,
    Attachment,
    Commitment,
    Link,
    Matter,
    Milestone,
    Party,
    Receipt,
    Text,
)
from zhuoluo.matters.rules import KeyReused, Refused, check_filing, make_number, query_code, route_term
from zhuoluo.matters.states import Stage, Verb
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import Law, areas, below, jurisdiction, units
from zhuoluo.org.rules import Actor, Forbidden, Permission, may
from zhuoluo.residents import actions as residents
from zhuoluo.residents.actions import Contact, Prepared


@dataclass(frozen=True)
class Filing:
    """One thing raised, as it was given. `raised_at` None: now. `unit_id` None: found by place."""

    klass: str
    text: str
    contact: Contact
    channel: str
    title: str = ""
    area: str | None = None
    place: str = ""
    longitude: str | None = None
    latitude: str | None = None
    category: str | None = None
    raised_at: datetime | None = None
    unit_id: UUID | None = None
    about_units: tuple[UUID, ...] = ()
    about_people: tuple[UUID, ...] = ()
    files: tuple[UUID, ...] = ()
    origin: str = ""
    external_id: str = ""
    complete: bool = True  # False: an old register, taken as it is
    earlier: UUID | None = None  # a matter that was answered before, when this one brings new facts (art. 36)


@dataclass(frozen=True)
class Registered:
    """What the raiser gets: the matter's number and the code that opens it. `fresh` False: it was there already."""

    matter: Matter
    code: str
    fresh: bool = True


@dataclass
class Batch:
    """The rows of filings on their way into the database; history (import) adds to them before they are written."""

    raisers: list[Prepared] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    abouts: list[About] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)


RECEIPTS = BuiltOnce(lambda key: Receipt.objects.filter(key=key), key=CharField())


def register(
    *, filing: Filing, by: Actor, at: datetime, law: Law, key: str = "", right: Permission = Permission.REGISTER
) -> Registered:  # fmt: skip
    """Register one filing: number, code, receiving unit, routing date (art. 22), one entry.

    With an idempotency `key` the same body gives the first matter again, another body under it raises KeyReused
    and both texts are kept. `right`: a front's own right, instead
    of the desk's. Raises Refused for what the law asks and is missing, Forbidden without the right.
    """
    if by.kind == "staff" and not may(by, right):
        raise Forbidden("您的岗位不能登记事项")
    body_hash = _body_hash(filing)
    if key:
        for known in RECEIPTS(key=key):
            return _replay(known, body_hash, filing, at)
    batch = build([filing], by, at, law)
    try:
        with transaction.atomic():
            write(batch, at)
            [matter] = batch.matters
            if key:
                Receipt.objects.create(key=key, body_hash=body_hash, matter=matter, made_at=at)
    except IntegrityError:
        for known in RECEIPTS(key=key) if key else []:
            return _replay(known, body_hash, filing, at)
        raise
    return Registered(matter, code_of(matter))


def _replay(known: Receipt, body_hash: str, filing: Filing, at: datetime) -> Registered:
    if known.body_hash != body_hash:
        residents.keep_refused(key=known.key, subject_id=known.matter_id, body=_as_json(filing), at=at)
        raise KeyReused(
            "这份表已经登记过（编号 %(number)s），现在的内容与当时不同。两份文字都已保存；要补充，请在原事项上“补充说明”",
            number=known.matter.number,
        )
    return Registered(known.matter, code_of(known.matter), fresh=False)


def _as_json(filing: Filing) -> dict[str, Any]:
    return json.loads(json.dumps(asdict(filing), default=str))  # type: ignore[no-any-return]  # json is untyped


def _body_hash(filing: Filing) -> str:
    canonical = json.dumps(_as_json(replace(filing, raised_at=None)), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def code_of(matter: Matter) -> str:
    """Return the query code of a matter (shown to the raiser only)."""
    return query_code(settings.IDENTITY_KEY, matter.id, matter.code_generation)


def desk_of(by: Actor, unit_id: UUID) -> UUID:
    """Return the unit at whose desk a matter of a front begins: the one meant, for who reads all; else the actor's own,
    which sends it on by the law's path.
    """
    return unit_id if by.unit_id is None or by.can(Permission.READ_ALL) else by.unit_id


def register_many(*, filings: Sequence[Filing], by: Actor, at: datetime, law: Law) -> list[Matter]:
    """Register filings in their order, all or none, with one entry each. Same checks as one by one."""
    batch = build(filings, by, at, law)
    with transaction.atomic():
        write(batch, at)
    return batch.matters


def build(filings: Sequence[Filing], by: Actor, at: datetime, law: Law) -> Batch:
    """Check the filings and build their rows; nothing is written but the day's counter."""
    for filing in filings:
        contact = filing.contact
        check_filing(
            filing.klass, contact.kind, contact.name, contact.address, contact.phone, filing.text,
            required=filing.complete,
        )  # fmt: skip
    _check_places(filings)
    times = [f.raised_at or at for f in filings]
    if any(raised > at for raised in times):
        raise Refused("反映时间不能晚于现在")
    # An old register keeps its own days: what was raised in March was registered in March.
    moments = [raised if not filing.complete else at for raised, filing in zip(times, filings, strict=True)]
    numbers = _numbers([local_day(moment) for moment in moments])
    batch = Batch()
    for filing, raised, moment, number in zip(filings, times, moments, numbers, strict=True):
        _add(batch, filing, raised, moment, number, by, law)
    return batch


def _add(
    batch: Batch, filing: Filing, raised: datetime, moment: datetime, number: str, by: Actor, law: Law
) -> None:
    unit = receiving_unit(filing, by)
    raiser = residents.prepare(filing.contact, moment)
    batch.raisers.append(raiser)
    text = filing.text.strip()
    matter = Matter(
        id=uuid7(), number=number, klass=filing.klass, title=(filing.title.strip() or make_title(text))[:200],
        text=text, channel=filing.channel, stage=Stage.REGISTERED, raised_at=raised, registered_at=moment,
        area_id=filing.area, place=filing.place.strip()[:200], longitude=filing.longitude,
        latitude=filing.latitude, category_id=filing.category, raiser_id=raiser.id, salt=os.urandom(16), registered_by_id=unit.id,
        origin=filing.origin, external_id=filing.external_id,
    )  # fmt: skip
    due = _route_due(filing.klass, moment, law)
    commitment = build_commitment(matter.id, "route", due, moment, unit=unit.id)
    batch.matters.append(matter)
    batch.commitments.append(commitment)
    batch.milestones.append(Milestone(matter=matter, kind="registered", at=moment))
    batch.parties.append(Party(matter=matter, unit_id=unit.id, role="registered", from_at=moment))
    if filing.earlier is not None:
        batch.links.append(Link(matter=matter, other_id=filing.earlier, kind="new_facts", at=moment))
    batch.abouts += [About(matter=matter, unit_id=u) for u in filing.about_units]
    batch.abouts += [About(matter=matter, person_id=p) for p in filing.about_people]
    batch.attachments += [
        Attachment(matter=matter, file_id=f, role="raised", by_raiser=True, to_raiser=True, at=moment)
        for f in filing.files
    ]
    payload = {
        "number": number, "klass": filing.klass, "channel": filing.channel, "area": filing.area,
        "unit": str(unit.id), "files": len(filing.files), "opened": [{"kind": "route", "due": due.legal.isoformat()}],
        "digest": digest(text, bytes(matter.salt)),
    }  # fmt: skip
    batch.acts.append(build_act(Verb.REGISTER, matter.id, by, moment, payload))


def make_title(text: str) -> str:
    """Return the first sentence of a text, at most 30 characters, for a filing that came without a title."""
    line = text.strip().splitlines()[0] if text.strip() else ""
    for mark in "。！？!?；;":
        line = line.split(mark)[0]
    return line if len(line) <= 30 else line[:29] + "…"


def receiving_unit(filing: Filing, by: Actor) -> Unit:
    """Return the unit that owes the routing: the one registering, else the township of the place, else the office.

    Never the unit complained of nor anything under it; then the petition office, then supervision takes it.
    """
    known = units()
    accused = below(frozenset(filing.about_units))
    for unit_id in (filing.unit_id, by.unit_id if by.kind == "staff" else None):
        if unit_id is not None and unit_id not in accused and unit_id in known:
            return known[unit_id]
    live = [u for u in known.values() if u.id not in accused and u.until_date is None]
    if filing.area is not None:
        town = filing.area[:9].ljust(12, "0")
        for unit in live:
            if unit.kind == "township" and unit.area_id == town:
                return unit
    for kind in ("office", "supervision", "leadership"):
        for unit in live:
            if unit.kind == kind:
                return unit
    raise Refused("还没有设置信访工作机构，请系统管理员先添加单位")


def _route_due(klass: str, moment: datetime, law: Law) -> Due:
    """Reckon the routing date. Before the simplified way existed (2016), inquiries went the way of all others."""
    try:
        return due_by_term(law, route_term(klass), moment)
    except TermError:
        return due_by_term(law, route_term("claim"), moment)


def _numbers(days: Sequence[date]) -> list[str]:
    """Draw one number per day given. The counter row is drawn and kept in the transaction of the registration."""
    prefix = jurisdiction().prefix
    upcoming = _draw(Counter(days))
    numbers = []
    for day in days:
        numbers.append(make_number(prefix, day, upcoming[day]))
        upcoming[day] += 1
    return numbers


def _draw(wanted: Mapping[date, int]) -> dict[date, int]:
    """Reserve so many numbers of each day and return the first ones; the database serialises it, so none comes twice.

    Outside a transaction this commits at once, so that registrations do not queue behind each other's commits. On
    PostgreSQL the flush to disk may then wait: the registration's own commit flushes everything written before it.
    """
    apart = connection.vendor == "postgresql" and not connection.in_atomic_block
    source = "(SELECT set_config('synchronous_commit', 'off', true)) AS later, " if apart else ""
    first: dict[date, int] = {}
    days = sorted(wanted)  # one order for everybody, so that two never wait for each other in a circle
    with connection.cursor() as cursor:
        for start in range(0, len(days), 400):
            some = days[start : start + 400]
            rows = ",".join(["(%s, %s)"] * len(some))
            cursor.execute(
                "WITH drawn (day, wanted) AS (VALUES " + rows + ") "  # noqa: S608 - only placeholders are joined in
                "INSERT INTO matters_day_counter (day, last) SELECT day, wanted FROM "
                + source
                + "drawn WHERE true "
                "ON CONFLICT (day) DO UPDATE SET last = matters_day_counter.last + excluded.last RETURNING day, last",
                [value for day in some for value in (day, wanted[day])],
            )
            for drawn, last in cursor.fetchall():
                day = drawn if isinstance(drawn, date) else date.fromisoformat(drawn)
                first[day] = last - wanted[day] + 1
    return first


def write(batch: Batch, recorded_at: datetime) -> None:
    """Write the rows of a batch and their entries."""
    residents.keep(prepared=batch.raisers)
    Matter.objects.bulk_create(batch.matters, batch_size=500)
    Milestone.objects.bulk_create(batch.milestones, batch_size=500)
    Commitment.objects.bulk_create(batch.commitments, batch_size=500)
    Party.objects.bulk_create(batch.parties, batch_size=500)
    Link.objects.bulk_create(batch.links, batch_size=500)
    About.objects.bulk_create(batch.abouts, batch_size=500)
    Attachment.objects.bulk_create(batch.attachments, batch_size=500)
    Text.objects.bulk_create(batch.texts, batch_size=500)
    Answer.objects.bulk_create(batch.answers, batch_size=500)
    ledger.append(acts=batch.acts, recorded_at=recorded_at)


def _check_places(filings: Sequence[Filing]) -> None:
    known = areas()
    for filing in filings:
        if filing.area is not None and filing.area not in known:
            raise Refused("没有区划 %(area)s，请从列表中选择地点", area=filing.area)
