"""Keeping the catalogue of wanted talents."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.org.rules import Actor
from zhuoluo.outreach.programmes.actions.noted import check_keeps, note
from zhuoluo.outreach.programmes.models import Wanted
from zhuoluo.outreach.programmes.rules.errors import NotFound, Refused
from zhuoluo.outreach.programmes.rules.sheet import Sought, check_sought


def want(*, row: Sought, by: Actor, at: datetime) -> Wanted:
    """Put a post into the catalogue. The same one twice is one."""
    check_keeps(by)
    check_sought(row)
    try:
        with transaction.atomic():
            made = Wanted.objects.create(made_at=at, **_columns(row))
            note("want", made.id, by, at, year=row.year, people=row.people)
    except IntegrityError as error:
        known = Wanted.objects.filter(
            year=row.year, employer=row.employer.strip(), post=row.post.strip()
        ).first()
        if known is not None and _columns(row) == {name: getattr(known, name) for name in _columns(row)}:
            return known
        raise Refused("这个单位今年的这个岗位已经在目录里，请改那一条") from error
    return made


@transaction.atomic
def change_wanted(*, wanted_id: UUID, row: Sought, by: Actor, at: datetime) -> Wanted:
    """Change what a post in the catalogue says."""
    check_keeps(by)
    check_sought(row)
    found = Wanted.objects.select_for_update().filter(pk=wanted_id).first()
    if found is None:
        raise NotFound
    same = Wanted.objects.filter(year=row.year, employer=row.employer.strip(), post=row.post.strip())
    if same.exclude(pk=found.pk).exists():
        raise Refused("这个单位今年的这个岗位已经在目录里，请改那一条")
    for name, value in _columns(row).items():
        setattr(found, name, value)
    found.save()
    note("change_wanted", found.id, by, at, year=row.year, people=row.people)
    return found


@transaction.atomic
def end_wanted(*, wanted_id: UUID, by: Actor, at: datetime) -> Wanted:
    """Take a post off the public list: somebody was found, or nobody is looked for any more."""
    check_keeps(by)
    found = Wanted.objects.select_for_update().filter(pk=wanted_id).first()
    if found is None:
        raise NotFound
    if found.ended_at is None:
        found.ended_at = at
        found.save(update_fields=["ended_at"])
        note("end_wanted", found.id, by, at)
    return found


def _columns(row: Sought) -> dict[str, object]:
    values = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(row).items()}
    longest = {"employer": 120, "post": 120, "contact": 60, "phone": 40, "demands": 2000, "offer": 2000}
    return {
        name: value[: longest[name]] if isinstance(value, str) else value for name, value in values.items()
    }
