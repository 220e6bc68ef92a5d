"""What a process of its own does in tests that kill it: writes matters, and says a number only when it stands."""

import json
from uuid import uuid4

from django.core.management import call_command
from django.db.models import Count
from django.utils import timezone

from tests.county import build
from zhuoluo.ledger.models import Entry
from zhuoluo.matters import actions
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.tests.path import filing
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import law
from zhuoluo.org.rules import RESIDENT, SYSTEM


def prepare() -> None:
    """Make the tables and the county."""
    call_command("migrate", verbosity=0)
    build()


def write() -> None:
    """Register and forward until killed, a line for each act that was acknowledged."""
    unit = Unit.objects.get(code="ZJ").id
    while True:
        now = timezone.now()
        key = uuid4().hex
        print("begun", key, flush=True)
        matter = actions.register(filing=filing(), by=RESIDENT, at=now, law=law(), key=key).matter
        print("registered", matter.number, key, flush=True)
        actions.forward(matter_id=matter.id, unit_id=unit, by=SYSTEM, at=now, law=law())
        print("forwarded", matter.number, flush=True)


def check() -> None:
    """Print what stands in the database, as JSON."""
    entries = dict(
        Entry.objects.filter(subject_kind="matter").values_list("subject_id").annotate(n=Count("seq"))
    )
    live = dict(
        Commitment.objects.filter(closed_at__isnull=True).values_list("matter_id").annotate(n=Count("id"))
    )
    rows = [
        {"number": m.number, "version": m.version, "entries": entries.pop(m.id, 0), "live": live.get(m.id, 0)}
        for m in Matter.objects.all()
    ]
    print(json.dumps({"matters": rows, "entries of none": len(entries)}))
