"""A signature closes nothing and takes nothing away; what was promised is owed by its day."""

from datetime import timedelta
from typing import Any

import pytest

from tests.county import County
from zhuoluo.matters import actions
from zhuoluo.matters.models import Commitment, Milestone, Obligation, Settlement
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.tests.law import ask, on_review
from zhuoluo.matters.tests.path import Path
from zhuoluo.org.rules import Forbidden

pytestmark = pytest.mark.django_db
TEXT = "养殖场三月底前关停，镇政府补偿修路，双方不再争吵"
FREE = "村委会当面念过全文，当事人说听懂了、愿意"


def settle(path: Path, who: str = "handler", **more: Any) -> Settlement:
    until = (path.at + timedelta(days=20)).date()
    given: dict[str, Any] = {
        "kind": "settlement", "text": TEXT, "free_will": FREE, "signed_on": path.at.date(),
        "obligations": [("unit", "修好受损的田埂", until), ("raiser", "撤下横幅", until)],
    }  # fmt: skip
    return path.act("settle", who, **given | more)


def live(path: Path) -> set[str]:
    rows = Milestone.objects.filter(matter=path.matter, undone_at__isnull=True)
    return set(rows.values_list("kind", flat=True))


def owed(path: Path, kind: str = "perform") -> list[Commitment]:
    return list(Commitment.objects.filter(matter=path.matter, kind=kind, closed_at__isnull=True))


def perform(path: Path, row: Obligation, who: str = "handler") -> None:
    path.at += timedelta(hours=1)
    actions.perform(
        obligation_id=row.id, account="已经办好，当事人看过", by=path.county.who(who, path.at), at=path.at,
        law=path.county.law,
    )  # fmt: skip
    path.matter.refresh_from_db()


@pytest.mark.parametrize("way", ["handling", "answered", "served"])
def test_signing_changes_no_stage_and_closes_nothing(county: County, way: str) -> None:
    path = getattr(Path.register(county), way)()
    stage, before = path.matter.stage, {c.id for c in Commitment.objects.filter(closed_at__isnull=True)}
    settle(path)
    assert path.matter.stage == stage
    assert before <= {c.id for c in Commitment.objects.filter(closed_at__isnull=True)}
    assert "settled" in live(path)
    assert not live(path) & {"resolved", "performed", "final"}


def test_what_the_unit_owes_is_a_commitment_by_its_day(county: County) -> None:
    path = Path.register(county).handling()
    until = (path.at + timedelta(days=20)).date()
    settle(path)
    [row] = owed(path)
    assert row.unit == county.units["ZJ"]
    assert (row.due - timedelta(seconds=1)).date() == until


def test_the_raiser_can_still_say_not_solved(county: County) -> None:
    path = Path.register(county).served()
    settle(path)
    actions.rate(
        matter_id=path.matter.id, solved="no", satisfaction="dissatisfied", at=path.at, law=county.law
    )
    assert "disputed" in live(path)
    assert owed(path, "recheck")


def test_a_review_can_be_asked_for_all_the_same(county: County) -> None:
    path = Path.register(county).served()
    settle(path)
    review = ask(path)
    on_review(path, "admit_review", review)
    assert owed(path, "review")


def test_reopening_keeps_what_was_promised(county: County) -> None:
    path = Path.register(county).served()
    settle(path)
    path.act("reopen", "checker", reason="协议没有解决灯不亮的问题")
    assert path.matter.stage == "handling"
    assert owed(path)
    assert "settled" in live(path)


def test_the_raiser_can_still_add_and_withdraw_and_the_promise_stands(county: County) -> None:
    path = Path.register(county).handling()
    settle(path)
    actions.supplement(matter_id=path.matter.id, text="还有一处没有修", at=path.at, law=county.law)
    actions.withdraw(matter_id=path.matter.id, at=path.at, law=county.law)
    path.matter.refresh_from_db()
    assert path.matter.stage == "withdrawn"
    [row] = Obligation.objects.filter(side="unit")
    perform(path, row)
    assert "performed" in live(path)


def test_a_new_matter_of_the_same_person_is_registered_as_ever(county: County) -> None:
    settle(Path.register(county).served())
    assert Path.register(county).matter.stage == "registered"


def test_performed_only_when_the_unit_did_everything(county: County) -> None:
    path = Path.register(county).handling()
    day = (path.at + timedelta(days=9)).date()
    settle(
        path, obligations=[("unit", "修好田埂", day), ("unit", "清走粪水", day), ("raiser", "撤横幅", day)]
    )
    first, second = Obligation.objects.filter(side="unit").order_by("id")
    perform(path, first)
    assert "performed" not in live(path)
    perform(path, second)
    assert "performed" in live(path)
    assert not owed(path)
    with pytest.raises(Refused, match="已经履行"):
        perform(path, second)


def test_a_signature_alone_is_no_performance(county: County) -> None:
    path = Path.register(county).served()
    settle(path, obligations=[], nothing_owed=True)
    assert live(path) & {"settled", "performed"} == {"settled"}
    with pytest.raises(Refused):
        path.act("finalize", "supervisor", ground="performed")


def test_a_voided_settlement_owes_nothing_and_stays_countable(county: County) -> None:
    path = Path.register(county).handling()
    row = settle(path)
    path.at += timedelta(hours=1)
    actions.void_settlement(
        settlement_id=row.id,
        reason="当事人说当时没有听懂",
        by=county.who("handler"),
        at=path.at,
        law=county.law,
    )
    assert not owed(path)
    assert "settled" not in live(path)
    assert Milestone.objects.filter(matter=path.matter, kind="settled", undone_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"text": "和好"}, "全文"), ({"free_will": ""}, "自愿"), ({"kind": "other"}, "种类"),
        ({"obligations": []}, "各方"), ({"nothing_owed": True}, "双方都没有"),
    ],
)  # fmt: skip
def test_a_settlement_without_what_makes_it_one_is_refused(
    county: County, changed: dict[str, Any], word: str
) -> None:
    path = Path.register(county).handling()
    with pytest.raises(Refused, match=word):
        settle(path, **changed)


def test_it_cannot_be_signed_tomorrow_nor_owed_before_it_was_signed(county: County) -> None:
    path = Path.register(county).handling()
    tomorrow, yesterday = (path.at + timedelta(days=2)).date(), (path.at - timedelta(days=2)).date()
    with pytest.raises(Refused, match="不能晚于今天"):
        settle(path, signed_on=tomorrow)
    with pytest.raises(Refused, match="早于签订"):
        settle(path, obligations=[("unit", "修好田埂", yesterday)])


def test_the_same_settlement_sent_twice_is_kept_once(county: County) -> None:
    path = Path.register(county).handling()
    settle(path)
    with pytest.raises(Refused, match="已经记录"):
        settle(path)


def test_another_unit_cannot_settle_or_perform_for_it(county: County) -> None:
    path = Path.register(county).handling()
    with pytest.raises(Forbidden):
        settle(path, "road")
    settle(path)
    with pytest.raises(Forbidden):
        perform(path, Obligation.objects.filter(side="unit").get(), "road")


def test_a_mediation_needs_both_sides_and_changes_nothing(county: County) -> None:
    path = Path.register(county).routed()
    given = {"mediator": "石老根", "result": "failed", "account": "两家各说各的，约好下周再谈"}
    with pytest.raises(Refused, match="双方同意"):
        path.act("mediate", "clerk", consent_of_both=False, **given)
    path.act("mediate", "clerk", consent_of_both=True, **given)
    assert path.matter.stage == "routed"
    assert "settled" not in live(path)
