"""What people write is shown as they wrote it, and runs nowhere (TESTS B9, B10, T6)."""

import logging
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from tests.addresses import addresses
from tests.county import contact
from tests.crawl import walk
from tests.hostile_words import XSS
from tests.scene import Scene
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters.actions import Drafted
from zhuoluo.matters.models import Matter
from zhuoluo.matters.tasks import index
from zhuoluo.matters.tests.path import Path
from zhuoluo.org import actions as org
from zhuoluo.org.models import Unit, User
from zhuoluo.org.rules import SYSTEM
from zhuoluo.portal.tests.walk import Walk

pytestmark = pytest.mark.django_db
RUNS = ("href", "src", "action", "formaction", "srcdoc", "xlink:href", "data", "style")


class Reader(HTMLParser):
    """Reads a page as a browser does, and notes whatever of the marked strings became more than text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.alive: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        for name, value in attrs:
            if "zlx" not in (value or "") and "zlx" not in name:
                continue
            link = (value or "").strip().lower().replace("\t", "")
            if (
                name.startswith(("on", "hx-on"))
                or "zlx" in name
                or (name in RUNS and link.startswith(("javascript:", "data:", "//")))
            ):
                self.alive.append(f"<{tag} {name}={value!r}>")
            if name in {"hx-get", "hx-post", "style", "srcdoc", "content"} and tag != "meta":
                self.alive.append(f"<{tag} {name}={value!r}>")
        if "zlx" in tag:
            self.alive.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside in {"script", "style"} and "zlx" in data:
            self.alive.append(f"<{self.inside}>{data[:80]}")

    def handle_comment(self, data: str) -> None:
        if "zlx" in data:
            self.alive.append(f"<!--{data[:80]}")

    def handle_decl(self, decl: str) -> None:
        if "zlx" in decl:
            self.alive.append(f"<!{decl[:80]}")

    unknown_decl = handle_decl
    handle_pi = handle_decl


def alive(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.alive


@pytest.mark.parametrize(
    "words", [x for x in XSS if "<" in x[:2] and "%" not in x[:2] and "ſ" not in x and x[1] not in "%"]
)
def test_the_reader_of_these_tests_sees_what_is_not_escaped(words: str) -> None:
    assert alive(f"<p>{words}</p>") or "data-key" in words or "http-equiv" in words or "noscript" in words


def hostile(made: Scene, n: int, words: str) -> Matter:
    """One matter with the string in everything that people can write about it."""
    at = made.now - timedelta(days=2)
    kept = files.keep(data=jpeg((8, 8)), name=f"{words[:60]}.jpg", at=at)
    who = contact(
        name=words[:110], phone=words[:38], email=words[:110], id_number=words[:28], address=words, more=words
    )
    path = Path.register(
        made.county, at=at, text=f"{words}\n{words}", title=words, place=words[:190], contact=who, files=(kept.id,),
        by=made.county.who("clerk", at), channel="walk_in", klass="claim",
    )  # fmt: skip
    long = f"写得足够详细：{words}"
    path.act("ask_more", "clerk", question=long)
    path.routed()
    if n % 3 == 0:
        path.act("object_to", "handler", reason=long)
        return path.matter
    path.act("take", "handler", note=long)
    proof = files.keep(data=jpeg((9, 9)), name=f"{words[:40]}", at=at)
    path.act("add_evidence", "handler", files=[(proof.id, "after", words[:110])], note=long, to_raiser=True)
    path.act("note", "handler", text=long)
    path.act("invite", "handler", unit_id=path.unit("JT"), task=long)
    path.act("ask_extension", "handler", days=5, reason=long)
    path.act(
        "draft",
        "handler",
        content=Drafted(outcome="supported", request=long, facts=long, opinion=long, basis=long),
    )
    if n % 3 == 1:
        return path.matter
    path.act("issue", "head", draft_version=1)
    path.act("serve", "handler", method="in_person")
    path.act("call_back", "caller", reached=True, solved="no", satisfaction="dissatisfied", note=long)
    path.act("supervise", "supervisor", reason=long, until=(path.at + timedelta(days=3)).date())
    return path.matter


@pytest.fixture(scope="module")
def written(made: Scene) -> list[Matter]:
    found = [hostile(made, n, words) for n, words in enumerate(XSS)]
    index([matter.id for matter in found])
    for n, words in enumerate(XSS):
        Unit.objects.filter(pk=made.county.units["HB"].pk).update(name=words[:110], short_name=words[:38])
        if n > 5:
            break
    org.add_person(
        username="hostile",
        name="<svg onload=zlx()>",
        phone="<b>zlx</b>",
        password=None,
        by=SYSTEM,
        at=made.now,
    )
    user = User.objects.get(username="hostile")
    org.give_post(
        user=user,
        unit=made.county.units["ZJ"],
        title='"><img src=x onerror=zlx()>',
        role="handler",
        by=SYSTEM,
        at=made.now,
    )
    org.add_areas(rows=[{"code": "431281101009", "name": "<script>zlx()</script>"}], by=SYSTEM, at=made.now)
    return found


def ran(made: Scene, role: str, start: list[str], **how: Any) -> tuple[list[str], int]:
    found, seen = [], 0
    with made.untouched(role) as client:
        for url, response, said in walk(client, start, **how):
            assert response.status_code < 500, url
            kind = response.headers.get("Content-Type", "")
            if "html" in kind or "svg" in kind:
                found += [f"{url}: {one}" for one in alive(response.words.decode())]
                seen += said.count("zlx")
                assert "14zlx" not in said, url  # {{ 7|add:7 }} was not reckoned
            assert "\nSet-Cookie: zlx" not in "".join(f"\n{k}: {v}" for k, v in response.headers.items())
    return found, seen


@pytest.mark.parametrize("role", ["officer", "clerk", "handler", "admin", "supervisor"])
def test_no_page_runs_what_was_written(made: Scene, written: list[Matter], role: str) -> None:
    start = [a.url(made, role, a.kinds[0]) for a in addresses()]
    number = [matter.number for matter in written]
    start += [
        f"{reverse('desk:search')}?q={w}"
        for w in ("zlx", "<script>zlx()</script>", '"><img src=x onerror=zlx()>')
    ]
    if role == "officer":
        start += [reverse(name, args=[n]) for n in number for name in ("matters:page",)]
    found, seen = ran(made, role, start, each=3 if role != "officer" else 80, limit=len(start) + 60)
    assert found == []
    assert seen > 10


@pytest.mark.slow
@pytest.mark.parametrize("role", ["officer", "clerk", "handler", "head", "caller"])
def test_no_page_of_any_of_them_runs_what_was_written(made: Scene, written: list[Matter], role: str) -> None:
    names = ("matters:page", "matters:print", "matters:inbox-matter", "matters:identity")
    start = [reverse(name, args=[matter.number]) for matter in written for name in names]
    start += [
        reverse("matters:act", args=[m.number, act])
        for m in written
        for act in ("draft", "merge", "correct", "issue")
    ]
    assert ran(made, role, start, each=60, limit=300)[0] == []


@pytest.mark.parametrize("role", ["clerk", "officer"])
def test_an_unmasked_name_is_text_too(made: Scene, written: list[Matter], role: str) -> None:
    with made.untouched(role) as client:
        for matter in written[::4]:
            answer = client.post(reverse("matters:identity", args=[matter.number]), {"reason": "contact"})
            if answer.status_code == 200:
                assert alive(answer.words.decode()) == []


def test_what_a_form_sends_back_is_text(made: Scene) -> None:
    """A refused form shows what was typed again: escaped in every field."""
    number = made.matter("own", "clerk").number
    targets = [reverse("matters:register"), reverse("matters:act", args=[number, "ask_more"]),
               reverse("matters:act", args=[number, "merge"]), reverse("matters:act", args=[number, "link"]),
               reverse("matters:identity", args=[number]), reverse("matters:register-about"),
               reverse("matters:register-similar")]  # fmt: skip
    fields = ("text", "title", "place", "name", "phone", "address", "area", "area_words", "about_words", "question", "other",
              "note", "words", "unit", "unit_pick", "seen", "kept", "same", "about", "key", "version", "number", "code",
              "channel", "klass", "kind", "received", "username", "lines", "table", "q")  # fmt: skip
    with made.untouched("clerk") as client:
        for words in XSS[::2]:
            for url in targets if words in XSS[::12] else targets[:1]:
                answer = client.post(url, dict.fromkeys(fields, words))
                assert answer.status_code < 500, (url, words)
                assert alive(answer.words.decode()) == [], (url, words)
    with made.untouched("visitor") as client:
        for words in XSS[1::4]:
            for url in (reverse("portal:follow"), reverse("org:sign-in"), reverse("org:reset")):
                answer = client.post(
                    url, dict.fromkeys(fields, words), headers={"referer": words.replace("\r\n", " ")}
                )
                assert answer.status_code < 500, (url, words)
                assert alive(answer.words.decode()) == [], (url, words)
    with made.untouched("admin") as client:
        for words in XSS[3::8]:
            for url in (
                reverse("org:person-new"),
                reverse("org:unit-new"),
                reverse("org:areas"),
                reverse("org:calendar"),
            ):
                answer = client.post(url, dict.fromkeys(fields, words))
                assert answer.status_code < 500, (url, words)
                assert alive(answer.words.decode()) == [], (url, words)


def test_a_residents_own_pages_show_words_as_text(made: Scene) -> None:
    with transaction.atomic():
        for words in (XSS[0], XSS[4], XSS[39], XSS[47], XSS[48], XSS[66]):
            walk_ = Walk.opened()
            walk_.to_check(
                text=f"路灯坏了：{words}", name=words[:50], address=words[:90], phone="13812340000"
            )
            pages = [walk_.get(step) for step in ("kind", "what", "about", "who", "check")]
            walk_.say("about", query=words)
            pages.append(walk_.get("about"))
            walk_.say("about", go="1")
            walk_.file()
            number, code = walk_.receipt()
            walk_.client.post("/follow/", {"number": number, "code": code})
            walk_.client.post(f"/follow/{number}/add/", {"text": f"补充：{words}", "form_key": "k" * 20})
            pages += [
                walk_.client.get(url)
                for url in ("/", f"/follow/{number}/", walk_.url("done"), walk_.url("print"))
            ]
            for page in pages:
                assert page.status_code < 400, page
                assert alive(page.content.decode()) == []
        transaction.set_rollback(True)


PATHS = (
    "/desk/m/x%0d%0aFORGED/",
    "/%0aFORGED",
    "/follow/%0d%0aFORGED/",
    "/raise/a%0ab/what/",
    "/desk/search?q=%0aFORGED",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_line_of_the_log_can_be_forged(made: Scene, caplog: pytest.LogCaptureFixture, path: str) -> None:
    caplog.set_level(logging.DEBUG)
    for role in ("visitor", "clerk"):
        with made.untouched(role) as client:
            client.get(path, headers={"user-agent": "x\r\nFORGED", "referer": "x"})
            client.post(reverse("org:sign-in"), {"username": "a\r\nFORGED", "password": "wrong"})
    for record in caplog.records:
        assert "\nFORGED" not in record.getMessage()
        assert "\rFORGED" not in record.getMessage()


def test_a_name_with_a_line_break_is_refused_or_becomes_one_line(made: Scene) -> None:
    """Names stand in the ledger, on paper and in lists: one line each (T6)."""
    with made.untouched("admin") as client:
        unit = made.county.units["HB"]
        form = {
            "name": "王\r\n二",
            "username": "wang.er",
            "unit": str(unit.pk),
            "title": "科\n员",
            "role": "handler",
        }
        client.post(reverse("org:person-new"), form)
        for user in User.objects.filter(username="wang.er"):
            assert "\n" not in user.name
            assert not user.posts.filter(title__contains="\n").exists()
        form = {"name": "新\n单位", "short_name": "新\r单位", "code": "NEW1", "kind": "department"}
        client.post(reverse("org:unit-new"), form)
        assert not Unit.objects.filter(code="NEW1", name__contains="\n").exists()
        assert not Unit.objects.filter(code="NEW1", short_name__contains="\r").exists()
