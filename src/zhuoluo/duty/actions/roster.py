"""The roster: rules, the month made of them, nights published, changed by hand, cancelled."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import local_day
from zhuoluo.duty.actions.noted import ROSTER, check_plans, locked, note
from zhuoluo.duty.models import Night, NightRule, RulePerson, Seat
from zhuoluo.duty.reads.roster import month_input
from zhuoluo.duty.rules.errors import Refused
from zhuoluo.duty.rules.nights import make_month
from zhuoluo.org.reads import Law, live_posts, units
from zhuoluo.org.rules import Actor
from zhuoluo.rosters.rules.days import read_numbers
from zhuoluo.rosters.rules.roster import Planned, Roster
from zhuoluo.rosters.rules.words import NIGHT_ON_REST, NIGHT_PATTERNS


@dataclass(frozen=True)
class RuleContent:
    """What a rule says; `people` in the order of their turns."""

    name: str
    unit_id: UUID
    place: str
    people: tuple[UUID, ...]
    pattern: str = "daily"
    numbers: str = ""
    on_rest: str = "stay"
    seats: int = 1
    phone: str = ""
    active: bool = True


@transaction.atomic
def save_rule(*, content: RuleContent, by: Actor, at: datetime, rule_id: UUID | None = None) -> NightRule:
    """Keep a rule, new or changed. What was planned by it changes only when the month is planned again."""
    check_plans(by)
    _check(content, local_day(at))
    values = {k: v for k, v in asdict(content).items() if k != "people"}
    values["numbers"] = ",".join(str(n) for n in read_numbers(content.pattern, content.numbers))
    if rule_id is None:
        rule = NightRule.objects.create(**values)
    else:
        rule = locked(NightRule.objects.all(), rule_id)
        for name, value in values.items():
            setattr(rule, name, value)
        rule.save()
    RulePerson.objects.filter(rule=rule).delete()
    RulePerson.objects.bulk_create(
        RulePerson(rule=rule, user_id=user, place=place)
        for place, user in enumerate(dict.fromkeys(content.people), start=1)
    )
    note("rule", rule.id, by, at, people=len(set(content.people)), active=rule.active)
    return rule


def _check(content: RuleContent, today: date) -> None:
    if content.pattern not in NIGHT_PATTERNS or content.on_rest not in NIGHT_ON_REST:
        raise Refused("请从列表中选择")
    if not content.name.strip() or not content.place.strip():
        raise Refused("请写规则名称和住在哪里")
    if content.unit_id not in units():
        raise Refused("请选择乡镇")
    if not content.people:
        raise Refused("请选择轮流值班的人")
    here = set(live_posts(today).filter(user_id__in=content.people).values_list("user_id", flat=True))
    if here != set(content.people):
        raise Refused("有的人已经不在岗，请重新选")
    if not 1 <= content.seats <= 5:
        raise Refused("一晚 1 到 5 个人")
    read_numbers(content.pattern, content.numbers)


@transaction.atomic
def plan_month(*, year: int, month: int, by: Actor, at: datetime, law: Law) -> Roster:
    """Make the nights of a month by the rules, from tomorrow on; what was published or touched by hand stays."""
    check_plans(by)
    list(NightRule.objects.select_for_update().order_by("pk"))  # one planning at a time
    first = date(year, month, 1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    since = max(first, local_day(at) + timedelta(days=1))
    gone = list(
        Night.objects.filter(
            day__gte=since, day__lte=last, state="planned", changed=False, rule__isnull=False, households__isnull=True,
            raised__isnull=True,
        ).values_list("pk", flat=True)
    )  # fmt: skip
    given = month_input(first, last, gone)
    Night.objects.filter(pk__in=gone).delete()
    kept = {
        (r, n)
        for r, n in Night.objects.filter(
            rule__isnull=False, nominal__gte=first - timedelta(days=31), nominal__lte=last
        ).values_list("rule_id", "nominal")
        if r and n
    }
    made = make_month(year=year, month=month, calendar=law.calendar, kept=kept, since=since, **given)
    _write(made.planned, at)
    note("plan", ROSTER, by, at, month=f"{year:04d}-{month:02d}", made=len(made.planned), gaps=len(made.gaps))
    return made


def _write(planned: Sequence[Planned], at: datetime) -> None:
    rules = {rule.id: rule for rule in NightRule.objects.all()}
    nights, seats = [], []
    for one in planned:
        rule = rules[one.rule]
        night = Night(
            rule=rule, nominal=one.day.nominal, unit_id=rule.unit_id, day=one.day.day, place=rule.place, phone=rule.phone,
            provisional=one.day.provisional, made_at=at,
        )  # fmt: skip
        nights.append(night)
        seats += [
            Seat(night=night, place=place, planned_id=person)
            for place, (person, _sits) in enumerate(one.seats, start=1)
        ]
    Night.objects.bulk_create(nights)
    Seat.objects.bulk_create(seats)


@transaction.atomic
def publish(*, night_ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Publish nights: everybody sees who is on duty where."""
    check_plans(by)
    rows = list(
        Night.objects.select_for_update().filter(
            pk__in=list(night_ids), state="planned", day__gte=local_day(at)
        )
    )
    if not rows:
        raise Refused("没有等待公布的夜晚")
    for row in rows:
        row.state, row.published_at, row.version = "published", at, row.version + 1
        row.save(update_fields=["state", "published_at", "version"])
    note("publish", ROSTER, by, at, nights=[str(row.id) for row in rows])
    return len(rows)


@transaction.atomic
def set_people(
    *,
    night_id: UUID,
    people: Sequence[UUID],
    reason: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Night:
    """Put others on duty by hand, with the reason. Refused for somebody who is elsewhere that night."""
    check_plans(by)
    night = locked(Night.objects.all(), night_id)
    if version is not None and version != night.version:
        raise Refused("这一晚刚被别人改过，请看过最新的再改")
    if night.state in ("handed", "cancelled") or night.day < local_day(at):
        raise Refused("这一晚已经过去或者取消")
    if len(reason.strip()) < 2:
        raise Refused("请写明为什么换人")
    wanted = list(dict.fromkeys(people))
    if not wanted:
        raise Refused("请选择值班的人")
    if live_posts(night.day).filter(user_id__in=wanted).values("user_id").distinct().count() != len(wanted):
        raise Refused("请选择在岗的人员")
    check_free(wanted, night)
    Seat.objects.filter(night=night).delete()
    Seat.objects.bulk_create(
        Seat(night=night, place=place, planned_id=one, sits_id=one)
        for place, one in enumerate(wanted, start=1)
    )
    night.changed, night.reason = True, reason.strip()[:200]
    night.version += 1
    night.save(update_fields=["changed", "reason", "version"])
    note("change", night.id, by, at, people=len(wanted))
    return night


def check_free(people: Sequence[UUID], night: Night) -> None:
    """Raise Refused when one of the people is on duty elsewhere that night."""
    others = Night.objects.filter(day=night.day).exclude(pk=night.pk).exclude(state="cancelled")
    for seat in Seat.objects.filter(night__in=others).select_related("planned", "sits", "night__unit"):
        who = seat.sits or seat.planned
        if who.pk in people:
            raise Refused("%(who)s那一晚在%(unit)s值班", who=who.name, unit=seat.night.unit.short_name)


@transaction.atomic
def cancel_night(*, night_id: UUID, reason: str, by: Actor, at: datetime) -> Night:
    """Cancel a night with the reason."""
    check_plans(by)
    night = locked(Night.objects.all(), night_id)
    if night.state == "cancelled":
        return night
    if night.state == "handed" or night.households.exists() or night.raised.exists():
        raise Refused("这一晚已经有记录，不能取消")
    if len(reason.strip()) < 2:
        raise Refused("请写明为什么取消")
    night.state, night.reason = "cancelled", reason.strip()[:200]
    night.version += 1
    night.save(update_fields=["state", "reason", "version"])
    note("cancel", night.id, by, at)
    return night
