"""Filling in the forms of a page as a browser would, and what a press of the button changes in the database."""

import os
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from zhuoluo.files.tests.samples import jpeg
from zhuoluo.kit import ids

LONG = "写得足够详细的一段说明文字，看过现场"
DAYS = 5  # a day asked for is so many days from the form's own
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
EPOCH = time.time_ns()
ELSEWHERE = {"txid", "logout_time"}  # filled by a trigger of the database; by a clock of its own


# --- forms as they stand in a page ---


@dataclass
class Control:
    """One input, select, textarea or button of a form."""

    tag: str
    name: str
    kind: str
    value: str
    attrs: dict[str, str]
    options: list[tuple[str, bool]] = field(default_factory=list)


@dataclass
class Form:
    """One form of a page: where it goes, what is in it."""

    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {control.name for control in self.controls if control.name}

    @property
    def target(self) -> tuple[str, str]:
        """The name of the address it is sent to, and the word in it that says which act or step."""
        return sent_to(self.action)


def sent_to(url: str) -> tuple[str, str]:
    """The name of an address, and the word in it that says which act or step."""
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return "", ""
    words = [str(match.kwargs[k]) for k in ("name", "verb", "step", "state") if k in match.kwargs]
    return match.view_name, "/".join(words)


class _Reader(HTMLParser):
    def __init__(self, at: str) -> None:
        super().__init__(convert_charrefs=True)
        self.at, self.forms = at, list[Form]()
        self.open: Form | None = None
        self.told: Control | None = None
        self.by_id: dict[str, Form] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(
                urljoin(self.at, given.get("action") or self.at), given.get("method", "get").lower()
            )
            self.by_id[given.get("id", "")] = self.open
            self.forms.append(self.open)
        owner = self.by_id.get(given["form"]) if "form" in given else self.open
        if owner is None or "disabled" in given:
            return
        if tag in {"input", "button", "select", "textarea"}:
            kind = given.get("type", {"button": "submit", "input": "text"}.get(tag, tag))
            self.told = Control(tag, given.get("name", ""), kind, given.get("value", ""), given)
            owner.controls.append(self.told)
        elif tag == "option" and self.told is not None:
            self.told.options.append((given.get("value", ""), "selected" in given))

    def handle_data(self, data: str) -> None:
        if self.told is not None and self.told.tag == "textarea":
            self.told.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        if tag in {"select", "textarea", "button"}:
            self.told = None


def forms_of(at: str, html: str) -> list[Form]:
    """Every form of a page that is sent by POST."""
    reader = _Reader(at)
    reader.feed(html)
    return [form for form in reader.forms if form.method == "post"]


def filled(form: Form, now: datetime, says: dict[str, Any]) -> dict[str, Any]:
    """What a careful person sends: first choices, true words, what the form holds already; `says` goes first."""
    given: dict[str, Any] = {}
    for one in form.controls:
        if one.name and one.kind not in {"button", "reset"}:
            _fill(given, one, now)
    buttons = [c for c in form.controls if c.kind == "submit" and c.name and not c.name.startswith("_")]
    plain = [c for c in form.controls if c.kind == "submit" and not c.name]
    for button in [c for c in form.controls if c.kind == "submit"]:
        given.pop(button.name, None)
    if buttons and not plain:
        given[buttons[0].name] = buttons[0].value
    return given | says


def _fill(given: dict[str, Any], one: Control, now: datetime) -> None:
    ticked = "checked" in one.attrs
    if one.kind == "radio":
        if one.value and (ticked or one.name not in given):
            given[one.name] = one.value
    elif one.kind == "checkbox":
        if ticked or "required" in one.attrs:
            given[one.name] = one.value or "on"
    elif one.tag == "select":
        chosen = [v for v, selected in one.options if selected and v] or [v for v, _ in one.options if v]
        given[one.name] = chosen[0] if chosen else ""
    elif one.kind == "file":
        given[one.name] = SimpleUploadedFile("现场.jpg", jpeg())
    else:
        given[one.name] = one.value.strip() or _typed(one, now)


def _typed(one: Control, now: datetime) -> str:
    """What is typed where nothing stands yet; a single line of words is left to `says`."""
    day = (now + timedelta(days=DAYS)).date().isoformat()
    return {"date": day, "number": one.attrs.get("min", "5"), "tel": "13900007777", "textarea": LONG}.get(
        one.kind, ""
    )


# --- the same press twice gives the same rows ---


@contextmanager
def repeatable(now: datetime) -> Iterator[None]:
    """Stop the clock and draw the same random numbers each time, so that two runs of one thing can be compared."""
    drawn = random.Random("the same each time")
    last, patch = ids._last, pytest.MonkeyPatch()
    patch.setattr(timezone, "now", lambda: now)
    patch.setattr(time, "time", lambda: EPOCH / 10**9)
    patch.setattr(os, "urandom", drawn.randbytes)
    patch.setattr(random, "_urandom", drawn.randbytes)
    patch.setattr("django_otp.util.urandom", drawn.randbytes)
    ids._last = EPOCH * 4096 // 10**6 + 10**12  # hours ahead, the same each time
    try:
        yield
    finally:
        patch.undo()
        ids._last = last


@contextmanager
def at(now: datetime) -> Iterator[None]:
    """Let the pages' clock stand at a moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now)
        yield


@dataclass(frozen=True)
class Pressed:
    """What came of a press: the status, and the rows of every table written to."""

    status: int
    rows: dict[str, list[str]]
    said: bytes


def pressed(send: Callable[[], Any], now: datetime) -> Pressed:
    """Send something, look at the tables it wrote to, and take all of it back."""
    written: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(sql):
            written.add(found[1])
        return execute(sql, params, many, context)

    with repeatable(now), transaction.atomic():
        with connection.execute_wrapper(note):
            answer = send()
        rows = {table: rows_of(table) for table in sorted(written)}
        transaction.set_rollback(True)
    return Pressed(answer.status_code, rows, answer.words)


def changed(after: dict[str, list[str]]) -> dict[str, list[str]]:
    """Of what a press left behind (and that is taken back by now), the tables that differ from before."""
    return {table: rows for table, rows in after.items() if rows != rows_of(table)}


def rows_of(table: str) -> list[str]:
    """The rows of a table, in an order of their own, without numbers that a sequence gave out."""
    model = next((m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table), None)
    if model is None:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            return sorted(map(repr, cursor.fetchall()))
    columns = [f.attname for f in model._meta.concrete_fields if not _numbered(f) and f.name not in ELSEWHERE]
    return sorted(repr(row) for row in model._base_manager.values_list(*columns))


def _numbered(column: Any) -> bool:
    """Whether a sequence fills the column; sequences do not go back with the transaction."""
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    return isinstance(column, models.AutoField)
