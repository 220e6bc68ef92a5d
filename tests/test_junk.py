"""Nonsense in addresses, questions, cursors and forms is answered, never with a fault of the server (TESTS B13)."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from tests.access import expected, table
from tests.addresses import Address, addresses
from tests.scene import Scene

pytestmark = pytest.mark.django_db
ADDRESSES = addresses()
TABLE = table()
# Every name that a page asks for in its address; a test below finds those that are missing here.
ASKED = (
    "after", "again", "area", "as", "as_of", "before", "blank", "by", "channel", "done", "for", "from", "h", "idle", "klass", "kind",
    "light", "m", "member", "month", "n", "next", "of", "other", "page", "place", "q", "save", "since", "small", "stage", "state",
    "then", "unit", "until", "what", "errors", "behind", "doubts", "on", "show", "who", "whole", "year",
    "chain", "closed", "day", "lead", "number", "series",
    "standing", "topic", "user", "visit", "week",
)  # fmt: skip
JUNK = [
    "", " ", "0", "-1", "1e9", "９９", "²", "٣", "9" * 30, "9" * 5000, "NaN", "inf", "null", "None", "undefined", "true",
    "\x00", "a\x00b", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "\u202e", "\ufeff", "💣" * 50, "%", "%s%n",
    "'", '"', "';--", "' OR 1=1 --", "1; DROP TABLE x", "../../etc/passwd", "..%2f", "[]", "{}", "[object Object]", "$where",
    "order_by", "-registered_at", "__class__", "a" * 3000, "2026-13-45", "0000-00-00", "9999-12-31", "0001-01-01",
    "10000-01-01", "-0001-01-01", "2026-02-30", "2026-03-02T25:61", "2026-03-02T00:00:00", "2026-03-02T00:00:00+99:00",
    "2026-03-02T00:00:00_x", "2026-03-02T00:00:00+00:00_0", "2026-03-02T00:00:00_01a204bf-7964-7e9a-b94f-9536695654e5",
    "0001-01-01T00:00:00+14:00_01a204bf-7964-7e9a-b94f-9536695654e5", "9999-12-31T23:59:59-12:00_01a204bf-7964-7e9a-b94f-9536695654e5",
    "2026-03-02T00:00:00+00:00_01a204bf-7964-7e9a-b94f-9536695654e5", "_", "__", "01a204bf-7964-7e9a-b94f-9536695654e5",
    "QX261120-0001-2:²", "QX261120-0001-2:" + "9" * 5000, "QX261120-0001-2:-1", ":", "u:", "u:x", "p:p:p", "=", "==",
    "431281", "４３１２８１", "due:", "due:x", "rule_due:x", "word:x", "undone:answered", "registered+answered", "++",
    "<script>", "{{7*7}}", "\r\nX: y", "/", "//x", "\\", "red'", "a:b:c:d", "0x10", "1_000", "+1", "１", "½", "Ⅷ",
]  # fmt: skip


def gettable(role: str) -> list[Address]:
    found = []
    for address in ADDRESSES:
        if expected(TABLE, address, "GET", address.kinds[0])[role] in {"200", "go"}:
            found.append(address)
    return found


def ask(client: Any, url: str, wrong: list[str]) -> None:
    try:
        answer = client.get(url)
    except Exception as error:  # the client raises what a server would answer with 500
        wrong.append(f"{url[:160]}: {type(error).__name__} {str(error)[:100]}")
    else:
        if answer.status_code >= 500:
            wrong.append(f"{url[:160]}: {answer.status_code}")


def crawl_with_junk(made: Scene, role: str, every: int) -> list[str]:
    """Each address with each name it may ask for and a share of the junk, another share for each address."""
    wrong: list[str] = []
    for place, address in enumerate(gettable(role)):
        asked = asked_by(address)
        for at, junk in enumerate(JUNK):
            if (at + place) % every:
                continue
            with made.untouched(role) as client:
                url = address.url(made, role, address.kinds[0])
                ask(client, f"{url}?{urlencode(dict.fromkeys(asked, junk), errors='surrogatepass')}", wrong)
    return wrong


def asked_by(address: Address) -> tuple[str, ...]:
    return (
        ASKED
        if address.name.startswith(
            ("matters:", "desk:", "figures:", "sheets:", "org:", "portal:", "policy:", "talks:", "live:")
        )
        else ASKED[:3]
    )


@pytest.mark.parametrize("role", ["officer", "supervisor", "admin", "resident"])
def test_no_list_falls_over_nonsense(made: Scene, role: str) -> None:
    assert crawl_with_junk(made, role, every=17) == []


LISTS = [
    ("officer", "matters:list", "after"), ("officer", "matters:owed", "after"), ("officer", "matters:inbox", "after"),
    ("head", "matters:waiting", "after"), ("caller", "matters:callbacks", "after"), ("supervisor", "matters:exceptions", "after"),
    ("officer", "desk:search", "after"), ("officer", "figures:rows/registered", "after"), ("officer", "sheets:rows/flagged", "after"),
    ("officer", "sheets:runs", "from"), ("supervisor", "matters:seen", "after"), ("officer", "matters:page", "before"),
    ("admin", "org:people", "page"), ("admin", "org:areas", "page"), ("officer", "matters:list", "since"),
    ("officer", "matters:list", "until"), ("officer", "figures:home", "as_of"), ("officer", "figures:months", "as_of"),
    ("officer", "figures:home", "by"), ("officer", "figures:home", "member"), ("officer", "matters:bulk/forward", "m"),
    ("supervisor", "matters:exceptions", "what"), ("supervisor", "matters:exceptions", "unit"), ("admin", "org:people", "q"),
    ("officer", "desk:search", "q"), ("officer", "desk:search", "place"), ("officer", "sheets:export", "since"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "key", "name"), LISTS)
def test_a_cursor_or_filter_changed_by_hand_gives_a_page_or_none(
    made: Scene, role: str, key: str, name: str
) -> None:
    address = next(a for a in ADDRESSES if a.key == key)
    more = "q=路灯&" if key == "desk:search" and name != "q" else ""
    wrong: list[str] = []
    with made.untouched(role) as client:
        url = address.url(made, role, address.kinds[0])
        for junk in JUNK:
            ask(client, f"{url}?{more}{urlencode({name: junk}, errors='surrogatepass')}", wrong)
            assert not connection.needs_rollback, junk
        own = made.matter("own", role).number
        ask(client, f"{url}?{urlencode({name: f'{own}:²'})}", wrong)
        ask(client, f"{url}?{urlencode({name: f'{own}:' + '9' * 5000})}", wrong)
        ask(client, f"{url}?{urlencode({name: f'{own}:99999999999999999999'})}", wrong)
    assert wrong == []


def test_numbers_and_words_in_addresses_may_be_anything(made: Scene) -> None:
    wrong: list[str] = []
    with made.untouched("officer") as client:
        for junk in JUNK:
            part = quote(junk[:300], safe="", errors="surrogatepass")
            if not part or part in {".", ".."}:
                continue
            for url in (
                f"/desk/m/{part}/", f"/desk/m/{part}/do/note/", f"/desk/m/{part}/seen/", f"/desk/inbox/{part}/",
                f"/desk/figures/rows/{part}/", f"/follow/{part}/", f"/raise/{part}/kind/", f"/raise/{part}/done/",
                f"/raise/{part}/map/{part}-{part}.svg", f"/desk/register/{part}/", f"/desk/register/{part}/a4/",
                f"/desk/inbox/done/{part}/",
            ):  # fmt: skip
                ask(client, url, wrong)
    assert wrong == []


def test_forms_filled_with_nonsense_are_asked_again(made: Scene) -> None:
    """Every field that any page shows, filled with junk, at every address that takes a form."""
    wrong = []
    fields = field_names(made)
    for place, address in enumerate(ADDRESSES):
        if address.name == "matters:act" and place % 3:
            continue
        line = expected(TABLE, address, "POST", address.kinds[0])
        role = next(
            (
                r
                for r in ("officer", "clerk", "handler", "admin", "resident", "visitor")
                if line[r] in {"200", "go", "ask", "no"}
            ),
            "",
        )
        if not role or address.name in {"org:sign-out", "portal:erase"}:
            continue
        for at, junk in enumerate(JUNK):
            if (at + place) % 9:
                continue
            with made.untouched(role) as client:
                try:
                    answer = client.post(
                        address.url(made, role, address.kinds[0]), dict.fromkeys(fields, junk[:4000])
                    )
                except Exception as error:
                    wrong.append(f"{address.key} {junk[:40]!r}: {type(error).__name__} {str(error)[:120]}")
                else:
                    if answer.status_code >= 500:
                        wrong.append(f"{address.key} {junk[:40]!r}: {answer.status_code}")
    assert wrong == []


def field_names(made: Scene) -> list[str]:
    """The names of all fields of all forms, as the pages show them."""
    found: set[str] = {"area_words", "about", "same", "seen", "kept", "key"}
    for role in ("officer", "handler", "admin", "resident"):
        for address in gettable(role):
            with made.untouched(role) as client:
                html = client.get(address.url(made, role, address.kinds[0])).words.decode("utf-8", "ignore")
            found |= set(re.findall(r'<(?:input|select|textarea|button)[^>]*\sname="([^"]+)"', html))
    return sorted(found - {"csrfmiddlewaretoken"})


def test_broken_bodies_and_files_are_refused(made: Scene) -> None:
    upload = reverse("sheets:upload")
    number = made.matter("own", "handler").number
    evidence = reverse("matters:act", args=[number, "add_evidence"])
    bodies = [
        ("application/json", b"{"), ("multipart/form-data", b"x"), ("multipart/form-data; boundary=", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\r\n\r\n"),
        ("application/x-www-form-urlencoded", b"%zz=%ff&a=%00&\xff\xfe"), ("text/xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
        ("application/x-www-form-urlencoded; charset=utf-99", b"a=b"), ("application/x-www-form-urlencoded; charset=utf-7", b"a=b"),
    ]  # fmt: skip
    for role, url in (
        ("clerk", upload),
        ("handler", evidence),
        ("visitor", "/follow/"),
        ("visitor", "/staff/sign-in/"),
    ):
        with made.untouched(role) as client:
            for kind, body in bodies:
                assert client.generic("POST", url, body, content_type=kind).status_code < 500, (url, kind)
    names = [
        "../../x.jpg",
        "a\x00.jpg",
        "a\r\nX: y.jpg",
        "x" * 300 + ".jpg",
        "con.jpg",
        "a.jpg.exe",
        ".htaccess",
        "",
        "<svg onload=1>.svg",
    ]
    with made.untouched("handler") as client:
        for name in names:
            files = {
                "after": SimpleUploadedFile(
                    name or "a", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"
                )
            }
            assert client.post(evidence, files).status_code < 500, name
    with made.untouched("clerk") as client:
        for name in names:
            for body in (
                b"",
                b"\x00" * 10,
                b"PK\x03\x04",
                "编号,内容\n1,x".encode("utf-16"),
                b"\xff\xfe\x00",
            ):
                assert (
                    client.post(upload, {"file": SimpleUploadedFile(name or "a.csv", body)}).status_code < 500
                ), name


def test_too_many_fields_are_refused_with_words(made: Scene) -> None:
    with made.untouched("visitor") as client:
        answer = client.post("/follow/", {f"f{n}": "x" for n in range(2500)})
        assert answer.status_code == 400


def test_every_name_pages_ask_for_is_tried() -> None:
    """A new question in an address (`request.GET`) belongs into ASKED."""
    source = Path(__file__).parents[1] / "src" / "zhuoluo"
    text = "\n".join(p.read_text() for p in source.rglob("*.py") if "/tests/" not in str(p))
    names = set(re.findall(r'(?:GET|asked)(?:\.get\(|\[|\.getlist\()"(\w+)"', text)) | set(
        re.findall(r'"(\w+)" in (?:self\.)?(?:page\.)?request\.GET', text)
    )
    assert names - set(ASKED) - {"method", "matter_id"} == set()  # of an OPTIONS answer, of an action
