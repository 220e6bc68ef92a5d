"""Setting up the house: areas, units, people, posts, calendar notices. Each act leaves one entry."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from zhuoluo.clock import YearNotice
from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.org.models import Area, CalendarNotice, Jurisdiction, Post, ResetCode, Substitution, Unit, User
from zhuoluo.org.reads import forget
from zhuoluo.org.rules import Actor, Forbidden, Permission, full_code, may, parent_code

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without look-alikes
HOUSE = UUID(int=1)  # the subject of entries about the jurisdiction as a whole


def _note(verb: str, subject: UUID, by: Actor, at: datetime, **payload: Any) -> None:
    act = Act(
        verb=verb, subject_id=subject, subject_kind="org", at=at, actor_kind=by.kind, actor_id=by.id,
        actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)
    transaction.on_commit(forget)


def noter(room: str, kind: str) -> Callable[..., None]:
    """Return what leaves the one entry of each act of a room: called with verb, subject, by, at and the values kept.

    Names, phones and people's own words are never among those.
    """

    def note(verb: str, subject: UUID, by: Actor, at: datetime, **payload: Any) -> None:
        act = Act(
            verb=f"{room}.{verb}", subject_id=subject, subject_kind=kind, at=at, actor_kind=by.kind, actor_id=by.id,
            actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name, payload=payload,
        )  # fmt: skip
        ledger.append(acts=[act], recorded_at=at)

    return note


def _administer(by: Actor) -> None:
    if not may(by, Permission.ADMINISTER):
        raise Forbidden("只有系统管理员可以做这件事")


def _not_oneself(user: User, by: Actor) -> None:
    """Who keeps the posts must not widen their own: that takes a second administrator, and so two names in the ledger."""
    if by.id == user.id:
        raise Forbidden("不能给自己安排岗位或者代理，请由另一位管理员办理")


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
def add_person(
    *, username: str, name: str, password: str | None, by: Actor, at: datetime, phone: str = ""
) -> User:
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
    """Give a person a post in a unit from a day on; the role decides what it permits. Nobody gives one to themselves."""
    _administer(by)
    _not_oneself(user, by)
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
        _not_oneself(substitute, by)
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


@transaction.atomic
def set_review_organs(*, second_here: bool, superior: str, by: Actor, at: datetime) -> Jurisdiction:
    """Say which organ decides second reviews: one of this house, or the one above it by its name (信访工作条例 art. 36)."""
    _administer(by)
    row = Jurisdiction.objects.select_for_update().get(pk=1)
    row.rules = {**row.rules, "reviews": {"second_here": second_here, "superior": superior.strip()[:120]}}
    row.save(update_fields=["rules"])
    _note("org.set_review_organs", HOUSE, by, at, second_here=second_here)
    forget()
    return row


RESET_MINUTES = 10
RESET_TRIES = 5


@transaction.atomic
def make_reset_code(*, user: User, by: Actor, at: datetime) -> str:
    """Make a one-time code with which `user` sets a new password within ten minutes; earlier codes die."""
    _administer(by)
    ResetCode.objects.filter(user=user, used_at__isnull=True).update(used_at=at)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(10))
    ResetCode.objects.create(
        user=user, code_hash=make_password(code), made_at=at, expires_at=at + timedelta(minutes=RESET_MINUTES)
    )
    _note("org.make_reset_code", user.id, by, at)
    return code


def use_reset_code(*, username: str, code: str, password: str, at: datetime) -> User | None:
    """Set a new password with a valid code. None for anything wrong, without telling what; five tries a code.

    Works the same length of time whether the account exists or not.
    """
    with transaction.atomic():
        user = User.objects.filter(username=username, is_active=True).first()
        rows = ResetCode.objects.select_for_update().filter(
            user=user, used_at__isnull=True, expires_at__gt=at
        )
        row = rows.order_by("-made_at").first() if user else None
        plain = code.strip().upper().replace("-", "").replace(" ", "")
        right = check_password(plain, row.code_hash if row else _NOBODY)
        if user is None or row is None or row.tries >= RESET_TRIES:
            return None
        row.tries += 1
        row.used_at = at if right else None
        row.save(update_fields=["tries", "used_at"])
        if not right:
            return None
        _set_password(user, password)
        _note("org.use_reset_code", user.id, Actor("staff", user.name, id=user.id), at)
        return user


# Checked when there is no such account, so that the answer takes the same time.
_NOBODY = (
    "argon2$argon2id$v=19$m=102400,t=2,p=8$c29tZXNhbHRzb21lc2FsdA$6Zr0Ap3bmWBmiPcRMAU3K4qcpCcB+Ym1L2RuW0bNcp0"
)


def _set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])


@transaction.atomic
def change_password(*, user: User, password: str, by: Actor, at: datetime) -> None:
    """Set one's own new password. Other sessions of the account end (their hash no longer fits)."""
    _set_password(user, password)
    _note("org.change_password", user.id, by, at)


@transaction.atomic
def close_account(*, user: User, by: Actor, at: datetime) -> None:
    """Close an account: nobody signs in with it any more; what it did stays under its name."""
    _administer(by)
    if user.id == by.id:
        raise Forbidden("不能停用自己的账号")
    user.is_active = False
    user.save(update_fields=["is_active"])
    _note("org.close_account", user.id, by, at)
    transaction.on_commit(forget)


@transaction.atomic
def open_account(*, user: User, by: Actor, at: datetime) -> None:
    """Open a closed account again."""
    _administer(by)
    user.is_active = True
    user.save(update_fields=["is_active"])
    _note("org.open_account", user.id, by, at)


@transaction.atomic
def close_unit(*, unit: Unit, until_date: date, successor: Unit | None, by: Actor, at: datetime) -> Unit:
    """Close a unit with a day and name who takes over its matters (信访工作条例 art. 24)."""
    _administer(by)
    unit.until_date, unit.successor = until_date, successor
    unit.save(update_fields=["until_date", "successor"])
    _note(
        "org.close_unit",
        unit.id,
        by,
        at,
        until=until_date.isoformat(),
        successor=str(successor.id) if successor else "",
    )
    forget()
    return unit


@transaction.atomic
def note_second_factor(*, user: User, added: bool, by: Actor, at: datetime) -> None:
    """Record that a second factor was set up or taken away; the device itself is django-otp's."""
    _note("org.second_factor", user.id, by, at, added=added)
