"""Review and second review: thirty days each, by the organ above, and what each outcome leads to (arts. 35-37)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.county import County, contact
from zhuoluo.matters import actions
from zhuoluo.matters.models import Link, Review
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.tests.law import (
    OPINION,
    ask,
    facts,
    finalized,
    on_review,
    owed,
    redo,
    reviewed,
    twice_reviewed,
)
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org.models import Jurisdiction
from zhuoluo.org.reads import forget
from zhuoluo.org.rules import RESIDENT, Forbidden

pytestmark = pytest.mark.django_db


def test_a_review_goes_to_the_organ_above_and_owes_its_opinion_in_thirty_days(county: County) -> None:
    path = Path.register(county).served()
    review = ask(path)
    duty = owed(path)["review"]
    assert (duty.unit, duty.term) == (county.units["FC"], "xf.review.answer")
    assert duty.target.astimezone(UTC).date() - path.at.date() == timedelta(days=30)
    assert owed(path)["admit"].unit == county.units["FC"]
    assert "review_asked" in facts(path)
    assert review.outside == ""


def test_the_thirty_days_of_the_petitioner_roll_to_a_working_day(county: County) -> None:
    # Served on 3 September 2026: thirty days end on 3 October, in the National Day holiday, so on 8 October.
    path = Path.register(county, at=datetime(2026, 9, 3, 0, 0, tzinfo=UTC)).served()
    path.at = datetime(2026, 10, 8, 14, 0, tzinfo=UTC)
    assert ask(path).level == 1


def test_a_request_after_the_thirty_days_is_refused_with_the_article(county: County) -> None:
    path = Path.register(county).served()
    path.at += timedelta(days=40)
    with pytest.raises(Refused, match="第35条"):
        ask(path)


def test_a_letter_posted_in_time_counts_although_it_comes_later(county: County) -> None:
    path = Path.register(county).served()
    posted = path.at + timedelta(days=20)
    path.at += timedelta(days=40)
    review = ask(path, by=county.who("clerk", path.at), asked_at=posted)
    assert (review.posted_at, review.requested_at) == (posted, path.at)
    assert owed(path)["review"].starts_at == path.at
    on_review(path, "admit_review", review)


def test_only_the_opinion_on_a_claim_is_reviewed(county: County) -> None:
    path = Path.register(county, klass="suggestion").served()
    with pytest.raises(Refused, match="第31条"):
        ask(path)


def test_an_answer_not_yet_served_is_not_reviewed(county: County) -> None:
    path = Path.register(county).answered()
    with pytest.raises(Refused):
        ask(path)


def test_a_second_request_while_one_is_open_is_refused(county: County) -> None:
    path = Path.register(county).served()
    ask(path)
    with pytest.raises(Refused, match="正在办理"):
        ask(path)


def test_the_handling_unit_never_reviews_itself(county: County) -> None:
    path = Path.register(county).served()
    review = ask(path)
    for name in ("handler", "head", "officer", "supervisor"):
        with pytest.raises((Forbidden, Refused)):
            on_review(path, "admit_review", review, name)


def test_an_upheld_review_opens_the_second_one_which_goes_to_the_organ_above_the_county(
    county: County,
) -> None:
    path = Path.register(county).served()
    reviewed(path)
    second = ask(path)
    assert second.level == 2
    assert second.outside
    assert owed(path)["review"].unit is None
    assert owed(path)["review"].term == "xf.second.answer"


def test_a_site_of_a_city_decides_second_reviews_itself(county: County) -> None:
    Jurisdiction.objects.update(rules={"reviews": {"second_here": True}})
    forget()
    path = Path.register(county).served()
    reviewed(path)
    second = ask(path)
    assert (second.outside, owed(path)["review"].unit) == ("", county.units["FC"])


def test_a_second_review_waits_for_the_service_of_the_first(county: County) -> None:
    path = Path.register(county).served()
    review = ask(path)
    on_review(path, "admit_review", review)
    on_review(path, "decide_review", review, outcome="upheld", **OPINION)
    with pytest.raises(Refused, match="还没有送达"):
        ask(path)


def test_a_served_second_review_is_final_and_a_third_does_not_exist(county: County) -> None:
    path = twice_reviewed(county)
    assert "final" in facts(path)
    with pytest.raises(Refused, match="第36条"):
        ask(path)


def test_help_goes_on_after_everything_is_final(county: County) -> None:
    path = twice_reviewed(county)
    path.act("give_help", "clerk", text="上门走访，帮助申请临时救助")
    assert "final" in facts(path)


def test_an_annulled_answer_is_handled_again_under_a_new_clock_and_stays_countable(county: County) -> None:
    path = Path.register(county).served()
    before = owed(path)
    assert "execute" in before
    review = ask(path)
    on_review(path, "admit_review", review)
    on_review(path, "decide_review", review, outcome="annulled", **OPINION)
    assert path.matter.stage == "handling"
    again = owed(path)["answer"]
    assert again.target.date() - path.at.date() == timedelta(days=60)
    assert "annulled" in facts(path)
    assert not {"answered", "served"} & facts(path)
    assert path.matter.milestones.filter(kind="answered", undone_at__isnull=False).exists()
    on_review(path, "serve_review", review, method="post")
    assert path.matter.stage == "handling"


def test_what_was_annulled_cannot_be_answered_again_on_the_same_ground(county: County) -> None:
    path = Path.register(county).served()
    reviewed(path, "annulled")
    path.act("draft", "handler", content=replace(DRAFT, facts=f" {DRAFT.facts}。", outcome="explained"))
    with pytest.raises(Refused, match="同一事实和理由"):
        path.act("issue", "head", draft_version=1)
    path.act("draft", "handler", content=replace(DRAFT, facts="重新勘查，线路老化"), draft_version=1)
    path.act("issue", "head", draft_version=2)
    assert path.matter.stage == "answered"


def test_the_new_answer_after_an_annulment_can_be_reviewed_again(county: County) -> None:
    path = Path.register(county).served()
    reviewed(path, "annulled")
    redo(path, replace(DRAFT, facts="重新勘查，线路老化"))
    path.act("serve", "handler", method="post")
    assert ask(path).level == 1


def test_a_changed_opinion_that_supports_opens_its_execution(county: County) -> None:
    path = Path.register(county).served(replace(DRAFT, outcome="not_supported"))
    assert "execute" not in owed(path)
    reviewed(path, "changed", result="supported")
    assert "execute" in owed(path)
    assert path.matter.stage == "served"


def test_a_review_opinion_without_facts_opinion_or_basis_is_refused(county: County) -> None:
    path = Path.register(county).served()
    review = ask(path)
    on_review(path, "admit_review", review)
    for name in OPINION:
        with pytest.raises(Refused, match="缺少"):
            on_review(path, "decide_review", review, outcome="upheld", **OPINION | {name: " "})


def test_a_late_request_can_be_put_on_record_only_to_be_turned_away(county: County) -> None:
    path = Path.register(county).served()
    review = ask(path)
    with pytest.raises(Refused, match="不能以逾期为由"):
        on_review(path, "refuse_review", review, ground="late", reason="已经超过期限")
    on_review(path, "refuse_review", review, ground="not_party", reason="申请人不是原信访人")
    assert "review" not in owed(path)
    assert "review_asked" not in facts(path)
    assert ask(path).level == 1


def test_a_withdrawn_request_uses_nothing_up(county: County) -> None:
    path = Path.register(county).served()
    on_review(path, "withdraw_review", ask(path), RESIDENT)
    assert not {"admit", "review"} & set(owed(path))
    assert ask(path).level == 1


def test_while_a_review_is_open_nobody_reopens_certifies_or_ends(county: County) -> None:
    path = Path.register(county).served()
    ask(path)
    for verb, who, given in (
        ("reopen", "checker", {"reason": "没有办好，重新办理"}),
        ("certify", "checker", {"evidence": "到现场看过，三盏灯都亮了"}),
        ("finalize", "supervisor", {"ground": "lapsed"}),
    ):
        with pytest.raises(Refused, match="第35条"):
            path.act(verb, who, **given)


def test_an_unused_window_makes_a_claim_final_only_after_its_last_day(county: County) -> None:
    path = Path.register(county).served()
    last = path.at.replace(hour=16) + timedelta(days=30)
    assert finalized(county, last - timedelta(hours=17)) == 0
    assert finalized(county, last + timedelta(days=3)) == 1
    assert "final" in facts(path)
    assert finalized(county, last + timedelta(days=4)) == 0


def test_a_suggestion_is_never_final(county: County) -> None:
    path = Path.register(county, klass="suggestion").served()
    assert finalized(county, path.at + timedelta(days=60)) == 0
    with pytest.raises(Refused, match="申诉求决"):
        path.act("finalize", "supervisor", ground="lapsed")


def test_no_more_is_said_only_to_the_same_person_about_a_matter_twice_reviewed(county: County) -> None:
    first = twice_reviewed(county)
    again = Path.register(county, at=first.at)
    given = {"ground": "after_second_review", "reason": "同一事实和理由，已经复核"}
    with pytest.raises(Refused, match="第36条"):
        again.act("decline", "clerk", **given)
    stranger = Path.register(county, at=first.at, contact=contact(name="李四", phone="13900009999"))
    with pytest.raises(Refused, match="同一诉求人"):
        stranger.act("decline", "clerk", earlier=first.matter.id, **given)
    again.act("decline", "clerk", earlier=first.matter.id, **given)
    assert again.matter.stage == "declined"
    assert Link.objects.get(matter=again.matter).other == first.matter


def test_a_matter_still_open_to_review_is_no_ground_to_say_no_more(county: County) -> None:
    first = Path.register(county).served()
    reviewed(first)
    again = Path.register(county, at=first.at)
    with pytest.raises(Refused, match="第36条"):
        again.act(
            "decline", "clerk", ground="after_second_review", reason="同一事实和理由", earlier=first.matter.id
        )


def test_reopening_a_final_matter_takes_finality_back(county: County) -> None:
    path = twice_reviewed(county)
    path.act("reopen", "checker", reason="机关自行纠正")
    assert "final" not in facts(path)
    assert path.matter.milestones.filter(kind="final", undone_at__isnull=False).exists()


def test_the_raisers_own_words_for_a_review_reach_no_entry(county: County) -> None:
    path = Path.register(county).served()
    review = ask(path)
    row = Review.objects.get(pk=review.pk)
    assert row.request == "答复说修好了，其实没有修"


def test_a_performed_settlement_is_needed_to_end_on_that_ground(county: County) -> None:
    path = Path.register(county).served()
    with pytest.raises(Refused, match="签字不等于履行"):
        path.act("finalize", "supervisor", ground="performed")


def test_new_words_after_a_final_answer_are_a_new_matter_linked_to_the_first(county: County) -> None:
    first = twice_reviewed(county)
    again = Path.register(county, at=first.at, text="又坏了两盏，是新的问题", earlier=first.matter.id)
    link = Link.objects.get(matter=again.matter)
    assert (link.other_id, link.kind) == (first.matter.id, "new_facts")
    assert actions.code_of(again.matter) != actions.code_of(first.matter)


def test_a_second_review_served_after_the_organ_took_its_answer_back_ends_nothing(county: County) -> None:
    path = Path.register(county).served()
    reviewed(path)
    second = ask(path)
    on_review(path, "admit_review", second)
    on_review(path, "decide_review", second, outcome="upheld", **OPINION)
    path.act("reopen", "checker", reason="机关自行纠正")
    on_review(path, "serve_review", second, method="post")
    assert "final" not in facts(path)
    assert path.matter.stage == "handling"


def test_a_second_review_taken_back_can_be_asked_for_again(county: County) -> None:
    path = Path.register(county).served()
    reviewed(path)
    on_review(path, "withdraw_review", ask(path), RESIDENT)
    assert ask(path).level == 2
