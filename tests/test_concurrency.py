"""Many at once: one matter per key, no number twice, one live deadline of a kind, no lost update."""

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections

from tests.county import MONDAY, County, build
from tests.together import together
from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger import reads as ledger_reads
from zhuoluo.ledger.models import Entry
from zhuoluo.ledger.rules import Act
from zhuoluo.matters import actions
from zhuoluo.matters.models import Answer, Commitment, Matter
from zhuoluo.matters.rules import KeyReused, Refused, Stale
from zhuoluo.matters.tests.path import Path, filing
from zhuoluo.org.rules import RESIDENT, Forbidden
from zhuoluo.outreach.live import actions as live
from zhuoluo.outreach.live.models import Question as Asked
from zhuoluo.outreach.live.models import Vote
from zhuoluo.outreach.programmes.actions import Decided, approve, pay
from zhuoluo.outreach.programmes.models import Payment
from zhuoluo.outreach.programmes.rules.errors import Refused as NotPaid
from zhuoluo.outreach.programmes.tests.walk import AFTER, award, checked, noticed, person, programme
from zhuoluo.outreach.talks import actions as talks
from zhuoluo.outreach.talks.actions import Plan
from zhuoluo.outreach.talks.models import Talk
from zhuoluo.outreach.talks.rules.errors import Refused as NotPlanned

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county() -> County:
    return build()


def test_the_same_key_from_fifty_threads_makes_one_matter(county: County) -> None:
    law = county.law
    form = filing()
    done = together(
        [lambda: actions.register(filing=form, by=RESIDENT, at=MONDAY, law=law, key="one") for _ in range(50)]
    )
    assert {type(d).__name__ for d in done} == {"Registered"}, done
    assert len({(d.matter.number, d.code) for d in done}) == 1
    assert [d.fresh for d in done].count(True) == 1
    assert Matter.objects.count() == 1
    assert Entry.objects.filter(subject_kind="matter").count() == 1


def test_another_body_under_the_key_is_refused_and_kept_whoever_comes_first(county: County) -> None:
    from zhuoluo.residents.models import RefusedCopy

    law = county.law
    forms = [filing(text="第一份文字，说的是路灯"), filing(text="第二份文字，说的是水管")]
    done = together(
        [
            lambda form=form: actions.register(filing=form, by=RESIDENT, at=MONDAY, law=law, key="two")
            for form in forms
        ]  # type: ignore[misc]  # a lambda with a default
    )
    assert sorted(type(d).__name__ for d in done) == ["KeyReused", "Registered"]
    assert isinstance(next(d for d in done if not hasattr(d, "code")), KeyReused)
    kept = {Matter.objects.get().text, RefusedCopy.objects.get().body["text"]}
    assert kept == {f.text for f in forms}


def test_numbers_never_repeat_across_midnight_and_new_year(county: County) -> None:
    law = county.law
    edge = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)  # midnight into 2026 in Shanghai
    moments = [edge + timedelta(seconds=s) for s in range(-24, 24)]
    done = together(
        [lambda at=at: actions.register(filing=filing(), by=RESIDENT, at=at, law=law) for at in moments]  # type: ignore[misc]  # a lambda with a default
    )
    numbers = [d.matter.number for d in done]
    assert len(set(numbers)) == len(moments)
    assert sum(n.startswith("QX251231-") for n in numbers) == 24
    assert sum(n.startswith("QX260101-") for n in numbers) == 24


def test_two_drafts_saved_at_once_leave_one_winner_and_both_texts(county: County) -> None:
    path = Path.register(county).handling()
    law = county.law

    def save(who: str, words: str) -> Callable[[], Any]:
        by = county.who(who)
        return lambda: actions.draft(
            matter_id=path.matter.id, content=actions.Drafted(opinion=words), by=by, at=path.at, law=law
        )

    for round_ in range(10):
        Answer.objects.all().delete()
        texts = [f"甲 {round_}", f"乙 {round_}"]
        done = together([save("handler", texts[0]), save("handler2", texts[1])])
        [lost] = [d for d in done if isinstance(d, actions.DraftConflict)]
        assert {lost.theirs.opinion, lost.mine.opinion} == set(texts)


RACERS: list[tuple[str, str, dict[str, Any]]] = [
    ("take", "handler", {}), ("recall", "clerk", {"reason": "转错单位"}),
    ("object_to", "handler", {"reason": "这件事不属于本单位的职权范围"}),
    ("decline", "clerk", {"ground": "in_progress", "reason": "同一事项正在办理"}),
    ("redirect", "head", {"door": "arbitration", "where": "向县仲裁委员会申请"}),
    ("hand_over", "head", {"person_id": "handler2"}), ("ask_more", "clerk", {"question": "请补充照片"}),
    ("supervise", "supervisor", {"reason": "请尽快处理", "until": (MONDAY + timedelta(days=9)).date()}),
    ("note", "clerk", {"text": "已电话联系"}),
]  # fmt: skip


def test_raced_transitions_never_fork_nor_leave_two_live_deadlines_of_a_kind(county: County) -> None:
    law = county.law
    chance = random.Random(7)
    pairs = [(a, b) for i, a in enumerate(RACERS) for b in RACERS[i:]]
    for first, second in chance.sample(pairs, 25):
        path = Path.register(county).routed()

        def job(step: tuple[str, str, dict[str, Any]], path: Path = path) -> Callable[[], Any]:
            verb, who, given = step
            values = {k: county.users[v].id if k == "person_id" else v for k, v in given.items()}
            by = county.who(who)
            return lambda: getattr(actions, verb)(
                matter_id=path.matter.id, by=by, at=path.at + timedelta(hours=1), law=law, **values
            )

        done = together([job(first), job(second)])
        odd = [d for d in done if isinstance(d, Exception) and not isinstance(d, Refused | Stale | Forbidden)]
        assert not odd, (first[0], second[0], odd)
        live = list(
            Commitment.objects.filter(matter=path.matter, closed_at__isnull=True).values_list(
                "kind", flat=True
            )
        )
        assert len(live) == len(set(live))
        path.matter.refresh_from_db()
        written = Entry.objects.filter(subject_id=path.matter.id).count()
        assert path.matter.version == written, "every act raised the version and left one entry"


def test_a_cursor_never_skips_an_entry_that_commits_late(county: County) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: numbers are drawn and committed in one order")
    from django.db import transaction

    started, go_on = threading.Event(), threading.Event()

    def append(verb: str) -> None:
        act = Act(
            verb=verb, subject_id=Matter.objects.get().id, at=MONDAY, actor_kind="system", actor_name="系统"
        )
        ledger.append(acts=[act], recorded_at=MONDAY)

    Path.register(county)
    base = ledger_reads.last()

    def slow() -> None:
        with transaction.atomic():
            append("slow")
            started.set()
            go_on.wait(10)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    started.wait(10)
    with transaction.atomic():
        append("quick")
    assert [e.verb for e in ledger_reads.after(base, now=MONDAY)] == []
    go_on.set()
    thread.join()
    # Transactions of other tests on the same server may still be older; entries are settled once those have ended.
    # The longest hold for a whole file of tests, minutes on a busy machine.
    deadline = time.monotonic() + 1200
    while (
        not (seen := [e.verb for e in ledger_reads.after(base, now=MONDAY)]) and time.monotonic() < deadline
    ):
        time.sleep(0.1)
    assert seen == ["slow", "quick"]


def test_twenty_at_once_with_one_voucher_pay_once_and_never_more_than_was_approved(county: County) -> None:
    made = noticed(county, programme(county))
    by = county.who("finance", AFTER)
    given: dict[str, Any] = {
        "award_id": award(made).pk,
        "amount": 20_000_00,
        "day": AFTER.date(),
        "by": by,
        "at": AFTER,
    }
    same = [lambda n=n: pay(voucher="V1", key=f"k{n}", **given) for n in range(10)]  # type: ignore[misc]  # bound now
    done = together([*same, *(lambda n=n: pay(voucher=f"W{n}", key=f"w{n}", **given) for n in range(10))])  # type: ignore[misc]  # bound now
    assert sum(isinstance(d, Payment) for d in done) == 1, done
    assert {type(d) for d in done} == {Payment, NotPaid}
    assert list(Payment.objects.values_list("amount", flat=True)) == [20_000_00]
    assert award(made).paid == 20_000_00


def test_one_form_pressed_ten_times_at_once_is_one_payment(county: County) -> None:
    made = noticed(county, programme(county))
    by, one = county.who("finance", AFTER), award(made).pk
    done = together(
        [
            lambda: pay(award_id=one, amount=1_00, day=AFTER.date(), voucher="V1", key="k", by=by, at=AFTER)
            for _ in range(10)
        ]
    )
    assert {d.pk for d in done} == {Payment.objects.get().pk}
    assert award(made).paid == 1_00


def test_the_budget_is_spent_by_one_at_a_time(county: County) -> None:
    row = programme(county, budget=50_000_00)
    waiting = [checked(county, row, contact=person(n)) for n in (1, 2, 3)]
    by = county.who("head")
    asks = {one.pk: one.asks.get().pk for one in waiting}
    done = together(
        [
            lambda one=one: approve(
                application_id=one, awards=[Decided(asks[one], 30_000_00)], by=by, at=MONDAY
            )  # type: ignore[misc]  # bound now
            for one in asks
        ]
    )
    assert sorted(type(d).__name__ for d in done) == ["Application", "Refused", "Refused"], done


def _bench(county: County, place: str, lecturer: Any, hours: int = 0) -> Plan:
    starts = MONDAY + timedelta(days=2, hours=hours)
    return Plan(
        "bench", f"{place}的一场", county.units["XC"].pk, place, starts, starts + timedelta(hours=1), lecturers=(lecturer,)
    )  # fmt: skip


def test_twenty_who_want_one_lecturer_at_one_hour_get_one_talk(county: County) -> None:
    by = county.who("outreach")
    who = talks.list_lecturer(user_id=county.users["outreach"].pk, by=by, at=MONDAY).pk
    done = together(
        [
            lambda n=n: talks.plan(content=_bench(county, f"第{n}村", who), by=by, at=MONDAY)  # type: ignore[misc]  # a lambda with a default
            for n in range(20)
        ]
    )
    assert [type(one).__name__ for one in done].count("Talk") == 1, done
    assert all(isinstance(one, Talk | NotPlanned) for one in done), done
    assert Talk.objects.count() == 1


def test_questions_from_fifty_phones_at_once_all_arrive_and_every_support_counts_once(county: County) -> None:
    by = county.who("outreach")
    content = Plan("live_fixed", "直播", county.units["XC"].pk, "演播室", MONDAY, MONDAY + timedelta(hours=1))
    room = live.make_room(talk_id=talks.plan(content=content, by=by, at=MONDAY).pk, by=by, at=MONDAY)
    live.begin(room_id=room.pk, by=by, at=MONDAY)
    done = together(
        [
            lambda n=n: live.ask(
                room_id=room.pk,
                text=f"第{n}个问题怎么办",
                phone="",
                digest=f"{n:032d}",
                key=f"k{n}",
                at=MONDAY,
            )  # type: ignore[misc]  # a lambda with a default
            for n in range(50)
        ]
    )
    assert [type(one).__name__ for one in done].count("Asked") == 50, done
    assert len(set(Asked.objects.values_list("number", flat=True))) == 50
    question = Asked.objects.order_by("number")[0]
    live.let_through(question_id=question.pk, by=by, at=MONDAY)
    given = together(
        [
            lambda n=n: live.support(question_id=question.pk, digest=f"{n % 10:032d}", at=MONDAY)  # type: ignore[misc]  # a lambda with a default
            for n in range(30)
        ]
    )
    question.refresh_from_db()
    assert given.count(True) == question.votes == Vote.objects.count() == 10, given
