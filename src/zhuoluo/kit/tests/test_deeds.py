"""Doing an act from a view, choices made late, and what a browser may see for a while."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.http import Http404
from django.test import RequestFactory

from zhuoluo.kit import opened
from zhuoluo.kit.address import address_of
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.deeds import Deeds
from zhuoluo.kit.opened import IDLE_SECONDS, Opened
from zhuoluo.kit.sentences import Sentence


class Missing(Exception):
    """There is nothing there."""


class Colours(forms.Form):
    """A form with a field that has choices and one that has none."""

    colour = forms.ChoiceField()
    words = forms.CharField(required=False)


def fail(error: Exception) -> Any:
    def deed() -> None:
        raise error

    return deed


DEEDS = Deeds(Missing, (Sentence,))


def test_a_refusal_stands_on_the_form_beside_what_was_typed() -> None:
    form = Colours({"colour": "", "words": "写好的话"})
    assert not DEEDS.done(form, fail(Sentence("最多 %(n)s 个", n=3)))
    assert form.non_field_errors() == ["最多 3 个"]
    assert form["words"].value() == "写好的话"
    assert DEEDS.done(form, lambda: None)


def test_what_is_not_there_is_no_page_and_another_fault_is_not_hidden() -> None:
    with pytest.raises(Http404):
        DEEDS.or_404(fail(Missing()))
    with pytest.raises(Http404):
        DEEDS.done(Colours({}), fail(Missing()))
    with pytest.raises(ZeroDivisionError):
        DEEDS.done(Colours({}), fail(ZeroDivisionError()))


def test_choices_are_offered_late_and_only_where_there_are_any() -> None:
    form = Colours({"colour": "red"})
    choose_from(form, "colour", ((key, key) for key in ("red", "green")))
    assert form.is_valid()
    with pytest.raises(TypeError, match="words"):
        choose_from(form, "words", [])


def test_a_browser_forgets_what_it_opened_after_half_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(opened, "time", SimpleNamespace(time=lambda: now[0]))
    request: Any = SimpleNamespace(session={})
    one, two = UUID(int=1), UUID(int=2)
    kept = Opened("orders")
    kept.remember(request, one)
    now[0] += IDLE_SECONDS
    kept.remember(request, two)
    assert kept.ids(request) == [one, two]
    now[0] += 1
    assert kept.ids(request) == [two]
    assert Opened("bookings").ids(request) == []


def test_the_address_behind_a_proxy_of_ours_is_the_one_it_wrote(settings: Any) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.7")
    settings.PROXY_HOPS = 0
    assert address_of(request) == "10.0.0.1"
    settings.PROXY_HOPS = 1
    assert address_of(request) == "198.51.100.7"
