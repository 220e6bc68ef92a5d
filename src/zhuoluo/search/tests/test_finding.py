import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from zhuoluo.search import actions, reads
from zhuoluo.search.models import Indexed
from zhuoluo.search.reads import Cursor, postgres
from zhuoluo.search.rules import Document
from zhuoluo.search.tests.samples import MONDAY, contains, document, expected, random_text, random_word

pytestmark = pytest.mark.django_db


def _ids(query: str, **given: object) -> list[UUID]:
    limits = {"readers": {"all"}, "limit": 100} | given
    return list(reads.find(query, **limits).ids)  # type: ignore[arg-type]  # limits of any kind, to try them


def _one(number: int) -> list[UUID]:
    return [UUID(int=number + 1)]


def test_a_word_of_characters_is_found_where_they_stand_in_a_row_and_nowhere_else() -> None:
    actions.put(
        documents=[
            document(0, "东门路口路灯不亮已经一周"),
            document(1, "路灯，不亮"),
            document(2, "灯不亮，路灯坏了"),
            document(3, "小区噪音扰民"),
        ]
    )
    assert _ids("路灯不亮") == _one(0)
    assert _ids("灯不亮") == _one(2) + _one(0)
    assert _ids("路灯") == _one(2) + _one(1) + _one(0)
    assert _ids("区噪") == _one(3)
    assert _ids("音小") == []


def test_all_words_must_be_there_in_any_order() -> None:
    actions.put(documents=[document(0, "小区夜里噪音很大"), document(1, "噪音"), document(2, "小区")])
    assert _ids("噪音 小区") == _one(0)
    assert _ids("小区，噪音") == _one(0)


@pytest.mark.parametrize("walked", [postgres.WALKED, 3], ids=["by a walk", "by the index"])
def test_counts_equal_those_of_reading_every_text(walked: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "WALKED", walked)
    rng = random.Random(20261122)
    documents = [document(number, random_text(rng)) for number in range(300)]
    actions.put(documents=documents)
    words = [random_word(rng) for _ in range(120)] + ["a3", "A3路", "路A3", "7", "b7灯", "3b", "灯不7亮"]
    found = 0
    for word in words:
        wanted = expected(documents, [word], {"all"})
        assert _ids(word, limit=500) == wanted, word
        found += bool(wanted)
    assert found > 60, "most of the words must occur, or this test shows nothing"
    for first, second in zip(words[::2], words[1::2], strict=False):
        assert _ids(f"{first} {second}", limit=500) == expected(documents, [first, second], {"all"})


def test_the_slow_reader_of_these_tests_reads_right() -> None:
    assert contains("A3区路灯", "3区") is False
    assert contains("A3区路灯", "a3区")
    assert contains("路，灯", "路灯") is False


def test_names_with_rare_characters_and_latin_words_are_found() -> None:
    actions.put(
        documents=[
            document(0, "请㛃䶮𠮷同志答复"),
            document(1, "王𠮷说WiFi不通"),
            document(2, "5栋3单元漏水"),
        ]
    )
    assert _ids("㛃䶮𠮷") == _one(0)
    assert _ids("王𠮷") == _one(1)
    assert _ids("wifi") == _ids("ＷＩＦＩ") == _one(1)
    assert _ids("wif") == []
    assert _ids("3单元") == _ids("5栋3单") == _one(2)


@pytest.mark.parametrize(
    "typed",
    [
        "QX261122-0042-7",
        "qx261122－0042－7",
        "QX26112200427",
        "26112200427",
        "00427",
        "0427",
        "200427",
        "0042",
    ],
)
def test_a_matter_is_found_by_its_number_however_typed(typed: str) -> None:
    actions.put(
        documents=[document(0, "QX261122-0042-7\n路灯不亮"), document(1, "QX261122-0043-9\n路灯不亮")]
    )
    assert _ids(typed) == _one(0)


def test_a_reader_finds_only_what_names_them_and_nothing_that_hides_from_them() -> None:
    actions.put(
        documents=[
            document(0, "路灯", readers=frozenset({"all", "u1"})),
            document(1, "路灯", readers=frozenset({"u1"})),
            document(2, "路灯", readers=frozenset({"u12"})),
            document(3, "路灯", readers=frozenset({"all"}), hidden_from=frozenset({"u1", "p9"})),
            document(4, "路灯", readers=frozenset()),
        ]
    )
    assert _ids("路灯", readers={"u1"}) == _one(1) + _one(0)
    assert _ids("路灯", readers={"all"}) == _one(3) + _one(0)
    assert _ids("路灯", readers={"all", "u12"}, hidden_from={"u1"}) == _one(2) + _one(0)
    assert _ids("路灯", readers={"all"}, hidden_from={"p9", "p8"}) == _one(0)
    assert _ids("路灯", readers=set()) == []
    assert _ids("路灯", readers={""}) == []


@pytest.mark.parametrize(
    "query",
    [
        "§rsealed", "rsealed", '路灯" OR "机密', "路灯' | '机密", "路灯) OR (机密", "NOT 路灯", "路灯 NEAR 机密", "words:机密",
        "机* OR 机密", "!路灯", "路灯 <-> 机密", "路灯\\", "'", '"', "路灯:*", "^路灯", "-路灯", "%路灯%", "路灯\x00机密",
    ],
)  # fmt: skip
def test_no_question_reaches_what_its_reader_may_not_see(query: str) -> None:
    actions.put(documents=[document(0, "路灯"), document(1, "机密路灯", readers=frozenset({"sealed"}))])
    assert not set(_one(1)) & set(_ids(query))


def test_a_place_stands_for_everything_in_it() -> None:
    places = ["430426101203", "430426101000", "430426", "430426102001", ""]
    actions.put(documents=[document(n, "路灯", place=place) for n, place in enumerate(places)])
    assert _ids("路灯", place="430426101") == _ids("路灯", place="430426101000") == _one(1) + _one(0)
    assert _ids("路灯", place="430426101203") == _one(0)
    assert _ids("路灯", place="430426") == _one(3) + _one(2) + _one(1) + _one(0)
    assert _ids("路灯", place=None) == [UUID(int=n) for n in range(5, 0, -1)]
    assert _ids("路灯", kind="matter", place="430426101203") == _one(0)
    assert _ids("路灯", kind="talk") == []


@pytest.mark.parametrize("minutes", [0, 1])
def test_pages_follow_each_other_without_a_gap_or_a_repeat(minutes: int) -> None:
    """Also when all documents are of the same moment, as from a sheet that knows only days."""
    rng = random.Random(5)
    documents = [document(n, "路灯", when=MONDAY + timedelta(minutes=n * minutes)) for n in range(95)]
    rng.shuffle(documents)
    for start in range(0, 95, 10):
        actions.put(documents=documents[start : start + 10])
    seen: list[UUID] = []
    after: Cursor | None = None
    for page in range(10):
        found = reads.find("路灯", readers={"all"}, limit=10, after=after)
        seen += found.ids
        after = found.after
        assert (after is None) == (page == 9)
        after = Cursor.read(str(after)) if after else None
    assert len(seen) == 95
    assert set(seen) == {d.id for d in documents}
    if minutes:
        assert seen == expected(documents, ["路灯"], {"all"})


def test_many_of_one_moment_do_not_push_each_other_far() -> None:
    actions.put(documents=[document(n, "路灯", when=MONDAY) for n in range(300)])
    actions.put(documents=[document(999, "路灯", when=MONDAY + timedelta(seconds=5))])
    assert _ids("路灯", limit=1) == _one(999)


def test_what_came_late_but_happened_early_stands_where_it_belongs() -> None:
    actions.put(documents=[document(10, "路灯")])
    actions.put(documents=[document(5, "路灯")])
    actions.put(documents=[document(7, "路灯"), document(1, "路灯")])
    assert _ids("路灯") == _one(10) + _one(7) + _one(5) + _one(1)


def test_a_changed_document_is_found_by_its_new_words_only() -> None:
    actions.put(documents=[document(0, "路灯不亮"), document(1, "路灯")])
    actions.put(
        documents=[document(0, "噪音扰民", readers=frozenset({"u1"}), when=MONDAY + timedelta(days=1))]
    )
    assert _ids("不亮") == []
    assert _ids("噪音") == []
    assert _ids("噪音", readers={"u1"}) == _one(0)
    actions.put(documents=[document(0, "路灯", when=MONDAY + timedelta(days=2))])
    assert _ids("路灯") == _one(0) + _one(1)


def test_of_one_id_in_one_batch_the_last_counts() -> None:
    actions.put(documents=[document(0, "路灯"), document(0, "噪音")])
    assert _ids("路灯") == []
    assert _ids("噪音") == _one(0)


def test_what_did_not_change_is_not_written_again() -> None:
    documents = [document(n, "路灯") for n in range(3)]
    actions.put(documents=documents)
    rows = (
        "SELECT xmin::text FROM search_document"
        if connection.vendor == "postgresql"
        else "SELECT total_changes()"
    )
    with connection.cursor() as cursor:
        cursor.execute(rows)
        before = cursor.fetchall()
        with CaptureQueriesContext(connection) as queries:
            actions.put(documents=documents)
        cursor.execute(rows)
        assert cursor.fetchall() == before
    assert len(queries) < 12


def test_a_dropped_document_is_gone_and_an_unknown_one_no_error() -> None:
    actions.put(documents=[document(0, "路灯"), document(1, "路灯")])
    actions.drop(ids=[UUID(int=1), UUID(int=77)])
    actions.drop(ids=[])
    assert _ids("路灯") == _one(1)
    actions.put(documents=[document(0, "噪音")])
    assert _ids("路灯") == _one(1)


def test_a_long_life_of_puts_and_drops_leaves_no_word_behind() -> None:
    rng = random.Random(11)
    known: dict[UUID, Document] = {}
    for _ in range(60):
        batch = [document(rng.randrange(60), random_text(rng)) for _ in range(5)]
        batch = [replace(d, when=MONDAY + timedelta(seconds=rng.randrange(40))) for d in batch]
        actions.put(documents=batch)
        known |= {d.id: d for d in batch}
        gone = rng.sample(sorted(known), k=2)
        actions.drop(ids=gone)
        known = {id_: d for id_, d in known.items() if id_ not in gone}
    for word in (random_word(rng) for _ in range(60)):
        assert sorted(_ids(word, limit=500)) == sorted(expected(known.values(), [word], {"all"})), word
    assert Indexed.objects.count() == len(known)


def test_a_failed_put_leaves_everything_as_it_was() -> None:
    actions.put(documents=[document(0, "路灯")])
    with pytest.raises(ValueError, match="token"), transaction.atomic():
        actions.put(documents=[document(0, "噪音"), document(1, "噪音", readers=frozenset({"Bad Token"}))])
    assert _ids("路灯") == _one(0)
    assert _ids("噪音") == []


def test_an_emptied_table_leaves_no_words_behind() -> None:
    actions.put(documents=[document(0, "路灯")])
    Indexed.objects.all().delete()
    actions.put(documents=[document(0, "噪音")])
    assert _ids("路灯") == []
    assert _ids("噪音") == _one(0)


def test_the_index_can_be_built_anew() -> None:
    actions.put(documents=[document(9, "路灯")])
    assert actions.rebuild(documents=(document(n, "噪音") for n in range(2_500))) == 2_500
    assert _ids("路灯") == []
    assert len(_ids("噪音", limit=5_000)) == 2_500


def test_a_page_says_what_was_looked_for_and_what_was_left_out() -> None:
    actions.put(documents=[document(0, "路灯不亮")])
    found = reads.find("路灯 的", readers={"all"})
    assert (found.ids, found.terms, found.too_short) == ((UUID(int=1),), ("路灯",), ("的",))
    found = reads.find("的", readers={"all"})
    assert (found.ids, found.terms, found.too_short, found.after) == ((), (), ("的",), None)


def test_common_and_rare_words_are_found_beyond_the_newest_documents() -> None:
    """More documents than PostgreSQL walks before it asks its index: old, rare and phrase hits all come back."""
    documents = [document(n, "小区路灯" if n % 7 else "小区灯路不亮路灯") for n in range(1_500)]
    documents[3] = document(3, "小区的一口古井，路不平灯不亮")
    actions.put(documents=documents)
    assert _ids("古井") == _one(3)
    assert _ids("灯不亮") == _one(3)
    assert _ids("不亮路灯", limit=2_000) == expected(documents, ["不亮路灯"], {"all"})
    assert _ids("小区", limit=2_000) == expected(documents, ["小区"], {"all"})
    page = reads.find(
        "小区", readers={"all"}, limit=20, after=reads.find("小区", readers={"all"}, limit=1_400).after
    )
    assert list(page.ids) == expected(documents, ["小区"], {"all"})[1_400:1_420]
