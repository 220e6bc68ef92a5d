"""The county as built: every state there is, nothing unlawful, nothing that tells of real people."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from zhuoluo.demo import actions, reads
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.reads import NotFound, by_number, find, open_commitments, page, visible
from zhuoluo.org.models import Area, Unit, User
from zhuoluo.org.reads import actor, forget, jurisdiction
from zhuoluo.org.rules import SYSTEM
from zhuoluo.oversight import reads as oversight
from zhuoluo.reception import reads as reception

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
FAST: Any = {"PASSWORD_HASHERS": ["tests.hashing.Cheap"]}
# The database is set up only when a collected test asks for it by this mark; each test is a savepoint in the county.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[tuple[str, int, int]]]:
    """One county for all tests of this file, rolled back afterwards."""
    home = tmp_path_factory.mktemp("home")
    (home / reads.PASSWORD_FILE).write_text("lamp-river-1234")
    shown: list[tuple[str, int, int]] = []
    with (
        django_db_blocker.unblock(),
        override_settings(HOME=home, FILES_ROOT=home / "files", **FAST),
        transaction.atomic(),
    ):
        forget()
        actions.build(
            now=NOW, password="lamp-river-1234", matters=220, on_progress=lambda *seen: shown.append(seen)
        )
        forget()
        yield shown
        transaction.set_rollback(True)
    forget()


@pytest.fixture(autouse=True)
def _here(built: object) -> None:
    forget()


def test_the_county_is_there_with_places_units_and_people() -> None:
    assert jurisdiction().name == "清溪县"
    assert Area.objects.count() > 130
    assert Unit.objects.count() > 40
    assert User.objects.count() > 70
    assert Area.objects.filter(boundary__isnull=True).count() == 0


def test_matters_lie_at_every_stage() -> None:
    stages = set(visible(SYSTEM).values_list("stage", flat=True))
    assert stages >= {
        "registered",
        "routed",
        "handling",
        "answered",
        "served",
        "redirected",
        "merged",
        "withdrawn",
    }


def test_something_is_owed_of_every_kind_and_some_of_it_is_late() -> None:
    rows = open_commitments(actor(User.objects.get(username="officer"), NOW), everyone=True)
    kinds = set(rows.values_list("kind", flat=True))
    assert kinds >= {
        "route",
        "accept",
        "answer",
        "cohandle",
        "serve",
        "callback",
        "recheck",
        "supervise",
        "rule",
        "supplement",
    }
    assert rows.filter(due__lte=NOW).exists()
    assert rows.filter(provisional=True).exists()


def test_everything_happened_in_the_order_of_time_and_before_now() -> None:
    entries = list(ledger.after(0, now=NOW, limit=100_000))
    acts = [e.at for e in entries if e.subject_kind == "matter"]
    assert len(acts) > 1000
    assert acts == sorted(acts)
    assert acts[-1] < NOW


def test_the_unit_complained_of_cannot_see_the_matter() -> None:
    about = [m for m in visible(SYSTEM) if page(m, now=NOW).about]
    assert len(about) >= 3
    housing = actor(User.objects.get(username="handler"), NOW)
    hidden = [m for m in about if any(a.unit and a.unit.code == "ZJ" for a in page(m, now=NOW).about)]
    assert hidden
    for matter in hidden:
        with pytest.raises(NotFound):
            by_number(housing, matter.number)


def test_nobody_handled_and_certified_the_same_matter() -> None:
    checked = 0
    for matter in visible(SYSTEM).filter(stage="served"):
        who = {e.verb: e.actor_id for e in ledger.story(matter.id) if e.actor_kind == "staff"}
        if "certify" in who:
            checked += 1
            assert who["certify"] not in {who.get("draft"), who.get("call_back"), who.get("serve")}
    assert checked > 5


def test_the_same_trouble_comes_back_in_several_villages() -> None:
    lamps = visible(SYSTEM).filter(category_id="0301")
    assert len(set(lamps.values_list("area_id", flat=True))) >= 3


def test_accounts_are_listed_with_what_they_can_try() -> None:
    listed = {a.username: a for a in reads.accounts()}
    assert set(listed) >= {
        "clerk",
        "officer",
        "handler",
        "head",
        "caller",
        "supervisor",
        "leader",
        "admin",
        "mediator",
    }
    assert all(a.tries and a.role and a.unit for a in listed.values())
    assert User.objects.get(username="clerk").check_password(reads.password())


def test_a_visitor_gets_a_number_and_code_that_open_a_matter() -> None:
    number, code = reads.sample()
    assert find(number, code) is not None


def test_no_text_holds_a_number_that_could_be_somebodys_phone() -> None:
    for matter in visible(SYSTEM):
        assert not re.search(r"1[3-9]\d{9}", matter.text + matter.title)


def test_reception_days_were_held_and_the_coming_ones_can_be_booked() -> None:
    days = reception.staff_days(NOW.date() - timedelta(days=20), NOW.date() + timedelta(days=40))
    held = [row for row in days if row.session.state == "held"]
    assert len(held) >= 5
    assert sum(row.batches for row in held) >= 8
    coming = [row for row in days if row.session.state == "published" and row.session.starts_at > NOW]
    assert len(coming) >= 8
    assert sum(row.booked for row in coming) >= 3
    assert {row.session.state for row in days} >= {"planned", "published", "held"}


def test_progress_is_told_to_the_end(built: list[tuple[str, int, int]]) -> None:
    assert [step for step, _, _ in built][-1] == "matters"
    assert built[-1][1] == built[-1][2]


def test_a_site_that_is_no_demo_lists_no_accounts(settings_home: Path) -> None:
    assert reads.accounts() == []
    assert reads.sample() == ("", "")


@pytest.fixture
def settings_home(tmp_path: Path) -> Iterator[Path]:
    with override_settings(HOME=tmp_path):
        assert tmp_path == settings.HOME
        yield tmp_path


def test_leaders_have_cases_and_supervision_has_drawn() -> None:
    leader = actor(User.objects.get(username="leader"), NOW)
    board = oversight.board(leader)
    assert board.listed > board.held > board.forward > 0
    assert board.certified == 0 or board.certified < board.listed
    assert oversight.meetings().rows
    assert oversight.samples().rows[0][1] > 0
