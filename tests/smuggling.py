"""Fields nobody asked for, added to a press: called like every column of every model, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db import models

from tests.pressing import Form, Pressed, changed, filled, pressed
from tests.scene import Browser

WORD = "塞进来的话"
# Names that no column has, but that somebody would try.
TRIED = {
    "is_superuser": "1", "is_staff": "1", "is_admin": "1", "permissions": "administer", "roles": "administrator",
    "groups": "1", "due_at": "2099-12-31", "deadline": "2099-12-31", "by": "system", "at": "2020-01-01T00:00:00Z",
    "actor": "system", "law": "{}", "identity": "on", "light": "green", "verdict": "on_time", "mode": "all",
}  # fmt: skip


def plausible(field: Any) -> list[str]:
    """Values that would do harm if they were taken: another's row, another stage, a far date."""
    if isinstance(field, models.ForeignKey):
        return [
            str(pk)
            for pk in field.target_field.model._base_manager.values_list(field.target_field.name, flat=True)[
                :1
            ]
        ]
    if field.choices:
        return [str(field.flatchoices[-1][0]), str(field.flatchoices[0][0])]
    kinds: list[tuple[type, list[str]]] = [
        (models.BooleanField, ["on"]),
        (models.DateTimeField, ["2099-12-31T00:00:00Z"]),
        (models.DateField, ["2099-12-31"]),
        (models.IntegerField, ["9"]),
        (models.DecimalField, ["112.5"]),
        (models.JSONField, ['{"role": "administrator"}']),
        (
            models.UUIDField,
            [str(pk) for pk in field.model._base_manager.values_list(field.name, flat=True)[:1]],
        ),
    ]
    return next((values for kind, values in kinds if isinstance(field, kind)), [WORD])


NAMED = {
    "stage": ["closed", "handling"],
    "role": ["administrator", "petition_officer"],
    "klass": ["suggestion"],
}


def extras() -> list[dict[str, str]]:
    """Two lots of fields called like every column of every model, with different values where a name has several."""
    wanted: dict[str, list[str]] = {name: [value] for name, value in TRIED.items()}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            for name in {field.name, field.attname}:
                wanted.setdefault(name, []).extend(plausible(field))
    wanted |= NAMED
    return [
        {name: values[min(lot, len(values) - 1)] for name, values in wanted.items() if values}
        for lot in (0, 1)
    ]


Says = Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Press:
    """One form to be sent: by whom, when, with what typed; `known`: every name its address asks for."""

    client: Browser
    form: Form
    now: datetime
    known: frozenset[str]
    says: Says = dict

    def once(self, more: dict[str, str], query: dict[str, str]) -> Pressed:
        given = more | filled(self.form, self.now, self.says())
        url = self.form.action
        if query:
            url += ("&" if "?" in url else "?") + urlencode(query)
        cookies = dict(self.client.cookies)
        try:
            return pressed(lambda: self.client.post(url, given), self.now)
        finally:
            self.client.cookies.clear()
            self.client.cookies.update(cookies)


def faults(press: Press) -> tuple[list[str], bool]:
    """What the added fields changed, and whether the press as it stands changes anything at all."""
    plain = press.once({}, {})
    known = press.known | press.form.names | set(press.says())
    lots = [{n: v for n, v in lot.items() if n not in known} for lot in extras()]
    wrong = []
    for more, query in [(lots[0], {}), (lots[1], {}), ({}, lots[0])]:
        told = press.once(more, query)
        if told.status != plain.status:
            wrong.append(f"{press.form.action}: {told.status} instead of {plain.status}")
        for name in sorted(set(plain.rows) | set(told.rows)):
            new = set(told.rows.get(name, [])) ^ set(plain.rows.get(name, []))
            if new and (name in plain.rows or name in changed(told.rows)):
                wrong.append(f"{press.form.action}: {name} differs: {sorted(new)[:4]}")
    return wrong, bool(changed(plain.rows))
