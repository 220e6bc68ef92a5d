"""What each role gets at each address: the reviewed table (access.toml), and asking for it."""

import tomllib
from pathlib import Path

from django.http import HttpResponseBase
from django.urls import reverse

from tests.addresses import Address
from tests.scene import ROLES, Scene

FILE = Path(__file__).with_name("access.toml")
METHODS = ("GET", "POST")
NOTHING_DONE = (400, 409, 422)  # asked again, with what is wrong
Table = dict[str, dict[str, dict[str, str]]]


def table() -> Table:
    """The reviewed table: address → "METHOD kind" → role → what it gets."""
    rows = tomllib.loads(FILE.read_text())
    return {
        key: {line: dict(zip(ROLES, words.split(), strict=True)) for line, words in lines.items()}
        for key, lines in rows.items()
    }


def expected(rows: Table, address: Address, method: str, kind: str) -> dict[str, str]:
    """The line for an address: its own; else that of its method; else what is said for all its variants."""
    for key in (address.key, address.name):
        for line in (f"{method} {kind}".strip(), method):
            if line in rows.get(key, {}):
                return rows[key][line]
    raise KeyError(f"{address.key}: access.toml has no line {method} {kind}")


def outcome(response: HttpResponseBase) -> str:
    """What a request got: "sign" (sent to sign in), "go" (sent elsewhere), "ask" (nothing done), else the status."""
    if response.status_code in (301, 302, 303):
        return "sign" if response["Location"].startswith(reverse("org:sign-in")) else "go"
    return "ask" if response.status_code in NOTHING_DONE else str(response.status_code)


def got(scene: Scene, address: Address, role: str, method: str, kind: str) -> str:
    """Ask once and say what came; nothing of it stays."""
    with scene.untouched(role) as client:
        return outcome(client.generic(method, address.url(scene, role, kind)))


def lines(address: Address) -> list[tuple[str, str]]:
    """Method and kind of every line an address needs."""
    return [(method, kind) for method in METHODS for kind in address.kinds]
