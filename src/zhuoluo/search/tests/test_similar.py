from uuid import UUID

import pytest

from zhuoluo.search import actions, reads
from zhuoluo.search.rules import Weights, choose, entry_of, narrowing, reach, score
from zhuoluo.search.rules.likeness import FIRST, MOST_ENTRIES, MOST_TERMS, ONE_IN, learnt
from zhuoluo.search.tests.samples import document

VILLAGE, OTHER = "430426101203", "430426102001"


@pytest.fixture
def texts(db: None) -> None:
    common = [document(n, f"小区物业不作为，业主反映问题第{n}次没有答复") for n in range(10, 60)]
    actions.put(
        documents=[
            *common,
            document(0, "东门路口的路灯坏了，夜里看不见路，请尽快维修", place=VILLAGE),
            document(1, "东门路口路灯夜里不亮，老人摔跤", place=VILLAGE, readers=frozenset({"u1"})),
            document(2, "东门路口的路灯坏了，请尽快维修", place=OTHER),
            document(3, "东门路口的路灯坏了，请维修", place=VILLAGE, hidden_from=frozenset({"u9"})),
            document(4, "菜市场垃圾没人清运，气味很大", place=VILLAGE),
        ]
    )


def _found(text: str, **given: object) -> list[int]:
    limits = {"readers": {"all"}, "place": VILLAGE} | given
    return [id_.int - 1 for id_, _ in reads.similar(text, **limits)]  # type: ignore[arg-type]  # limits of any kind, to try them


@pytest.mark.usefixtures("texts")
def test_earlier_matters_of_the_same_place_and_words_come_first() -> None:
    assert _found("东门路口路灯坏了，请维修")[:2] == [3, 0]
    assert 4 not in _found("东门路口路灯坏了，请维修")[:2]
    assert _found("垃圾气味大，没人清运")[0] == 4


@pytest.mark.usefixtures("texts")
def test_what_the_reader_may_not_see_is_not_even_hinted_at() -> None:
    assert 1 not in _found("东门路口路灯夜里不亮")
    assert _found("东门路口路灯夜里不亮", readers={"u1"}) == [1]
    assert 3 not in _found("东门路口路灯坏了，请维修", hidden_from={"u9"})
    assert _found("东门路口路灯", readers=set()) == []


@pytest.mark.usefixtures("texts")
def test_another_place_counts_only_when_no_place_is_asked_for() -> None:
    assert 2 not in _found("东门路口的路灯坏了，请尽快维修")
    assert 2 in _found("东门路口的路灯坏了，请尽快维修", place="430426")
    assert 2 in _found("东门路口的路灯坏了，请尽快维修", place=None)


@pytest.mark.usefixtures("texts")
def test_likeness_is_one_for_the_same_words_and_near_nought_for_others() -> None:
    same = reads.similar("菜市场垃圾没人清运，气味很大", readers={"all"})
    assert same[0] == (UUID(int=5), pytest.approx(1.0))
    assert all(0 <= likeness <= 1 for _, likeness in same)
    assert [likeness for _, likeness in same] == sorted((likeness for _, likeness in same), reverse=True)
    other = reads.similar("孩子上学的校车没有准点", readers={"all"})
    assert all(likeness < 0.3 for _, likeness in other)


@pytest.mark.usefixtures("texts")
def test_rare_words_tell_more_than_common_ones() -> None:
    """Fifty texts share 小区物业不作为 with the question, one shares 古井: that one is the most alike."""
    actions.put(documents=[document(5, "村口古井塌陷", place=OTHER)])
    assert _found("小区物业不管古井塌陷", place=None)[0] == 5


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize("text", ["", "   ", "路", "，。", "的 了", "\U00031350"])
def test_a_text_without_words_is_like_nothing(text: str) -> None:
    assert _found(text) == []


@pytest.mark.usefixtures("texts")
def test_the_limit_is_kept() -> None:
    assert len(_found("小区物业不作为", place=None, limit=3)) == 3


def _entries(chosen: list[str], weights: Weights, share: float = 1.0) -> float:
    return sum(min(weights.share(term), share) * weights.documents for term in chosen)


@pytest.mark.parametrize("sampled", [100, 5_000, 16_000, 160_000])
def test_looking_up_terms_stays_cheap_however_many_documents_there_are(sampled: int) -> None:
    weights = Weights(
        sampled, {f"词{n}": n * sampled // 4_000 for n in range(1, 4_000)} | {"§p43": sampled // 100}
    )
    terms = [*(term for term in weights.counts if "§" not in term), "没见过"]
    for within in ([], [("§p43",)]):
        chosen = choose(terms, weights, within)
        assert chosen[0] == "没见过" or weights.counts[chosen[0]] == 0, "the rarest comes first"
        assert len(chosen) <= MOST_TERMS
        assert _entries(chosen, weights, weights.share("§p43") if within else 1.0) <= MOST_ENTRIES
    assert choose(["词3999"], weights, []) == ["词3999"], "one term is always looked up"


def test_within_a_small_place_more_and_commoner_terms_are_looked_up() -> None:
    weights = Weights(16_000, {f"词{n}": 200 + n for n in range(200)} | {"§p43": 4})
    terms = [term for term in weights.counts if "§" not in term]
    assert len(choose(terms, weights, [("§p43",)])) > len(choose(terms, weights, []))


def test_marks_that_leave_out_little_are_checked_afterwards_instead_of_asked_for() -> None:
    weights = Weights(1_000, {"§rall": 990, "§ru1": 20, "§ru2": 150, "§p43": 1_000, "§p430426101": 40})
    assert narrowing(reach(["all"], place="430426101"), weights) == [("§p430426101",)]
    assert narrowing(reach(["all"], place="43"), weights) == []
    assert narrowing(reach(["u1", "u2"]), weights) == [("§ru1", "§ru2")]
    assert narrowing(reach(["all", "sealed"]), weights) == []


@pytest.mark.usefixtures("texts")
def test_many_that_may_not_be_read_do_not_crowd_out_one_that_may() -> None:
    hidden = [document(n, "东门路口路灯夜里不亮", readers=frozenset({"all"})) for n in range(100, 160)]
    actions.put(documents=[*hidden, document(200, "东门路口路灯坏了", readers=frozenset({"u7"}))])
    assert _found("东门路口路灯夜里不亮", readers={"u7"}, place=None) == [200]


def test_the_first_documents_all_teach_and_later_ones_by_their_id() -> None:
    entries = [entry_of(document(n, "路灯")) for n in range(64 * 4)]
    assert learnt(entries, 0)["路灯"] == len(entries)
    later = learnt(entries, FIRST)
    assert later[""] == later["路灯"] == len(entries) // ONE_IN
    assert learnt(entries[:3], FIRST - 2)[""] == 2
    assert learnt([], 0) == {}
    assert Weights(FIRST + 10, {}).documents == FIRST + 10 * ONE_IN


def test_likeness_weighs_what_is_shared() -> None:
    asked = {"路灯": 1.0, "古井": 3.0}
    assert score(asked, ["路灯", "小区"]) == 0.25
    assert score(asked, ["古井"]) == 0.75
    assert score(asked, []) == 0
    assert score({}, ["古井"]) == 0
