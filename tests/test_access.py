"""Every URL × method × role × kind of matter against the reviewed table; guards that nobody can forget."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.access import NOTHING_DONE, expected, got, lines, table
from tests.addresses import Address, addresses
from tests.scene import ROLES, STAFF, Scene
from zhuoluo.ledger.models import Entry
from zhuoluo.matters.tests.path import Path

pytestmark = pytest.mark.django_db
TABLE = table()
ADDRESSES = addresses()
# Of the acts, so many are walked in the quick suite; all of them in the slow one.
QUICK_ACTS = {"draft", "forward", "note", "new_code"}
QUICK_KINDS = {"", "own", "other", "about", "accusation"}
PUBLIC = {
    "org",
    "duty",
    "kit",
    "live",
    "policy",
    "portal",
    "programmes",
    "reception",
    "sealed",
    "talks",
    "village",
}  # rooms with pages for everybody
QUIET = {"GET", "HEAD", "OPTIONS"}


def slow(address: Address) -> bool:
    return address.name == "matters:act" and address.variant not in QUICK_ACTS


def parameters() -> list[object]:
    return [pytest.param(a, id=a.key, marks=[pytest.mark.slow] if slow(a) else []) for a in ADDRESSES]


def compared(made: Scene, address: Address, wanted: list[tuple[str, str]]) -> list[str]:
    """Every cell that differs from the table, as a line."""
    wrong = []
    for method, kind in wanted:
        for role, cell in expected(TABLE, address, method, kind).items():
            entries = Entry.objects.count()
            found = got(made, address, role, method, kind)
            fits = found in {"403", "ask"} if cell == "no" else found == cell
            if not fits or Entry.objects.count() != entries:
                wrong.append(f"{method} {address.key} {kind} {role}: {cell} in the table, got {found}")
    return wrong


def test_every_address_has_its_lines_and_no_line_is_left_over() -> None:
    for address in ADDRESSES:
        for method, kind in lines(address):
            expected(TABLE, address, method, kind)
    assert set(TABLE) <= {a.key for a in ADDRESSES} | {a.name for a in ADDRESSES}


@pytest.mark.parametrize("address", parameters())
def test_each_role_gets_what_the_table_says(made: Scene, address: Address) -> None:
    wanted = [(method, kind) for method, kind in lines(address) if kind in QUICK_KINDS]
    if address.name == "matters:act" and address.variant in QUICK_ACTS:
        wanted = [(method, kind) for method, kind in wanted if kind == "own" or method == "GET"]
    assert compared(made, address, wanted) == []


@pytest.mark.slow
@pytest.mark.parametrize("address", [pytest.param(a, id=a.key) for a in ADDRESSES if len(a.kinds) > 1])
def test_each_role_gets_what_the_table_says_on_ended_matters_too(made: Scene, address: Address) -> None:
    assert compared(made, address, lines(address)) == []


# --- what must hold of the table itself, whoever writes in it ---


def cells() -> Iterator[tuple[Address, str, str, str, str]]:
    for address in ADDRESSES:
        for method, kind in lines(address):
            for role, cell in expected(TABLE, address, method, kind).items():
                yield address, method, kind, role, cell


def test_nobody_without_an_account_gets_a_staff_page() -> None:
    for address, method, kind, role, cell in cells():
        if role in ("visitor", "resident") and address.view.needs is not None:
            assert cell == "sign", (address.key, method, kind, role)


def test_the_one_complained_of_gets_nothing_of_the_matter() -> None:
    for address, method, kind, role, cell in cells():
        if kind == "about":
            assert cell in {"sign", "403", "404", "405"}, (address.key, method, role)


def test_a_matter_that_was_an_accusation_shows_to_nobody() -> None:
    for address, method, kind, role, cell in cells():
        if kind == "accusation":
            assert cell in {"sign", "403", "404", "405"}, (address.key, method, role)


def test_an_administrator_or_auditor_reads_no_matter() -> None:
    for address, method, kind, role, cell in cells():
        if role in ("admin", "auditor", "mediator") and kind and address.name.startswith("matters:"):
            assert cell in {"403", "404", "405"} or address.name == "matters:seen", (
                address.key,
                method,
                role,
            )


def test_only_the_administrator_administers() -> None:
    for address, method, _kind, role, cell in cells():
        if address.name.startswith("org:") and address.view.needs and role != "admin":
            assert cell in {"sign", "403"}, (address.key, method, role)


# --- guards ---


def test_every_view_says_who_may_open_it() -> None:
    forgotten = [a.key for a in ADDRESSES if not hasattr(a.view, "needs")]
    assert forgotten == []  # mark it with org.access.needs(…) or org.access.public


def test_only_the_rooms_with_public_pages_have_any() -> None:
    for address in ADDRESSES:
        if address.view.needs is None:
            assert address.name.partition(":")[0] in PUBLIC, address.key


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_open_nothing(made: Scene, method: str) -> None:
    wrong = []
    for address in ADDRESSES:
        for role in ("resident", "clerk", "admin"):
            found = got(made, address, role, method, "own" if len(address.kinds) > 1 else "")
            if found not in {"405", "403", "404", "sign"}:
                wrong.append(f"{method} {address.key} {role} {found}")
    assert wrong == []


def test_head_is_answered_like_get_without_a_body(made: Scene) -> None:
    for address in ADDRESSES:
        if expected(TABLE, address, "GET", address.kinds[0])["clerk"] == "200":
            assert got(made, address, "clerk", "HEAD", address.kinds[0]) in {"200", "405"}, address.key


def test_no_reader_changes_anything_by_opening_pages(made: Scene) -> None:
    before = Entry.objects.count()
    for address in ADDRESSES:
        for role in ("resident", "clerk", "handler", "admin"):
            with made.untouched(role) as client:
                client.get(address.url(made, role, address.kinds[0]))
                assert Entry.objects.count() == before, address.key


def test_a_receipt_is_for_whoever_registered_and_for_nobody_else(made: Scene) -> None:
    with made.untouched("clerk"):
        at = timezone.now()
        matter = Path.register(made.county, at=at, by=made.county.who("clerk", at), channel="walk_in").matter
        for name, args in (("matters:receipt", [matter.number]), ("matters:slip", [matter.number, "a4"])):
            for role in ROLES:
                status = made.clients[role].get(reverse(name, args=args)).status_code
                assert (status == 200) == (role == "clerk"), (name, role, status)


def test_a_closed_account_opens_nothing_with_its_old_session(made: Scene) -> None:
    with made.untouched("handler") as client:
        type(made.county.users["handler"]).objects.filter(username="handler").update(is_active=False)
        for address in ADDRESSES:
            if address.view.needs is not None:
                assert client.get(address.url(made, "handler", address.kinds[0])).status_code == 302, (
                    address.key
                )


def test_the_table_knows_every_role_of_the_county(made: Scene) -> None:
    assert set(STAFF) < set(made.county.users)
    assert isinstance(made.clients["visitor"], Client)
    assert NOTHING_DONE
