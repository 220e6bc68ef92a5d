"""The answers, the raiser's word, objections, extensions and files of a matter, as the pages show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from zhuoluo.files.reads import describe
from zhuoluo.matters.forms.answer import PARTS
from zhuoluo.matters.models import Answer, Attachment, Link, Obligation
from zhuoluo.matters.reads.case import Case
from zhuoluo.matters.rules import ANSWERS, SATISFACTION, SERVICE_METHODS, SETTLEMENTS, SOLVED
from zhuoluo.org.reads import SHANGHAI, units

RELATED = {**dict(Link.KINDS), "into": gettext_noop("本件已并入"), "merged": gettext_noop("并入本件")}


@dataclass(frozen=True)
class Letter:
    """An answer as it reads: its parts with their headings, and how far it has come."""

    unit: str
    outcome: str
    parts: list[tuple[str, str]]
    execute_by: Any
    state: str  # draft, issued, served, replaced
    issued_at: datetime | None
    served_at: datetime | None
    service: str
    version: int


def letter(answer: Answer) -> Letter:
    """Return an answer as it reads."""
    texts = [(str(PARTS[name]), getattr(answer, name)) for name in ("request", "facts", "opinion", "basis")]
    state = (
        "replaced"
        if answer.replaced_at
        else "served"
        if answer.served_at
        else "issued"
        if answer.issued_at
        else "draft"
    )
    unit = units().get(answer.unit_id)
    return Letter(
        unit=unit.name if unit else "",
        outcome=_(ANSWERS[answer.outcome]) if answer.outcome else "",
        parts=[(heading, text) for heading, text in texts if text],
        execute_by=answer.execute_by if answer.outcome == "supported" else None,
        state=state,
        issued_at=answer.issued_at,
        served_at=answer.served_at,
        service=_(SERVICE_METHODS[answer.service]) if answer.service else "",
        version=answer.version,
    )


def letters(case: Case) -> list[Letter]:
    """Return all answers, the one that stands or is being written first."""
    rows = [letter(answer) for answer in case.page.answers]
    rows.reverse()
    return sorted(rows, key=lambda row: row.state == "replaced")


def spoken(case: Case) -> list[dict[str, Any]]:
    """Return the raiser's words, the one that counts first."""
    rows = [
        {
            "solved": _(SOLVED[word.solved]) if word.solved else "", "satisfaction": _(SATISFACTION[word.satisfaction]),
            "note": word.note, "source": _(word.get_source_display()), "at": word.at,
            "counts": word.superseded_at is None,
            "tone": "bad" if word.solved == "no" else "good" if word.solved == "yes" else "",
        }
        for word in case.page.words
    ]  # fmt: skip
    rows.reverse()
    return sorted(rows, key=lambda row: not row["counts"])


def disputes(case: Case) -> list[dict[str, Any]]:
    """Return the objections with their rulings, the newest first."""
    return [
        {"unit": _unit(row.unit_id), "at": row.made_at, "reason": row.reason, "ruled_at": row.ruled_at,
         "upheld": row.upheld, "ruling": row.ruling}
        for row in reversed(case.page.objections)
    ]  # fmt: skip


def settlements(case: Case) -> list[dict[str, Any]]:
    """Return the settlements with what each side owes, the newest first."""
    sides = dict(Obligation.SIDES)
    return [
        {
            "kind": _(SETTLEMENTS[row.kind]), "signed_on": row.signed_on, "text": row.text, "free_will": row.free_will,
            "mediator": row.mediator, "voided_at": row.voided_at, "void_reason": row.void_reason,
            "owed": [
                {"side": _(sides[o.side]), "what": o.what, "until": o.until, "done_at": o.done_at,
                 "late": o.done_at is None and row.voided_at is None and o.until < case.now.astimezone(SHANGHAI).date()}
                for o in case.page.obligations if o.settlement_id == row.id
            ],
        }
        for row in reversed(case.page.settlements)
    ]  # fmt: skip


def related(case: Case) -> list[dict[str, str]]:
    """Return the numbers of the matters that belong with this one, and how."""
    return [{"number": other.number, "how": _(RELATED[other.kind])} for other in case.page.related]


def attached(case: Case) -> list[dict[str, Any]]:
    """Return the files by what they show, each with its address on this matter."""
    known = describe([a.file_id for a in case.page.attachments])
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in case.page.attachments:
        if row.file_id in known:
            groups.setdefault(row.role, []).append(_file(case.matter.number, row, known[row.file_id]))
    words = dict(Attachment.ROLES)
    return [{"role": _(words[role]), "files": files} for role, files in groups.items()]


def _file(number: str, row: Attachment, info: Any) -> dict[str, Any]:
    url = reverse("matters:file", args=[number, row.file_id])
    name = row.caption or info.name
    return {
        "url": url,
        "name": name,
        "size": info.size,
        "thumb_url": f"{url}?small=1" if info.thumbnail else "",
    }


def parties(case: Case) -> list[tuple[str, str]]:
    """Return who takes part and how, one line a role."""
    matter = case.matter
    helpers = [_unit(p.unit_id) for p in case.page.parties if p.role == "co" and p.until_at is None]
    rows = [
        (_("主办单位"), _unit(matter.lead_unit_id)),
        (_("经办人"), matter.lead_person.name if matter.lead_person else ""),
        (_("协办单位"), _("、").join(helpers)),
        (_("转交单位"), _unit(matter.sender_id)),
        (_("登记单位"), _unit(matter.registered_by_id)),
        (_("反映对象"), _("、").join(_accused(case))),
    ]
    return [(word, value) for word, value in rows if value]


def _accused(case: Case) -> list[str]:
    return [row.person.name if row.person else _unit(row.unit_id) for row in case.page.about]


def _unit(unit_id: UUID | None) -> str:
    unit = units().get(unit_id) if unit_id else None
    return unit.short_name if unit else ""
