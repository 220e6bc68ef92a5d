"""Whoever is complained of never learns of it: not by a page, a count, a suggestion, a choice offered, an assignment.

信访工作条例 art. 30 and 46; row A9 of the test plan: 500 matters against a unit or an officer, seen by them 0 times.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse
from pypdf import PdfReader

from tests.addresses import addresses
from tests.canaries import Canary, raised, values
from tests.crawl import walk
from tests.scene import BACKEND, Browser, Scene, take_stock
from zhuoluo.figures.tasks import rebuild
from zhuoluo.matters import actions
from zhuoluo.matters.models import Commitment, Matter, Party
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.tasks import index
from zhuoluo.matters.tests.path import Path
from zhuoluo.org import actions as org
from zhuoluo.org.rules import SYSTEM, Forbidden

pytestmark = pytest.mark.django_db
UNIT, OFFICER = "ZJ", "road"  # a department; a handler of another department
QUICK, FULL = 40, 500
# What differs from one load to the next: tokens, keys made for the form, the minute.
FRESH = re.compile(
    r"\b[A-Za-z0-9]{64}\b|[0-9a-f]{8}-[0-9a-f-]{27}|\d\d:\d\d(:\d\d)?|raise/[\w-]{22}|data:image\S*"
)


@pytest.fixture(scope="module", autouse=True)
def _signed_in(made: Scene) -> None:
    for name in ("handler2", "road", "road_head"):
        made.clients[name] = Browser()
        made.clients[name].force_login(made.county.users[name], backend=BACKEND)


@pytest.fixture(scope="module")
def accusing(made: Scene, _signed_in: None) -> Iterator[list[Canary]]:
    """Matters against the unit and against the officer, of every class and place, as the search and the sums know them."""
    with transaction.atomic():
        yield accuse(made, QUICK)
        transaction.set_rollback(True)


def accuse(made: Scene, count: int) -> list[Canary]:
    found = []
    for n in range(count):
        against = UNIT if n % 2 else OFFICER
        klass = ("claim", "claim", "inquiry", "suggestion", "litigation")[n % 5]
        found.append(raised(made, n, town=("SQ", "CG", "YL")[n % 3], about=(against,), klass=klass))
    index([one.matter.id for one in found])
    rebuild(now=made.now)
    take_stock()
    return found


SKIPPED = (
    "portal:",
    "org:",
    "kit:",
    "matters:act",
    "sheets:template",
)  # the same for all, or walked by their links


def first_difference(one: str, other: str) -> str:
    """Where two answers part, to be shown."""
    at = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f": {one[max(at - 60, 0) : at + 60]!r} / {other[max(at - 60, 0) : at + 60]!r}"


def role_of(one: Canary) -> tuple[str, ...]:
    """Who must never know of it."""
    return ("handler", "handler2", "head") if UNIT in one.against else (OFFICER,)


def pages(made: Scene, name: str, more: list[str], limit: int = 90) -> dict[str, str]:
    """What one account is shown, from every address and link, without what differs from one load to the next."""
    client = signed_in(made, name)
    start = [a.url(made, "handler", a.kinds[0]) for a in addresses() if not a.name.startswith(SKIPPED)]
    shown = {}
    with transaction.atomic():
        for url, response, said in walk(client, [*more, *start], each=2, limit=limit):
            shown[url] = FRESH.sub("", _words_of_pdf(response) if said.startswith("%PDF") else said)
        transaction.set_rollback(True)
    return shown


def _words_of_pdf(response: Any) -> str:
    """What a paper says: its file carries the moment it was drawn, and its packed bytes differ each time."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(response.words)).pages)


def signed_in(made: Scene, name: str) -> Browser:
    return made.clients[name]


def asked(accusing: list[Canary]) -> list[str]:
    words = [word for one in accusing[:6] for word in (one.told[0], one.number)]
    return [f"{reverse('desk:search')}?q={word}" for word in [*words, "灯不亮", "路也不平"]]


@pytest.mark.parametrize("name", ["handler", "handler2", "head", OFFICER])
def test_no_page_shows_the_accused_a_word_or_a_number_of_it(
    made: Scene, accusing: list[Canary], name: str
) -> None:
    hidden = [one for one in accusing if name in role_of(one)]
    assert len(hidden) == QUICK // 2
    found = [
        f"{url}: {one.number}"
        for url, said in pages(made, name, asked(accusing)).items()
        for one in hidden
        if any(word in said for word in (one.number, *one.told) if word not in unquote(url))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["handler", "head"])
def test_every_page_of_the_accused_unit_is_the_same_as_if_nobody_had_complained(
    made: Scene, name: str, settings: Any
) -> None:
    """Stronger than looking for words: no count, tile, figure or order on any of their pages moves."""
    settings.NAV_SECONDS = 0
    rebuild(now=made.now)
    before = pages(made, name, [])
    with transaction.atomic():
        for n in range(12):
            raised(
                made, n, town=("SQ", "CG", "YL")[n % 3], about=(UNIT,), klass=("claim", "litigation")[n % 2]
            )
        index([matter.id for matter in Matter.objects.filter(about__isnull=False)])
        rebuild(now=made.now)
        after = pages(made, name, [])
        transaction.set_rollback(True)
    changed = [
        url + first_difference(before[url], after[url])
        for url in before
        if not url.startswith("/staff/") and before[url] != after.get(url, before[url])
    ]
    assert changed == []
    assert len(before) > 25


def test_each_is_as_if_it_did_not_exist_at_its_own_address(made: Scene, accusing: list[Canary]) -> None:
    for one in accusing:
        for name in role_of(one):
            client = signed_in(made, name)
            for page in ("matters:page", "matters:print", "matters:identity", "matters:inbox-matter"):
                assert client.get(reverse(page, args=[one.number])).status_code == 404
            assert client.get(reverse("matters:act", args=[one.number, "note"])).status_code == 404
            for row in Commitment.objects.filter(matter=one.matter):
                assert client.get(reverse("matters:why", args=[row.id])).status_code == 404


def test_none_is_suggested_to_the_accused_when_registering_the_same_thing(
    made: Scene, accusing: list[Canary]
) -> None:
    for n in range(0, QUICK, 5):
        given, _personal, (text, *_rest) = values(n)
        form = {
            "text": f"{text}：灯不亮，路也不平，请派人来看一看。",
            "phone": given["phone"],
            "name": given["name"],
        }
        for name in role_of(accusing[n]):
            said = signed_in(made, name).post(reverse("matters:register-similar"), form).words.decode()
            assert accusing[n].number not in said


def test_none_takes_part_in_it_or_owes_anything_for_it(made: Scene, accusing: list[Canary]) -> None:
    against = [one.matter.id for one in accusing if UNIT in one.against]
    unit = made.county.units[UNIT].id
    assert not Party.objects.filter(matter_id__in=against, unit_id=unit).exists()
    assert not Commitment.objects.filter(matter_id__in=against, unit_id=unit).exists()
    officer = made.county.users[OFFICER].id
    assert not Commitment.objects.filter(
        matter_id__in=[o.matter.id for o in accusing], person_id=officer
    ).exists()


def chooser(one: Canary) -> tuple[str, str]:
    """Who may send it on, and to whom it would go."""
    return ("clerk" if "SQ" in one.units else "clerk2", UNIT)


def test_the_accused_unit_is_offered_to_nobody_and_refused_when_sent_by_hand(
    made: Scene, accusing: list[Canary]
) -> None:
    unit = made.county.units[UNIT]
    tried = 0
    for one in accusing:
        who, _ = chooser(one)
        if UNIT not in one.against or not one.open_to(made, who) or not {"SQ", "CG"} & one.units:
            continue
        tried += 1
        for name in ("forward", "assign"):
            with made.untouched(who) as client:
                url = reverse("matters:act", args=[one.number, name])
                shown = client.post(url, {"_all": "1"}).words.decode()
                assert str(unit.id) not in shown
                day = (made.now + timedelta(days=20)).date().isoformat()
                for form in ({"unit": unit.short_name}, {"unit_pick": str(unit.id)}, {"unit": f"={unit.id}"}):
                    client.post(url, form | {"report_by": day})
                bulk = reverse("matters:bulk", args=[name])
                client.post(bulk, {"m": f"{one.number}:1", "unit_pick": str(unit.id), "report_by": day})
                assert not Party.objects.filter(matter=one.matter, unit=unit).exists()
    assert tried


def test_no_action_gives_it_to_the_accused(made: Scene, accusing: list[Canary]) -> None:
    """Below the forms: every action that names a unit or a person refuses those complained of."""
    at, law = made.now, made.county.law
    one = next(o for o in accusing if UNIT in o.against and o.matter.klass == "claim" and "SQ" in o.units)
    given = {"matter_id": one.matter.id, "at": at, "law": law, "by": made.county.who("clerk", at)}
    with pytest.raises((Refused, Forbidden)), transaction.atomic():
        actions.forward(unit_id=made.county.units[UNIT].id, **given)
    with transaction.atomic():
        path = Path(made.county, one.matter, at)
        path.act("forward", "clerk", unit_id=made.county.units["JT"].id)
        path.act("take", "road")
        with pytest.raises((Refused, Forbidden)), transaction.atomic():
            path.act("invite", "road", unit_id=made.county.units[UNIT].id, task="请协助核实情况")
        transaction.set_rollback(True)


def test_a_matter_about_an_officer_is_never_handed_to_that_officer(
    made: Scene, accusing: list[Canary]
) -> None:
    one = next(o for o in accusing if OFFICER in o.against and o.matter.klass == "claim" and "SQ" in o.units)
    with transaction.atomic():
        path = Path(made.county, one.matter, made.now)
        path.act("forward", "clerk", unit_id=made.county.units["JT"].id)
        with pytest.raises((Refused, Forbidden)), transaction.atomic():
            path.act("take", OFFICER)
        path.act("take", "road_head")
        with pytest.raises((Refused, Forbidden)), transaction.atomic():
            path.act("hand_over", "road_head", person_id=made.county.users[OFFICER].id)
        client = signed_in(made, "road_head")
        shown = client.get(reverse("matters:act", args=[one.number, "hand_over"])).words.decode()
        assert str(made.county.users[OFFICER].id) not in shown
        for seen in pages(made, OFFICER, [], limit=80).values():
            assert one.number not in seen
        transaction.set_rollback(True)


# --- roundabout ways ---


def test_merging_into_a_matter_of_the_accused_unit_is_refused(made: Scene) -> None:
    """The raiser would be answered by those complained of."""
    with transaction.atomic():
        theirs = raised(made, 901, town="SQ", channel="walk_in")
        Path(made.county, theirs.matter, made.now).routed(UNIT, "clerk")
        against = raised(made, 902, town="SQ", about=(UNIT,))
        with pytest.raises(Refused):
            merged(made, against.matter.id, theirs.matter.id)
        transaction.set_rollback(True)


def merged(made: Scene, matter_id: UUID, into_id: UUID) -> None:
    with transaction.atomic():
        by = made.county.who("clerk", made.now)
        actions.merge(matter_id=matter_id, into_id=into_id, by=by, at=made.now, law=made.county.law)


def test_a_link_does_not_tell_the_accused_that_there_is_a_complaint(made: Scene) -> None:
    with transaction.atomic():
        theirs = raised(made, 903, town="SQ")
        Path(made.county, theirs.matter, made.now).routed(UNIT, "clerk").act("take", "handler")
        against = raised(made, 904, town="SQ", about=(UNIT,))
        by = made.county.who("clerk", made.now)
        for first, second in ((theirs, against), (against, theirs)):
            actions.link(
                matter_id=first.matter.id, other_id=second.matter.id, kind="related", by=by, at=made.now,
                law=made.county.law,
            )  # fmt: skip
        for name in ("handler", "head"):
            client = signed_in(made, name)
            for page in ("matters:page", "matters:print", "matters:inbox-matter"):
                said = client.get(reverse(page, args=[theirs.number])).words.decode()
                assert theirs.number in said
                assert against.number not in said
        clerk = signed_in(made, "clerk").get(reverse("matters:page", args=[theirs.number])).words.decode()
        assert against.number in clerk  # who may know, does
        transaction.set_rollback(True)


def test_whoever_stands_in_for_the_accused_does_not_read_it_either(made: Scene) -> None:
    """A substitute acts for the absent: what the head may not see, the stand-in does not see as the head's stand-in."""
    with transaction.atomic():
        against = raised(made, 905, town="SQ", about=(UNIT,))
        at = made.now
        day = at.date()
        users = made.county.users
        org.substitute(
            absent=users["road"], substitute=users["head"], from_date=day, until_date=day + timedelta(days=3),
            by=SYSTEM, at=at,
        )  # fmt: skip
        Path(made.county, against.matter, at).routed("JT", "clerk")
        for name in ("head", "handler"):  # the accused unit's head now also stands in for the handling unit
            client = signed_in(made, name)
            assert client.get(reverse("matters:page", args=[against.number])).status_code == 404
        transaction.set_rollback(True)


@pytest.mark.slow
def test_five_hundred_matters_against_them_and_not_one_reaches_them(made: Scene) -> None:
    with transaction.atomic():
        accusing = accuse(made, FULL)
        for name in ("handler", "handler2", "head", OFFICER):
            hidden = [one for one in accusing if name in role_of(one)]
            numbers = {one.number: one for one in hidden}
            client = signed_in(made, name)
            for one in hidden:
                assert client.get(reverse("matters:page", args=[one.number])).status_code == 404
            for url, said in pages(made, name, asked(accusing), limit=400).items():
                assert not [n for n in numbers if n in said and n not in unquote(url)], url
        transaction.set_rollback(True)
