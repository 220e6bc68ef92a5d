"""Who may do what. Permissions are one enum, roles are lists, and every check is a plain function."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Permission(StrEnum):
    """Everything the system can allow. A role is a list of these; nothing else grants anything."""

    REGISTER = "register"
    TRIAGE = "triage"
    HANDLE = "handle"
    ISSUE = "issue"
    CALL_BACK = "call_back"
    CERTIFY = "certify"
    SUPERVISE = "supervise"
    RULE = "rule"
    READ_UNIT = "read_unit"
    READ_ALL = "read_all"
    READ_FIGURES = "read_figures"
    UNMASK = "unmask"
    WHO_SAW = "who_saw"
    IMPORT = "import"
    EXPORT = "export"
    EXPORT_IDENTITY = "export_identity"
    ADMINISTER = "administer"
    RECEIVE = "receive"  # run a reception: register visitors, record what a leader decides
    PLAN = "plan"  # plan and publish reception days
    LEAD = "lead"  # take responsibility for a case (包案)
    REVIEW = "review"  # decide reviews and second reviews (复查、复核)
    READ_SEALED = "read_sealed"  # read and handle accusations (检举控告)
    COUNT_SEALED = "count_sealed"  # see how many accusations there are, and nothing else of them
    KEEP_POLICY = (
        "keep_policy"  # take documents into the policy library, review their clauses, put them in force
    )
    HOLD_TALKS = "hold_talks"  # keep the talk menu, take orders, plan talks and record what was held
    MODERATE = "moderate"  # run a live room: let questions through with a reason, pin, answer, close
    PROGRAMMES = "programmes"  # announce programmes and check what is applied for
    RESEARCH = "research"  # keep research topics, visits and what they found
    ONSITE = "onsite"  # run on-site days: agenda, decisions, the three lists, the daily dispatch
    ENTERPRISE = "enterprise"  # keep enterprises, visits, what firms need, projects
    DUTY = "duty"  # sleep in the township on duty and keep the night's log
    NIGHTS = "nights"  # plan and publish the nights on duty
    MEDIATE = "mediate"  # take a quarrel among neighbours that was given to one
    PAY = "pay"  # record a payment of an approved application; never by who checked or approved it


_P = Permission
_STAFF = (_P.READ_UNIT, _P.REGISTER)
ROLES: dict[str, frozenset[Permission]] = {
    "mediator": frozenset({_P.REGISTER, _P.MEDIATE}),
    "clerk": frozenset(
        {*_STAFF, _P.TRIAGE, _P.HANDLE, _P.UNMASK, _P.IMPORT, _P.EXPORT, _P.READ_FIGURES, _P.RECEIVE,
         _P.HOLD_TALKS, _P.MODERATE, _P.RESEARCH, _P.ENTERPRISE, _P.DUTY}
    ),
    "handler": frozenset({*_STAFF, _P.HANDLE, _P.UNMASK, _P.READ_FIGURES, _P.ENTERPRISE}),
    "head": frozenset(
        {*_STAFF, _P.TRIAGE, _P.HANDLE, _P.ISSUE, _P.UNMASK, _P.EXPORT, _P.READ_FIGURES, _P.RECEIVE,
         _P.HOLD_TALKS, _P.PROGRAMMES, _P.RESEARCH, _P.ONSITE, _P.ENTERPRISE, _P.DUTY}
    ),
    "petition_officer": frozenset(
        {*_STAFF, _P.TRIAGE, _P.RULE, _P.READ_ALL, _P.UNMASK, _P.IMPORT, _P.EXPORT,
         _P.READ_FIGURES, _P.HANDLE, _P.RECEIVE, _P.PLAN}
    ),
    "caller": frozenset({_P.READ_ALL, _P.CALL_BACK, _P.CERTIFY, _P.UNMASK, _P.READ_FIGURES}),
    "supervisor": frozenset(
        {_P.READ_ALL, _P.SUPERVISE, _P.RULE, _P.CERTIFY, _P.UNMASK, _P.WHO_SAW, _P.EXPORT, _P.READ_FIGURES}
    ),
    "leader": frozenset(
        {_P.READ_ALL, _P.READ_FIGURES, _P.SUPERVISE, _P.RECEIVE, _P.LEAD, _P.RESEARCH, _P.ONSITE, _P.DUTY}
    ),
    # The offices of the county's party committee and government (两办), which run what leaders do at the grassroots.
    "coordinator": frozenset(
        {*_STAFF, _P.READ_ALL, _P.RESEARCH, _P.ONSITE, _P.ENTERPRISE, _P.DUTY, _P.NIGHTS, _P.UNMASK, _P.IMPORT,
         _P.EXPORT, _P.READ_FIGURES}
    ),
    "reviewer": frozenset({_P.READ_UNIT, _P.REVIEW, _P.UNMASK, _P.READ_FIGURES}),
    "sealed_officer": frozenset({_P.READ_SEALED, _P.COUNT_SEALED}),
    "outreach_officer": frozenset(
        {*_STAFF, _P.KEEP_POLICY, _P.HOLD_TALKS, _P.MODERATE, _P.PROGRAMMES, _P.UNMASK, _P.IMPORT,
         _P.EXPORT, _P.READ_FIGURES}
    ),
    "finance": frozenset({_P.PAY, _P.READ_FIGURES}),
    "auditor": frozenset({_P.WHO_SAW, _P.READ_FIGURES}),
    "administrator": frozenset({_P.ADMINISTER}),
}  # fmt: skip
# Names on the screen, beside the roles so that a new one cannot be forgotten.
ROLE_NAMES: dict[str, str] = {
    "mediator": "湾村明白人",
    "clerk": "镇街干部",
    "handler": "承办人",
    "head": "单位负责人",
    "petition_officer": "信访专员",
    "caller": "回访员",
    "supervisor": "督查员",
    "leader": "县领导",
    "coordinator": "两办专员",
    "reviewer": "复查复核专员",
    "sealed_officer": "检举控告专员",
    "outreach_officer": "宣讲专员",
    "finance": "财务专员",
    "auditor": "审计员",
    "administrator": "系统管理员",
}


@dataclass(frozen=True)
class Actor:
    """Who acts, with name and post as they are today; the ledger keeps exactly these words."""

    kind: str  # staff, resident, system
    name: str
    id: UUID | None = None
    post: str = ""
    unit_id: UUID | None = None
    unit_name: str = ""
    units: frozenset[UUID] = (
        frozenset()
    )  # own units, units below them, and those of the absent one stands in for
    # Units whose being complained of hides a matter: own units and those above them. Not those below: a township
    # must be able to handle a complaint about a village.
    shadow: frozenset[UUID] = frozenset()
    # Each permission with the units it was granted for: head of one unit is not head of another.
    grants: Mapping[Permission, frozenset[UUID]] = field(default_factory=dict)
    standing_in_for: str = ""

    def can(self, permission: Permission) -> bool:
        """Say whether a post grants the permission at all, whatever the unit (menus, pages not about a matter)."""
        return permission in self.grants


RESIDENT = Actor(kind="resident", name="诉求人")
SYSTEM = Actor(kind="system", name="系统")


class Forbidden(Exception):
    """The actor may not do this. Its text is shown to the actor."""


def may(
    actor: Actor,
    permission: Permission,
    *,
    units: Collection[UUID] | None = None,
    about_units: Collection[UUID] = (),
    about_people: Collection[UUID] = (),
) -> bool:
    """Say whether `actor` may use `permission`, on something that involves `units` (None: not tied to units).

    The one complained of, and everyone in the unit complained of, may do nothing with a matter about them
    (信访工作条例 art. 30, 46: material is never disclosed or forwarded to the accused person or unit).
    """
    if actor.kind == "system":
        return True
    granted = actor.grants.get(permission)
    if granted is None:
        return False
    if actor.id in about_people or not actor.shadow.isdisjoint(about_units):
        return False
    return units is None or not granted.isdisjoint(units)


@dataclass(frozen=True)
class Absence:
    """`absent` is away and `substitute` stands in, both days included."""

    absent: UUID
    substitute: UUID
    from_date: date
    until_date: date


def stands_in_for(person: UUID, absences: Collection[Absence], on: date) -> frozenset[UUID]:
    """Return everyone `person` stands in for on a day, through chains (A for B, B for C); a circle ends safely."""
    today = [a for a in absences if a.from_date <= on <= a.until_date]
    found: set[UUID] = set()
    edge = {person}
    while edge:
        edge = {a.absent for a in today if a.substitute in edge} - found - {person}
        found |= edge
    return frozenset(found)


def area_prefix(code: str) -> str:
    """Return the part of a 12-digit division code that its own subdivisions share (GB/T 10114: 2-2-2-3-3 digits)."""
    for length in (2, 4, 6, 9):
        if set(code[length:]) == {"0"}:
            return code[:length]
    return code


def parent_code(code: str) -> str | None:
    """Return the code of the division above, or None for a province."""
    prefix = area_prefix(code)
    lengths = {4: 2, 6: 4, 9: 6, 12: 9}
    return code[: lengths[len(prefix)]].ljust(12, "0") if len(prefix) in lengths else None


def full_code(code: str) -> str:
    """Return a 6-, 9- or 12-digit official code as 12 digits. Raises ValueError with how to mend it."""
    if not code.isascii() or not code.isdigit() or len(code) not in {2, 4, 6, 9, 12}:
        raise ValueError(f"区划代码“{code}”应为 6、9 或 12 位数字")
    return code.ljust(12, "0")
