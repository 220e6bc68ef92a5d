"""What every screen of the form shares: whose draft it is, showing a question, going on to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoluo.kit.address import address_of
from zhuoluo.portal import actions
from zhuoluo.portal.models import Draft
from zhuoluo.portal.reads.drafts import answers_of
from zhuoluo.portal.reads.front import front
from zhuoluo.portal.reads.places import SIZES, map_sheet
from zhuoluo.portal.rules.steps import LAST_SCREEN, SCREENS, Answers, after, before
from zhuoluo.portal.views.holder import holder

DETOURS = frozenset({"sort", "notice", "village"})  # screens that a changed answer makes necessary first


@dataclass
class Screen:
    """One request for one question."""

    request: HttpRequest
    token: str
    step: str
    draft: Draft | None
    now: datetime

    @property
    def posted(self) -> bool:
        """Say whether an answer was sent."""
        return self.request.method == "POST"

    @property
    def holder(self) -> str:
        """Return the digest of the reader's cookie."""
        return holder(self.request)

    @property
    def address(self) -> str:
        """Return the client's address, for counting tries."""
        return address_of(self.request)

    @property
    def clicked(self) -> tuple[str, int, int] | None:
        """Return the map clicked (its size) and the pixel, or None. Browsers send a click on an image as name.x, name.y."""
        for size in SIZES:
            x, y = self.request.POST.get(f"{size}.x", ""), self.request.POST.get(f"{size}.y", "")
            if x.isdecimal() and y.isdecimal():
                return size, int(x[:5]), int(y[:5])
        return None

    @property
    def answers(self) -> Answers:
        """Return what the form keeps now."""
        return answers_of(self.draft)

    @property
    def then(self) -> str:
        """Return "check" when the reader came from the last page to change one answer."""
        source = self.request.POST if self.posted else self.request.GET
        return "check" if source.get("then") == "check" else ""

    def url(self, step: str) -> str:
        """Return the address of a question of this form."""
        tail = f"?{urlencode({'then': self.then})}" if self.then and step != "check" else ""
        return reverse("portal:step", args=[self.token, step]) + tail

    def save(self, change: Callable[[Answers], Answers]) -> Answers:
        """Keep an answer."""
        assert self.draft is not None  # noqa: S101  # only the first question is shown without a draft
        answers = actions.save(draft=self.draft, change=change, at=self.now)
        self.draft.answers = answers.as_json()
        return answers

    def go_on(self) -> HttpResponse:
        """Send on to the next question, or back to the check page when one answer was being changed."""
        following = after(self.answers, self.step)
        if self.then and following not in DETOURS:
            following = "check"
        return redirect(self.url(following))

    def again(self) -> HttpResponse:
        """Show the same question anew after something was kept."""
        return redirect(self.url(self.step))

    def missed(self) -> HttpResponse:
        """Say that a click on the map hit no known place, and show the question again."""
        messages.warning(self.request, _("点到了地图外面，请再点一次，或者从名单里选"))
        return self.again()

    def show(self, form: BaseForm | None = None, status: int = 200, **more: Any) -> HttpResponse:
        """Show the question."""
        earlier = "check" if self.then else before(self.answers, self.step)
        code = more.get("map_code", "")
        maps = {f"map_{size}": map_sheet(code, size) for size in SIZES} if code else {}
        context = {
            "form": form,
            "answers": self.answers,
            "token": self.token,
            "step": self.step,
            "then": self.then,
            "back_url": self.url(earlier) if earlier else reverse("portal:home"),
            "place_in": SCREENS[self.step],
            "places": LAST_SCREEN,
            "autosave": f"raise-{self.token}-{self.step}",
            "front": front(),
            **maps,
            **more,
        }
        return render(self.request, f"portal/raise/{self.step}.html", context, status=status)
