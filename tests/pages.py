"""Every page of the product for a fitting reader, in a county where each has something on it."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from tests.access import expected, table
from tests.addresses import addresses
from tests.scene import Browser, Scene
from tests.standing_forms import NOW, browser
from tests.test_every_action import TABLE as WAYS
from zhuoluo.matters.forms.bulk import VERBS
from zhuoluo.matters.models import Matter
from zhuoluo.matters.tests.path import Path
from zhuoluo.matters.views.table import ACTS

TABLE = table()
ADDRESSES = [address for address in addresses() if address.name != "matters:act"]  # acts: see deeds
Page = tuple[str, Browser, str]  # key and reader, their browser, the address
# Who is asked first; two of those who get the page stand for the others.
READERS = (
    "officer", "clerk", "admin", "handler", "head", "supervisor", "caller", "auditor", "leader", "mediator", "resident",
    "visitor", "reviewer", "sealed", "outreach", "finance", "coordinator",
)  # fmt: skip
ASKED = {
    "desk:search": "?q=路灯", "org:people": "?q=人", "portal:follow": "?n=QX260302-0001-1", "matters:list": "?stage=handling",
    "figures:home": "?by=unit", "matters:register": "?channel=phone", "programmes:item": "?q=海创园",
    "policy:home": "?q=看病报销多少", "policy:desk-home": "?q=看病报销多少", "live:search": "?q=养老金领多少",
    "live:search-desk": "?q=养老金领多少", "talks:public-menu": "?q=课", "enterprise:home": "?q=材料", "research:home": "?q=养老",
}  # fmt: skip
KEYS = [address.key for address in ADDRESSES] + [f"matters:act/{name}" for name in ACTS]
# Answers to POST only, or to a session that is half signed in: nothing to open.
POSTED = {
    a.key for a in ADDRESSES if not set(expected(TABLE, a, "GET", a.kinds[0]).values()) & {"200", "go"}
} - {"matters:receipt", "matters:slip/a4"}  # fmt: skip
OPENED = [key for key in KEYS if key not in POSTED]


def pages(made: Scene) -> Iterator[Page]:
    """Every page of the access table for two of its readers, with a search in it where it searches."""
    for address in ADDRESSES:
        kind = address.kinds[0]
        cells = expected(TABLE, address, "GET", kind)
        order = READERS if not address.name.startswith("portal:") else READERS[::-1]
        readers = [role for role in order if cells[role] == "200"] or [r for r in order if cells[r] == "go"]
        for role in readers[:2]:
            url = address.url(made, role, kind)
            for query in {"", ASKED.get(address.name, "")}:
                yield f"{address.key} {role}{query}", made.clients[role], url + query


def deeds(made: Scene) -> list[Page]:
    """The page of every act, on a matter in its state; a receipt just after registering."""
    found: list[Page] = []
    for act in ACTS.values():
        start, who, _given = WAYS[act.action.__name__]
        path = start(made.county)
        url = reverse("matters:act", args=[path.matter.number, act.name])
        found.append((f"matters:act/{act.name} {who}", browser(made, who or "clerk"), url))
    by = made.county.who("clerk", NOW)
    number = Path.register(made.county, at=NOW, by=by, channel="walk_in").matter.number
    found += [
        ("matters:receipt clerk", made.clients["clerk"], reverse("matters:receipt", args=[number])),
        ("matters:slip/a4 clerk", made.clients["clerk"], reverse("matters:slip", args=[number, "a4"])),
    ]
    return found


def chosen(made: Scene) -> Iterator[Page]:
    """The form for all the matters that wait at the clerk's desk, up to fifty of them."""
    rows = Matter.objects.filter(stage="registered", registered_by=made.county.units["SQ"]).order_by("pk")[
        :50
    ]
    query = urlencode([("m", f"{row.number}:{row.version}") for row in rows])
    for verb in VERBS:
        yield (
            f"matters:bulk/{verb} chosen",
            made.clients["clerk"],
            f"{reverse('matters:bulk', args=[verb])}?{query}",
        )
