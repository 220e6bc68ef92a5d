"""What every answer carries to the browser: policies, cookies, tokens; and where nobody is ever sent."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access import expected, table
from tests.addresses import Address, addresses
from tests.county import PASSWORD
from tests.scene import BACKEND, Browser, Scene
from zhuoluo.org.models import User

pytestmark = pytest.mark.django_db
ADDRESSES = addresses()
TABLE = table()
ROLES = ("visitor", "resident", "clerk", "admin")
PERSONAL = ("matters:", "desk:", "org:", "figures:", "sheets:")  # nothing of these stays in a shared computer
EVIL = (
    "https://elsewhere.example/", "//elsewhere.example", "///elsewhere.example", "https:elsewhere.example",
    "http:///elsewhere.example", "\\\\elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)",
    " https://elsewhere.example", "\thttps://elsewhere.example", "https://testserver@elsewhere.example/",
    "https://testserver.elsewhere.example/", "/%09/elsewhere.example", "data:text/html,x", "/\r\nSet-Cookie: a=b",
)  # fmt: skip


Answers = list[tuple[Address, str, Any]]


@pytest.fixture(scope="module")
def answers(made: Scene) -> Answers:
    """Every address opened by several roles: address, role, answer."""
    found = []
    for address in ADDRESSES:
        for role in ROLES:
            with made.untouched(role) as client:
                found.append((address, role, client.get(address.url(made, role, address.kinds[0]))))
    return found


def test_every_answer_carries_the_policies(answers: Answers) -> None:
    for address, role, answer in answers:
        where = f"{address.key} {role} {answer.status_code}"
        assert answer.headers["X-Content-Type-Options"] == "nosniff", where
        assert answer.headers["X-Frame-Options"] == "DENY", where
        assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, where
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", where
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy or policy == "default-src 'none'; sandbox", where
        assert "unsafe" not in policy, where
        assert "*" not in policy, where
        assert "http:" not in policy, where


def test_nothing_personal_stays_in_the_browsers_store(answers: Answers) -> None:
    for address, role, answer in answers:
        shown = answer.status_code == 200 and address.view.needs is not None
        own = role == "resident" and address.name in {
            "portal:matter",
            "portal:add",
            "portal:done",
            "portal:step",
        }
        if (shown and address.name.startswith(PERSONAL)) or (own and answer.status_code == 200):
            kept = answer.headers.get("Cache-Control", "")
            assert "no-store" in kept, f"{address.key} {role}: {kept!r}"


def test_no_page_holds_script_or_style_of_its_own(answers: Answers) -> None:
    """The policy forbids them, so a page that needs one would not work."""
    for address, role, answer in answers:
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        html = answer.words.decode()
        for piece in html.split("<script")[1:]:
            assert " src=" in piece.partition(">")[0] or 'type="application/json"' in piece, (
                f"{address.key} {role}"
            )
        assert "<style" not in html, f"{address.key} {role}"
        assert " style=" not in html, f"{address.key} {role}"
        assert "javascript:" not in html, f"{address.key} {role}"


OWN = ("/%09/elsewhere.example", "/\r\nSet-Cookie: a=b")  # odd, but on this site


def posting() -> list[Address]:
    """Every address that takes a form from somebody."""
    found = []
    for address in ADDRESSES:
        line = expected(TABLE, address, "POST", address.kinds[0])
        if set(line.values()) & {"200", "go", "ask", "no"}:
            found.append(address)
    return found


def test_every_form_is_refused_without_its_token(made: Scene) -> None:
    assert len(posting()) > 50
    for address in posting():
        line = expected(TABLE, address, "POST", address.kinds[0])
        role = next(r for r, cell in line.items() if cell in {"200", "go", "ask", "no"})
        with made.untouched(role) as client:
            strict = Browser(enforce_csrf_checks=True)
            strict.cookies = client.cookies
            answer = strict.post(address.url(made, role, address.kinds[0]))
            assert answer.status_code == 403, address.key
            forged = strict.post(
                address.url(made, role, address.kinds[0]),
                headers={"x-csrftoken": "a" * 64, "origin": "https://evil.example"},
            )
            assert forged.status_code == 403, address.key


def test_the_page_that_says_a_form_was_refused_is_in_plain_words(made: Scene) -> None:
    strict = Browser(enforce_csrf_checks=True)
    answer = strict.post(reverse("portal:follow"), {"number": "QX", "code": "X"})
    said = answer.words.decode()
    assert answer.status_code == 403
    assert "CSRF" not in said
    assert "<main" in said


# --- cookies ---


@pytest.fixture
def staff(made: Scene) -> Iterator[User]:
    """A clerk with a password; undone afterwards."""
    with transaction.atomic():
        user = made.county.users["clerk"]
        user.set_password(PASSWORD)
        user.save()
        yield user
        transaction.set_rollback(True)


def signed_in(staff: User) -> Client:
    client = Client()
    answer = client.post(reverse("org:sign-in"), {"username": "clerk", "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def test_cookies_are_closed_to_scripts_and_to_other_sites(staff: User) -> None:
    client = signed_in(staff)
    client.get("/raise/")
    client.get(reverse("portal:follow"))
    assert {"sessionid", "zl_holder"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert cookie["domain"] == "", name


def test_over_https_every_cookie_stays_on_https(staff: User, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    client.force_login(staff, backend=BACKEND)
    for path in ("/raise/", reverse("portal:follow"), reverse("org:password")):
        client.get(path, secure=True)
    client.post(reverse("kit:display"), {"theme": "dark", "next": "/"}, secure=True)
    assert {"theme", "zl_holder"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert cookie["secure"], name


def test_a_session_changes_its_key_at_sign_in_and_ends_on_the_server(staff: User) -> None:
    client = Client()
    client.get("/raise/")
    before = client.session.session_key
    signed = signed_in(staff)
    assert signed.session.session_key != before
    key = signed.session.session_key
    signed.post(reverse("org:sign-out"))
    again = Client()
    again.cookies["sessionid"] = key
    assert again.get(reverse("desk:home")).status_code == 302


# --- being sent elsewhere ---


@pytest.mark.parametrize("target", EVIL)
def test_nobody_is_sent_to_another_site_after_signing_in(staff: User, target: str) -> None:
    client = Client()
    form = {"username": "clerk", "password": PASSWORD, "next": target}
    answer = client.post(f"{reverse('org:sign-in')}", form)
    assert re.match(r"/[\w%]", answer["Location"])


@pytest.mark.parametrize("target", EVIL)
def test_nobody_is_sent_to_another_site_after_an_act_or_a_switch(made: Scene, target: str) -> None:
    number = made.matter("own", "clerk").number
    with made.untouched("clerk") as client:
        url = reverse("matters:act", args=[number, "note"])
        answer = client.post(url, {"text": "已经电话联系过", "next": target})
        assert answer.status_code == 302, answer.words.decode()
        sent = urlsplit(answer["Location"])
        assert not sent.scheme
        assert not sent.netloc
        assert re.match(r"/[\w%]", sent.path)
        shown = client.get(url, {"next": target}).words.decode()
        assert f'href="{target}' not in shown
        assert f'value="{target}' not in shown or target in OWN
    with made.untouched("visitor") as client:
        sent = urlsplit(client.post(reverse("kit:display"), {"theme": "dark", "next": target})["Location"])
        assert not sent.netloc
        assert re.match(r"/([\w%]|$)", sent.path)


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "testserver.elsewhere.example", "testserver@elsewhere.example", "a b"]
)
def test_a_wrong_host_is_refused(made: Scene, host: str) -> None:
    with made.untouched("visitor") as client:
        for path in ("/", "/raise/", "/staff/sign-in/", "/follow/"):
            assert client.get(path, headers={"host": host}).status_code == 400


def test_a_forwarded_host_or_address_is_not_believed_without_a_proxy(made: Scene) -> None:
    with made.untouched("visitor") as client:
        answer = client.get(
            "/follow/", headers={"x-forwarded-host": "elsewhere.example", "x-forwarded-proto": "https"}
        )
        assert "elsewhere.example" not in answer.words.decode()
        assert "zl_holder" not in answer.cookies
        receipt = made.clients["resident"].get(
            reverse("portal:done", args=[made.walk.token]), headers={"x-forwarded-host": "elsewhere.example"}
        )
        assert "elsewhere.example" not in receipt.words.decode()


def test_a_sign_in_header_of_a_proxy_opens_no_session(made: Scene) -> None:
    """Single sign-on is off: whoever sends its header is a stranger (TESTS A5)."""
    names = ("x-remote-user", "remote-user", "x-forwarded-user", "x-auth-request-user")
    with made.untouched("visitor") as client:
        for name in names:
            assert client.get(reverse("desk:home"), headers={name: "clerk"}).status_code == 302
        assert client.get(reverse("desk:home"), REMOTE_USER="clerk").status_code == 302
