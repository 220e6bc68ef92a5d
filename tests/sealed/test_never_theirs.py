"""Accusations over all units and officers, by every way in: none of it ever reaches anybody accused, nor any plain page."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from tests.county import PEOPLE, UNITS, County
from tests.crawl import walk
from tests.scene import BACKEND, Browser, Scene, take_stock
from zhuoluo.figures.tasks import rebuild
from zhuoluo.ledger.models import Entry
from zhuoluo.matters.models import Matter
from zhuoluo.matters.tasks import index
from zhuoluo.matters.tests.path import Path
from zhuoluo.org.rules import Permission
from zhuoluo.sealed import actions, reads
from zhuoluo.sealed.models import SealedCase
from zhuoluo.search.models import Indexed

pytestmark = pytest.mark.django_db
QUICK, FULL = 60, 500
WAYS = ("letter", "hand-in", "take-over")


def words(n: int) -> str:
    return f"检举暗号{n:03d}号甲乙丙"


def accused(n: int) -> tuple[str, str]:
    """A unit or an officer, each in turn: its code or account, and the words that name it."""
    everybody = [(code, name) for code, name, *_ in UNITS] + [(account, name) for account, name, *_ in PEOPLE]
    return everybody[n % len(everybody)]


def one(made: Scene, n: int, way: str) -> None:
    """Hand one accusation in by a way of its own."""
    _whom, name = accused(n)
    if way == "letter":
        form = {"what": words(n), "whom": name, "reach": f"1390000{n:04d}", "form_key": f"f{n}"}
        assert Client().post(reverse("sealed:write"), form).status_code == 302
    elif way == "hand-in":
        clerk = Client()
        clerk.force_login(made.county.users["clerk"], backend=BACKEND)
        form = {"what": words(n), "whom": name, "channel": "letter", "form_key": f"h{n}"}
        assert clerk.post(reverse("sealed:hand-in"), form).status_code == 302
    else:
        path = Path.register(made.county, at=made.now - timedelta(days=1), text=f"{words(n)}，请查处")
        index([path.matter.id])
        by = made.county.who("clerk", made.now)
        actions.take_over(number=path.matter.number, by=by, at=made.now, law=made.county.law, whom=name)


def units_of(county: County, who: str) -> set[str]:
    """The unit accused, or the unit of the officer accused, by code."""
    codes = {code for code, *_ in UNITS}
    return {who} if who in codes else {unit for account, _n, unit, *_ in PEOPLE if account == who}


def sits_in(who: str, code: str) -> bool:
    """Whether an account has its post in a unit or under it."""
    unit = next(unit for account, _n, unit, *_ in PEOPLE if account == who)
    return unit == code or (unit == "SQC" and code == "SQ")


@pytest.fixture(scope="module")
def accusing(made: Scene) -> Iterator[Scene]:
    with transaction.atomic():
        fill(made, QUICK)
        yield made
        transaction.set_rollback(True)


def fill(made: Scene, count: int) -> None:
    dice = random.Random(20261123)
    order = [WAYS[n % 3] for n in range(count)]
    dice.shuffle(order)
    with override_settings(FILINGS_PER_HOUR=0):
        for n, way in enumerate(order):
            one(made, n, way)
    index(Matter.objects.values_list("id", flat=True))
    rebuild(now=made.now)
    take_stock()


@pytest.mark.parametrize("who", [account for account, *_ in PEOPLE])
def test_no_page_of_any_account_shows_a_word_of_any(accusing: Scene, who: str) -> None:
    check(accusing, who, QUICK, limit=45)


def check(made: Scene, who: str, count: int, limit: int) -> None:
    """Walk an account's own pages; the entitled officer alone is shown cases, and none that accuses them or their unit."""
    client = Browser()
    client.force_login(made.county.users[who], backend=BACKEND)
    numbers = {case.number: case for case in SealedCase.objects.all()}
    theirs = {row.number for row in reads.cases(made.county.who(who, made.now), limit=10_000).rows}
    assert (len(theirs) > 0) is (who == "sealed"), who
    start = ["/desk/", "/desk/figures/", "/desk/matters/", "/desk/inbox/", "/staff/password/"]
    start += [f"{reverse('desk:search')}?q={word}" for word in (words(1), "检举暗号", "甲乙丙")]
    with transaction.atomic():
        for url, _answer, said in walk(client, start, each=2, limit=limit):
            if url.startswith("/desk/sealed/") and who == "sealed":
                assert not [n for n in set(numbers) - theirs if n in said], url
                continue
            assert "检举暗号" not in said.replace(words(1), "") or "q=" in url, url
            assert not [n for n in numbers if n in said], url
        transaction.set_rollback(True)
    # What may be opened is asked of the one read behind every page for all of them, and of the pages for a part.
    by = made.county.who(who, made.now)
    assert {row.number for row in reads.visible(by)} == theirs
    hidden = sorted(set(numbers) - theirs)
    for number in hidden[:: max(1, len(hidden) // QUICK)]:
        assert client.get(reverse("sealed:case", args=[number])).status_code in {403, 404}


def test_the_entitled_office_sees_every_case_but_those_against_itself(accusing: Scene) -> None:
    against = [n for n in range(QUICK) if units_of(accusing.county, accused(n)[0]) & {"JW"}]
    by = accusing.county.who("sealed", accusing.now)
    seen = reads.cases(by, limit=10_000).rows
    assert len(seen) == SealedCase.objects.count() - len(against)
    assert sum(int(line.received) for line in reads.yearly(by)) == len(seen)


def test_each_one_accused_were_they_entitled_would_still_see_nothing_of_their_own(accusing: Scene) -> None:
    """The strongest reader there can be: every permission, everywhere. Only being accused hides it, and it does."""
    every = frozenset(u.id for u in accusing.county.units.values())
    ordinary = 0
    for n in range(QUICK):
        whom, _name = accused(n)
        case = case_of(accusing, n)
        for account, *_ in PEOPLE:
            by = replace(accusing.county.who(account, accusing.now), grants=dict.fromkeys(Permission, every))
            hidden = account == whom or any(
                sits_in(account, code) for code in units_of(accusing.county, whom)
            )
            found = reads.visible(by).filter(pk=case.pk).exists()
            assert found is not hidden, (n, whom, account)
            ordinary += found
    assert ordinary > QUICK


def case_of(made: Scene, n: int) -> SealedCase:
    """The case in which a number of ours is told; found by opening, as only a test may."""
    if not hasattr(made, "by_words"):
        made.by_words = {}  # type: ignore[attr-defined]  # kept beside the scene for one module
        for case in SealedCase.objects.all():
            for piece in reads.opened(case).of("given", "taken"):
                made.by_words[str(piece.fields.get("what", ""))[:10]] = case  # type: ignore[attr-defined]  # as above
    return made.by_words[words(n)[:10]]  # type: ignore[attr-defined,no-any-return]  # as above


def test_neither_ledger_nor_search_nor_the_matters_hold_any_of_it(accusing: Scene) -> None:
    for entry in Entry.objects.filter(subject_kind="sealed"):
        assert entry.payload == {}
    assert not Indexed.objects.filter(pk__in=Matter.objects.filter(stage="sealed").values("pk")).exists()
    assert not Matter.objects.filter(text__contains="检举暗号").exists()


@pytest.mark.slow
def test_five_hundred_and_not_one_reaches_anybody_it_accuses(made: Scene) -> None:
    with transaction.atomic():
        fill(made, FULL)
        for account, *_ in PEOPLE:
            check(made, account, FULL, limit=20)
        transaction.set_rollback(True)
