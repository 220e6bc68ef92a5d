"""Staff in front of a matter's pages, for tests: signed in, at a moment that stands still, posting as a browser does."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.county import County
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.models import Matter
from zhuoluo.matters.reads.case import Case, case
from zhuoluo.matters.tests.path import Path

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Desk:
    """One county's staff, each with a browser."""

    county: County
    monkeypatch: pytest.MonkeyPatch
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = Client()
            self.clients[who].force_login(self.county.users[who], backend=BACKEND)
        return self.clients[who]

    def stand(self, at: datetime) -> None:
        """Let every page believe it is `at`. Sessions of another day have run out, so everybody signs in again."""
        self.clients.clear()
        self.monkeypatch.setattr("django.utils.timezone.now", lambda: at)

    def after(self, path: Path) -> Path:
        """Stand an hour after the last act on a matter."""
        self.stand(path.at + timedelta(hours=1))
        return path

    def path(self, **changes: Any) -> Path:
        """A matter just registered, and the clock an hour later."""
        return self.after(Path.register(self.county, **changes))

    def page(self, who: str, path: Path, query: str = "") -> HttpResponse:
        return self.client(who).get(reverse("matters:page", args=[path.matter.number]) + query)

    def open(self, who: str, path: Path, name: str, query: str = "", **more: Any) -> HttpResponse:
        return self.client(who).get(self.url(path, name) + query, **more)

    def press(self, who: str, path: Path, name: str, **given: Any) -> HttpResponse:
        """Post an act's form; the version is the matter's own unless another is given."""
        data = {"version": Matter.objects.get(pk=path.matter.pk).version} | given
        return self.client(who).post(self.url(path, name), data)

    def met(self, who: str, path: Path) -> Case:
        """The matter as that person meets it an hour after its last act."""
        now = path.at + timedelta(hours=1)
        return case(self.county.who(who, now), path.matter.number, now=now, law=self.county.law)

    def url(self, path: Path, name: str) -> str:
        return reverse("matters:act", args=[path.matter.number, name])


def said(response: HttpResponse) -> str:
    return response.content.decode()


def verbs(path: Path) -> list[str]:
    """The verbs of a matter's story, oldest first."""
    return [entry.verb for entry in ledger.story(path.matter.id)]


def photo(name: str = "a.jpg", colour: str = "#357") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
