"""The display switches keep a wish and go back; the style page is closed on a site at work."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

KIT = Path(__file__).parent.parent
pytestmark = pytest.mark.django_db  # every page names its place


def test_a_wish_is_kept_in_its_cookie_and_the_reader_goes_back(client):
    answer = client.post(reverse("kit:display"), {"theme": "dark", "next": "/somewhere?x=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/somewhere?x=1")
    assert answer.cookies["theme"].value == "dark"
    assert "type" not in answer.cookies


def test_nobody_is_sent_to_another_site(client):
    answer = client.post(reverse("kit:display"), {"type": "large", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_an_unknown_wish_is_refused(client):
    assert client.post(reverse("kit:display"), {"theme": "pink"}).status_code == 400
    assert client.get(reverse("kit:display")).status_code == 405


PAGES = ["list", "matter", "figures", "wall", "home", "question", "check", "done", "track"]


@pytest.mark.parametrize("page", ["", *[f"{page}/" for page in PAGES]])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_style_page_shows_in_both_languages(client, settings, page, lang):
    settings.DEMO = True
    client.cookies["lang"] = lang
    answer = client.get(reverse("kit:style") + page)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert f'<html lang="{"en" if lang == "en" else "zh-CN"}"' in html
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", html)


def test_the_style_page_is_closed_on_a_site_at_work(client, settings):
    settings.DEMO = settings.DEBUG = False
    assert client.get(reverse("kit:style")).status_code == 404


def test_every_icon_named_in_a_template_is_drawn():
    sprite = (KIT / "static/kit/icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'symbol id="([^"]+)"', sprite))
    sources = "".join(path.read_text(encoding="utf-8") for path in (KIT / "templates").rglob("*.html"))
    named = set(re.findall(r'\{% icon "([^"]+)"|icon="([^"]+)"', sources))
    assert {one or other for one, other in named} <= drawn
    assert {f"shape-{name}" for name in re.findall(r'\{% shape "([^"]+)"', sources)} <= drawn


def test_the_script_stays_small():
    assert len((KIT / "static/kit/kit.js").read_text(encoding="utf-8").splitlines()) <= 200
