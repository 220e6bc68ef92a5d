"""As-of counts are exact: random histories against a slow reference that only looks at what held when."""

import random
from datetime import date, timedelta

import pytest

from tests.county import MONDAY, County
from zhuoluo.figures import reads, tasks
from zhuoluo.figures.reads import Cut
from zhuoluo.figures.rules import median
from zhuoluo.matters import actions
from zhuoluo.matters.models import Milestone
from zhuoluo.matters.rules import MILESTONES, Refused, Stale
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Forbidden

pytestmark = pytest.mark.django_db

KINDS = list(MILESTONES)
STEPS = [
    ("forward", "clerk", {"unit_id": "ZJ"}), ("take", "handler", {}), ("draft", "handler", {"content": DRAFT}),
    ("issue", "head", {"draft_version": 1}), ("serve", "handler", {"method": "post"}),
    ("execute", "handler", {"account": "已经全部修好"}),
    ("call_back", "caller", {"reached": True, "solved": "yes", "satisfaction": "satisfied"}),
    ("call_back", "caller", {"reached": True, "solved": "no", "satisfaction": "dissatisfied"}),
    ("call_back", "caller", {"reached": False}),
    ("certify", "checker", {"evidence": "到现场看过，确实已经修好"}), ("uncertify", "checker", {"reason": "又坏了，撤销认定"}),
    ("reopen", "supervisor", {"reason": "仍未解决，重新办理"}), ("recall", "clerk", {"reason": "转错"}),
    ("accept", "clerk", {}), ("decline", "clerk", {"ground": "in_progress", "reason": "已在办理之中"}),
    ("reinstate", "clerk", {"reason": "理由有误"}), ("redirect", "clerk", {"door": "arbitration", "where": "向县仲裁委申请"}),
]  # fmt: skip


def live_facts(path: Path) -> set[str]:
    rows = Milestone.objects.filter(matter=path.matter, undone_at__isnull=True)
    return set(rows.values_list("kind", flat=True))


def walk(county: County, chance: random.Random) -> list[tuple[date, set[str]]]:
    """One random life; returns the facts that held after each act, with the day of the act."""
    path = Path.register(county, at=MONDAY + timedelta(days=chance.randrange(40), hours=chance.randrange(24)))
    diary = [(path.at.astimezone(SHANGHAI).date(), live_facts(path))]
    for _ in range(14):
        verb, who, given = chance.choice(STEPS)
        values = {k: path.unit(v) if k == "unit_id" else v for k, v in given.items()}
        path.at += timedelta(hours=chance.randrange(0, 200))
        try:
            path.act(verb, who, **values)
        except (Refused, Forbidden, Stale, actions.DraftConflict):
            continue
        except Exception as error:
            if "does not exist" not in str(error) and "DoesNotExist" not in type(error).__name__:
                raise
            continue
        diary.append((path.at.astimezone(SHANGHAI).date(), live_facts(path)))
    return diary


def held(diary: list[tuple[date, set[str]]], day: date) -> set[str]:
    facts: set[str] = set()
    for when, now in diary:
        if when <= day:
            facts = now
    return facts


@pytest.mark.parametrize("seed", range(6))
def test_counts_as_of_any_day_equal_a_slow_replay(county: County, seed: int) -> None:
    chance = random.Random(seed)
    diaries = []
    for _ in range(8):
        diaries.append(walk(county, chance))
        while chance.random() < 0.7 and tasks.count_new(now=MONDAY, batch=7):
            pass
    while tasks.count_new(now=MONDAY + timedelta(days=900)):
        pass
    for _ in range(25):
        day = (MONDAY + timedelta(days=chance.randrange(-5, 200))).date()
        totals = reads.sums(Cut(until=day))
        slow: dict[str, int] = {}
        for diary in diaries:
            for kind in held(diary, day):
                slow[kind] = slow.get(kind, 0) + 1
        counted = {kind: total for kind, total in totals.items() if ":" not in kind}
        assert counted == slow, day
        for dimension in ("area", "unit"):
            other = reads.sums(Cut(until=day, dimension=dimension))
            assert other == totals


def test_a_rebuild_gives_the_same_sums(county: County) -> None:
    for seed in range(5):
        walk(county, random.Random(seed))
    later = MONDAY + timedelta(days=900)
    while tasks.count_new(now=later):
        pass
    before = sorted(reads.by_month_and_member(Cut(until=later.date()), KINDS))
    tasks.rebuild(now=later)
    after = sorted(reads.by_month_and_member(Cut(until=later.date()), KINDS))
    assert before == after


def test_on_time_counts_only_what_was_due_by_the_cut_off(county: County) -> None:
    answered = Path.register(county).served()
    late = Path.register(county).handling()
    while tasks.count_new(now=answered.at + timedelta(days=900)):
        pass
    due = late.at.date() + timedelta(days=62)
    early = reads.sums(Cut(until=due - timedelta(days=20)))
    assert "due:answer" not in early
    totals = reads.sums(Cut(until=due + timedelta(days=10)))
    assert (totals["kept:answer"], totals["due:answer"]) == (1, 2)


def test_what_was_sealed_is_in_no_sum(county: County) -> None:
    path = Path.register(county).handling()
    tasks.count_new(now=MONDAY + timedelta(days=1))
    assert reads.sums(Cut(until=date(2030, 1, 1))) != {}
    path.act("seal", "clerk")
    tasks.count_new(now=MONDAY + timedelta(days=1))
    assert reads.sums(Cut(until=date(2030, 1, 1))) == {}


def test_the_median_is_exact_for_odd_and_even() -> None:
    assert median({10: 1, 20: 1, 40: 1}) == 2.0
    assert median({10: 2, 20: 2}) == 1.5
    assert median({}) is None


def test_a_rate_is_rounded_exactly_and_never_without_a_denominator() -> None:
    from zhuoluo.figures.rules import BY_KEY

    assert reads.Number(BY_KEY["on_time"], 225, 238).percent == "94.54%"
    assert reads.Number(BY_KEY["on_time"], 1, 800).percent == "0.13%"
    assert reads.Number(BY_KEY["on_time"], 0, 0).percent == "—"
