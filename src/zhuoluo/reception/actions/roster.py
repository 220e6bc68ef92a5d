"""The rules of the roster, and the month made of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import local_day
from zhuoluo.matters.rules import Refused
from zhuoluo.org.reads import SHANGHAI, Law, areas
from zhuoluo.org.rules import Actor
from zhuoluo.reception.actions.noted import ROSTER, check_plans, note
from zhuoluo.reception.models import Leader, RosterRule, RulePerson, Seat, Session
from zhuoluo.reception.reads.plan import Sitter, can_sit, month_input
from zhuoluo.reception.rules.words import FORMS, WHO
from zhuoluo.rosters.rules.days import read_numbers
from zhuoluo.rosters.rules.roster import Planned, Roster, generate
from zhuoluo.rosters.rules.words import ON_REST, PATTERNS


@dataclass(frozen=True)
class RuleContent:
    """What a rule says; `people` in their order, for a rule that names them."""

    name: str
    form: str
    who: str
    pattern: str
    starts: time
    ends: time
    place: str
    numbers: str = ""
    on_rest: str = "next"
    seats: int = 1
    area: str | None = None
    publish_days: int = 2
    slot_minutes: int = 30
    per_slot: int = 2
    active: bool = True
    people: tuple[UUID, ...] = ()


@transaction.atomic
def save_rule(*, content: RuleContent, by: Actor, at: datetime, rule_id: UUID | None = None) -> RosterRule:
    """Keep a rule, new or changed. What was planned by it before changes only when the month is planned again."""
    check_plans(by)
    _check(content, local_day(at))
    values = {k: v for k, v in asdict(content).items() if k not in {"people", "area"}}
    values["numbers"] = ",".join(str(n) for n in read_numbers(content.pattern, content.numbers))
    values["area_id"] = content.area
    if rule_id is None:
        rule = RosterRule.objects.create(**values)
    else:
        rule = RosterRule.objects.select_for_update().get(pk=rule_id)
        for name, value in values.items():
            setattr(rule, name, value)
        rule.save()
    RulePerson.objects.filter(rule=rule).delete()
    people = content.people if content.who == "people" else ()
    RulePerson.objects.bulk_create(
        [RulePerson(rule=rule, user_id=user, place=place) for place, user in enumerate(people, start=1)]
    )
    note("rule", rule.id, by, at, form=rule.form, who=rule.who, pattern=rule.pattern, active=rule.active)
    return rule


def _check(content: RuleContent, today: date) -> None:
    known = (
        (content.form, FORMS), (content.who, WHO), (content.pattern, PATTERNS), (content.on_rest, ON_REST),
    )  # fmt: skip
    if any(value not in table for value, table in known):
        raise Refused("请从列表中选择")
    if not content.name.strip() or not content.place.strip():
        raise Refused("请写规则名称和接访地点")
    if content.ends <= content.starts:
        raise Refused("结束时间应晚于开始时间")
    if not (5 <= content.slot_minutes <= 240 and 1 <= content.per_slot <= 50 and 1 <= content.seats <= 10):
        raise Refused("每个时段 5 至 240 分钟，每段 1 至 50 人，同坐 1 至 10 位领导")
    if content.area is not None and content.area not in areas():
        raise Refused("请从列表中选择地点")
    read_numbers(content.pattern, content.numbers)
    if content.who == "people":
        able = {s.user_id for s in can_sit(today)}
        if not content.people or not set(content.people) <= able:
            raise Refused("请选择接访的领导；岗位能接访的人员才能选")


@transaction.atomic
def save_leaders(*, rows: Sequence[Sitter], by: Actor, at: datetime) -> int:
    """Keep who receives, in which order, with what portfolio; returns how many are listed."""
    check_plans(by)
    able = {s.user_id for s in can_sit(local_day(at))}
    if not {row.user_id for row in rows} <= able:
        raise Refused("只有岗位能接访的人员可以列入")
    for row in rows:
        values = {
            "portfolio": row.portfolio.strip()[:200],
            "principal": row.principal,
            "order": row.order,
            "listed": row.listed,
        }
        Leader.objects.update_or_create(user_id=row.user_id, defaults=values)
    listed = sum(row.listed for row in rows)
    note("leaders", ROSTER, by, at, listed=listed, principal=sum(row.principal for row in rows))
    return listed


@transaction.atomic
def plan_month(*, year: int, month: int, by: Actor, at: datetime, law: Law) -> Roster:
    """Make the days of a month by the rules, from tomorrow on, and return what was made and what could not be.

    Days that were published, changed by hand, cancelled or already met stay as they are; only what was planned by a
    rule and never touched is made anew.
    """
    check_plans(by)
    if by.unit_id is None:
        raise Refused("您没有所在单位，请系统管理员先设置岗位")
    list(RosterRule.objects.select_for_update().order_by("pk"))  # one planning at a time
    first = date(year, month, 1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    since = max(first, local_day(at) + timedelta(days=1))
    here = Session.objects.filter(day__gte=first, day__lte=last)
    gone = list(
        here.filter(
            state="planned", changed=False, rule__isnull=False, day__gte=since, bookings__isnull=True, batches__isnull=True
        ).values_list("pk", flat=True)
    )  # fmt: skip
    given = month_input(first, last, gone)
    Session.objects.filter(pk__in=gone).delete()
    kept = set(
        Session.objects.filter(rule__isnull=False, nominal__gte=first - timedelta(days=31), nominal__lte=last)
        .values_list("rule_id", "nominal")
    )  # fmt: skip
    made = generate(
        year=year, month=month, calendar=law.calendar, kept={(r, n) for r, n in kept if r and n}, since=since, **given
    )  # fmt: skip
    _write(made.planned, by.unit_id)
    note(
        "plan", ROSTER, by, at, month=f"{year:04d}-{month:02d}", made=len(made.planned), again=len(gone),
        gaps=len(made.gaps),
    )  # fmt: skip
    return made


def _write(planned: Sequence[Planned], unit: UUID) -> None:
    rules = {rule.id: rule for rule in RosterRule.objects.all()}
    sessions, seats = [], []
    for one in planned:
        rule = rules[one.rule]
        day = one.day.day
        session = Session(
            rule=rule, nominal=one.day.nominal, unit_id=unit, day=day, form=rule.form, place=rule.place, area_id=rule.area_id,
            starts_at=datetime.combine(day, one.starts, SHANGHAI), ends_at=datetime.combine(day, one.ends, SHANGHAI),
            slot_minutes=rule.slot_minutes, per_slot=rule.per_slot, provisional=one.day.provisional,
            publish_by=day - timedelta(days=rule.publish_days),
        )  # fmt: skip
        sessions.append(session)
        seats += [
            Seat(session=session, place=place, planned_id=planned_one)
            for place, (planned_one, _sitting) in enumerate(one.seats, start=1)
        ]
    Session.objects.bulk_create(sessions)
    Seat.objects.bulk_create(seats)
