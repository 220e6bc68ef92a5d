"""Setting up the house: areas, units, people, posts, calendar notices. Each act leaves one entry."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import YearNotice
from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.org.models import Area, CalendarNotice, Jurisdiction, Post, Substitution, Unit, User
from zhuoluo.org.reads import forget
from zhuoluo.org.rules import Actor, Forbidden, Permission, full_code, may, parent_code

HOUSE = UUID(int=1)  # the subject of entries about the jurisdiction as a whole


def _note(verb: str, subject: UUID, by: Actor, at: datetime, **payload: Any) -> None:
    act = Act(
        verb=verb, subject_id=subject, subject_kind="org", at=at, actor_kind=by.kind, actor_id=by.id,
        actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)
    transaction.on_commit(forget)


def _administer(by: Actor) -> None:
    if not may(by, Permission.ADMINISTER):
        raise Forbidden("只有系统管理员可以做这件事")


@transaction.atomic
def set_up(*, code: str, name: str, name_en: str, prefix: str, by: Actor, at: datetime) -> Jurisdiction:
    """Name the jurisdiction of this database, once or again. `prefix`: letters before every matter number."""
    _administer(by)
    values = {"code": full_code(code), "name": name, "name_en": name_en, "prefix": prefix.upper()}
    row, _ = Jurisdiction.objects.update_or_create(pk=1, defaults=values)
    _note("org.set_up", HOUSE, by, at, code=row.code, prefix=row.prefix)
    forget()
    return row


@transaction.atomic
def add_areas(*, rows: Iterable[Mapping[str, Any]], by: Actor, at: datetime) -> int:
    """Add or rename areas: `code`, `name`, optional `longitude`, `latitude`, `boundary`. Parents come from codes.

    Raises ValueError naming the code whose parent is missing; nothing is kept then. Returns how many were written.
    """
    _administer(by)
    known = {a.code: a for a in Area.objects.all()}
    written = 0
    for row in sorted(rows, key=lambda r: full_code(str(r["code"]))):
        code = full_code(str(row["code"]))
        above = known.get(parent_code(code) or "")
        if above is None and known and parent_code(code) is not None and not _is_root(code, known):
            raise ValueError(f"区划 {code} {row['name']}：缺少上级 {parent_code(code)}，请先添加上级区划")
        values = {
            "name": row["name"],
            "full_name": (above.full_name if above else "") + row["name"],
            "parent": above,
            "longitude": row.get("longitude"),
            "latitude": row.get("latitude"),
            "boundary": row.get("boundary"),
        }
        known[code], _ = Area.objects.update_or_create(code=code, defaults=values)
        written += 1
    _note("org.add_areas", HOUSE, by, at, count=written)
    forget()
    return written


def _is_root(code: str, known: Mapping[str, Area]) -> bool:
    """A site starts at its own level: the first area written has no parent here."""
    return code < min(known)


@transaction.atomic
def add_unit(
    *, code: str, name: str, kind: str, by: Actor, at: datetime, short_name: str = "", parent: Unit | None = None,
    area: Area | None = None, from_date: date | None = None,
) -> Unit:  # fmt: skip
    """Add a unit that can own matters. `code` is unique and never reused."""
    _administer(by)
    unit = Unit.objects.create(
        code=code, name=name, short_name=short_name or name, kind=kind, parent=parent, area=area,
        from_date=from_date or at.date(),
    )  # fmt: skip
    _note("org.add_unit", unit.id, by, at, code=code, kind=kind)
    forget()
    return unit


@transaction.atomic
def add_person(*, username: str, name: str, password: str | None, by: Actor, at: datetime, phone: str = "") -> User:
    """Open an account. Without a password nobody can sign in until a reset code is used."""
    _administer(by)
    user = User(username=username, name=name, phone=phone)
    user.set_password(password)
    user.save(force_insert=True)
    _note("org.add_person", user.id, by, at)
    return user


@transaction.atomic
def give_post(
    *, user: User, unit: Unit, title: str, role: str, by: Actor, at: datetime, from_date: date | None = None
) -> Post:
    """Give a person a post in a unit from a day on; the role decides what it permits."""
    _administer(by)
    post = Post.objects.create(user=user, unit=unit, title=title, role=role, from_date=from_date or at.date())
    _note("org.give_post", user.id, by, at, unit=str(unit.id), role=role)
    forget()
    return post


@transaction.atomic
def end_post(*, post: Post, until_date: date, by: Actor, at: datetime) -> Post:
    """End a post with a day. What the person did stays under the name and post of that day."""
    _administer(by)
    post.until_date = until_date
    post.save(update_fields=["until_date"])
    _note("org.end_post", post.user_id, by, at, unit=str(post.unit_id), until=until_date.isoformat())
    forget()
    return post


@transaction.atomic
def substitute(
    *, absent: User, substitute: User, from_date: date, until_date: date, by: Actor, at: datetime
) -> Substitution:
    """Let somebody stand in for somebody absent, both days included."""
    if by.id != absent.id:
        _administer(by)
    row = Substitution.objects.create(
        absent=absent, substitute=substitute, from_date=from_date, until_date=until_date
    )
    _note("org.substitute", absent.id, by, at, substitute=str(substitute.id))
    forget()
    return row


@transaction.atomic
def keep_notice(*, notice: YearNotice, by: Actor, at: datetime) -> CalendarNotice:
    """Keep a year's holiday notice; it adds or replaces that year. matters.actions.redate moves the open dates."""
    _administer(by)
    days = {
        "holidays": {day.isoformat(): name for day, name in sorted(notice.holidays.items())},
        "workdays": sorted(day.isoformat() for day in notice.workdays),
    }
    values = {
        "title": notice.title, "document": notice.document, "published": notice.published, "days": days,
        "imported_at": at,
    }  # fmt: skip
    row, _ = CalendarNotice.objects.update_or_create(year=notice.year, defaults=values)
    _note("org.keep_notice", HOUSE, by, at, year=notice.year)
    forget()
    return row
