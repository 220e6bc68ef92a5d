"""Nobody reads who raised a matter without unmasking it, nor a word of a matter that is not theirs to read."""

import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from tests.addresses import addresses
from tests.canaries import Canary, onward, raised
from tests.crawl import walk, words_of
from tests.scene import ROLES, STAFF, Scene
from zhuoluo.ledger.models import Entry
from zhuoluo.matters.actions import code_of
from zhuoluo.matters.tasks import index

pytestmark = pytest.mark.django_db
KEPT_BY_DESIGN = {"residents_raiser", "residents_refused_copy", "portal_draft"}
COUNT = 24


@pytest.fixture(scope="module")
def canaries(made: Scene) -> list[Canary]:
    """Matters of two townships on their way; some against a unit, a person."""
    found = []
    for n in range(COUNT):
        about: tuple[str, ...] = {5: ("ZJ",), 6: ("handler",), 7: ("SQ",), 8: ("XF",), 9: ("DC",)}.get(
            n % 12, ()
        )
        klass = "litigation" if n % 12 == 10 else ("inquiry" if n % 12 == 11 else "claim")
        one = raised(made, n, town="SQ" if n % 3 else "CG", about=about, klass=klass)
        if n % 12 in (0, 1, 2):
            onward(made, one)
        found.append(one)
    index([one.matter.id for one in found])
    return found


def starts(made: Scene, role: str, canaries: list[Canary]) -> list[str]:
    """Every address of the table for a role, and those of the canaries by their numbers."""
    known = [a.url(made, role, a.kinds[0]) for a in addresses()]
    asked = [
        f"{reverse('desk:search')}?q={word}"
        for word in ("雀鸣001", "雀题004", "灯不亮", "钱雀子001", "13900177001", "黄雀巷", canaries[3].number)
    ]
    some = [canaries[n] for n in (0, 1, 4, 5, 6, 7, 8, 10)]
    direct = [
        reverse(name, args=[one.number])
        for one in some
        for name in (
            "matters:page",
            "matters:print",
            "matters:inbox-matter",
            "matters:identity",
            "matters:seen",
        )
    ]
    return known + asked + direct


def said_to(made: Scene, role: str, canaries: list[Canary]) -> Iterator[tuple[str, Any, str]]:
    with made.untouched(role) as client:
        yield from walk(client, starts(made, role, canaries), each=8, limit=260)


@pytest.mark.parametrize("role", ROLES)
def test_no_page_tells_who_raised_a_matter_nor_a_word_of_one_not_theirs(
    made: Scene, canaries: list[Canary], role: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    leaks, seen = [], set()
    for url, response, said in said_to(made, role, canaries):
        assert response.status_code < 500, url
        for one in canaries:
            if told(said, url, one.personal):
                leaks.append(f"{url} names the raiser of {one.number}")
            if told(said, url, one.told):
                seen.add(one.number)
                if not one.open_to(made, role):
                    leaks.append(f"{url} tells of {one.number}")
    assert leaks == []
    logged = caplog.text
    assert not [
        word for one in canaries for word in (*one.personal, *one.told, code_of(one.matter)) if word in logged
    ]
    if role in {"officer", "supervisor", "clerk", "handler"}:
        assert seen  # the walk did reach matters: it would notice


def told(said: str, url: str, words: tuple[str, ...]) -> bool:
    """Whether an answer holds one of the words; that a search repeats what was asked is no leak."""
    asked = unquote(url)
    return any(word in said for word in words if word not in asked)


def test_unmasking_shows_one_person_to_whoever_gave_a_reason(made: Scene, canaries: list[Canary]) -> None:
    one = canaries[1]
    with made.untouched("clerk") as client:
        answer = client.post(
            reverse("matters:identity", args=[one.number]), {"reason": "contact", "words": "电话核实"}
        )
        said = words_of(answer)
        again = words_of(client.get(reverse("matters:page", args=[one.number])))
    if answer.status_code != 200:
        pytest.fail(said[:400])
    assert all(word in said for word in one.personal[:2])
    assert not any(word in said for other in canaries if other is not one for word in other.personal)
    assert not any(word in again for word in one.personal)


def test_only_rooms_for_residents_keep_who_raised_a_matter(made: Scene, canaries: list[Canary]) -> None:
    """Every text column of every other table is free of names, phones and addresses; the index too."""
    personal = [word for one in canaries for word in one.personal]
    tables = set(connection.introspection.table_names()) - KEPT_BY_DESIGN
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = str(cursor.fetchall())
            assert not [word for word in personal if word in kept], table


def test_the_ledger_and_the_sessions_hold_no_words_and_no_codes(made: Scene, canaries: list[Canary]) -> None:
    with made.untouched("clerk") as client:
        for url, _response, _said in walk(client, starts(made, "clerk", canaries), each=2, limit=60):
            assert url
        client.post(reverse("matters:identity", args=[canaries[1].number]), {"reason": "contact"})
        sessions = [row.get_decoded() for row in Session.objects.all()]
        kept = json.dumps(sessions, ensure_ascii=False, default=str)
        kept += json.dumps(list(Entry.objects.values_list("payload", flat=True)), ensure_ascii=False)
    for one in canaries:
        for word in (*one.personal, *one.told, code_of(one.matter)):
            assert word not in kept
    assert canaries[0].number in kept  # numbers may stand there: the test reads the right thing


def test_no_address_holds_a_persons_words_or_a_code(made: Scene, canaries: list[Canary]) -> None:
    for role in ("resident", "clerk"):
        with made.untouched(role) as client:
            begin = [a.url(made, role, a.kinds[0]) for a in addresses()]
            for url, response, _said in walk(client, begin, each=3, limit=150):
                for one in canaries:
                    for word in (*one.personal, code_of(one.matter)):
                        assert word not in unquote(url + response.headers.get("Location", ""))


def test_the_search_finds_no_raiser_by_name_phone_or_address(made: Scene, canaries: list[Canary]) -> None:
    one = canaries[1]
    with made.untouched("officer") as client:
        for word in ("钱雀子001", "13900177001", "黄雀巷001号", "canary001"):
            answer = client.get(reverse("desk:search"), {"q": word})
            assert f"/m/{one.number}/" not in answer.words.decode()
        found = client.get(reverse("desk:search"), {"q": "雀鸣001"}).words.decode()
    assert f"/m/{one.number}/" in found


def test_every_role_is_walked() -> None:
    assert set(STAFF) < set(ROLES)
