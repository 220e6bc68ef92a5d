"""Reading residents' data: masked unless an action unmasked it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import CharField

from zhuoluo.kit.cursor import behind, write_cursor
from zhuoluo.kit.queries import BuiltOnce
from zhuoluo.residents.models import PhoneChange, Raiser, RefusedCopy, View
from zhuoluo.residents.rules import blind, mask_address, mask_id_number, mask_name, mask_phone, normal_phone


@dataclass(frozen=True)
class Masked:
    """What every reader sees of who raised a matter."""

    id: UUID
    kind: str
    kind_word: str
    name: str
    phone: str
    id_number: str
    address: str
    others: int


def masked(raiser: Raiser) -> Masked:
    """Return the masked form of a row."""
    enterprise = raiser.kind == "enterprise"
    return Masked(
        id=raiser.id,
        kind=raiser.kind,
        kind_word=raiser.get_kind_display(),
        name=raiser.name if enterprise else mask_name(raiser.name),
        phone=mask_phone(raiser.phone),
        id_number=mask_id_number(raiser.id_number),
        address=mask_address(raiser.address),
        others=raiser.others,
    )


OF_PHONE, OF_NAME = (
    BuiltOnce(
        lambda value, column=column: Raiser.objects.filter(**{column: value}).order_by("-id").only("id")[:50],
        value=CharField(),
    )
    for column in ("phone_index", "name_index")
)


def by_contact(*, phone: str = "", name: str = "") -> list[UUID]:
    """Return the rows of filings with the same phone or the same name, newest first, at most 50."""
    key = settings.IDENTITY_KEY
    wanted = [
        (OF_PHONE, blind(key, "phone", normal_phone(phone))),
        (OF_NAME, blind(key, "name", name.strip())),
    ]
    found = [row.id for rows, value in wanted if value for row in rows(value=value)]
    return list(dict.fromkeys(found))[:50]


def same_people(ids: Collection[UUID]) -> dict[UUID, dict[UUID, bool]]:
    """Return for each row the rows of the same person: by the same phone, without one by the same name, which may be
    somebody else's (True: the name only). In two queries; nothing is read in clear."""
    given = Raiser.objects.filter(pk__in=list(ids)).values_list("id", "phone_index", "name_index")
    wanted = {row: ("phone_index", phone) if phone else ("name_index", name) for row, phone, name in given}
    known: dict[tuple[str, str], list[UUID]] = {}
    for column in ("phone_index", "name_index"):
        values = {value for kind, value in wanted.values() if kind == column and value}
        if values:
            # Not sorted by the database: it would walk the table instead of the index.
            rows = Raiser.objects.filter(**{f"{column}__in": values}).values_list(column, "id")
            for value, row in rows[: 50 * len(values)]:
                known.setdefault((column, value), []).append(row)
    return {row: dict.fromkeys(known.get(key, []), key[0] == "name_index") for row, key in wanted.items()}


def masked_by_id(ids: Collection[UUID]) -> dict[UUID, Masked]:
    """Return rows as every reader sees them, by id."""
    return {row.id: masked(row) for row in Raiser.objects.filter(pk__in=list(ids))}


def same_person(one: Raiser, other: Raiser) -> bool:
    """Say whether two filings carry the same phone, or the same name where one of them gave no phone."""
    if one.phone_index and other.phone_index:
        return one.phone_index == other.phone_index
    return bool(one.name_index) and one.name_index == other.name_index


def who_saw(subject_id: UUID, *, after: str = "", limit: int = 100) -> tuple[list[View], str]:
    """Return a page of every look at a matter, newest first, and the cursor of the next ("" on the last).

    This is the answer to "who saw this?". A cursor that is none gives the first page.
    """
    looks = View.objects.filter(behind(after, "at", newest_first=True), subject_id=subject_id)
    found = list(looks.order_by("-at", "-id")[: limit + 1])
    page = found[:limit]
    return page, write_cursor(page[-1].at, page[-1].id) if len(found) > limit else ""


def full(ids: Collection[UUID]) -> dict[UUID, Raiser]:
    """Return unmasked rows by id, for exports that were permitted and recorded by their action."""
    return Raiser.objects.in_bulk(list(ids))


def refused_copies(subject_id: UUID) -> list[RefusedCopy]:
    """Return the differing bodies that came under the key of a matter's registration, oldest first."""
    return list(RefusedCopy.objects.filter(subject_id=subject_id).order_by("at"))


@dataclass(frozen=True)
class Changed:
    """A phone number that was put in the place of another: when, by whom, and the masked old one."""

    raiser_id: UUID
    at: datetime
    by_id: UUID | None
    old: str


def phone_changes(raisers: Collection[UUID]) -> list[Changed]:
    """Return every change of the phone numbers of some filings, oldest first; one query."""
    rows = PhoneChange.objects.filter(raiser_id__in=list(raisers)).order_by("at", "id")
    return [Changed(row.raiser_id, row.at, row.by_id, mask_phone(row.old)) for row in rows]
