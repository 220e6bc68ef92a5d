"""What the worker does by itself: finality after a window unused, successors after a unit's last day."""

from datetime import timedelta

import pytest

from tests.county import County
from zhuoluo.matters import tasks
from zhuoluo.matters.tests.law import ask, facts
from zhuoluo.matters.tests.path import Path
from zhuoluo.org import actions as org
from zhuoluo.org.rules import SYSTEM

pytestmark = pytest.mark.django_db


def test_the_worker_notes_finality_once_when_nobody_asked_for_a_review(county: County) -> None:
    path, asked = Path.register(county).served(), Path.register(county).served()
    ask(asked)
    later = path.at + timedelta(days=40)
    assert tasks.finalize_lapsed(now=path.at + timedelta(days=20)) == 0
    assert tasks.finalize_lapsed(now=later) == 1
    assert tasks.finalize_lapsed(now=later) == 0
    assert "final" in facts(path)
    assert "final" not in facts(asked)


def test_the_worker_hands_the_matters_of_a_closed_unit_to_its_successor(county: County) -> None:
    path = Path.register(county).handling()
    org.close_unit(
        unit=county.units["ZJ"],
        until_date=path.at.date(),
        successor=county.units["JT"],
        by=SYSTEM,
        at=path.at,
    )
    assert tasks.succeed_all(now=path.at) == 0
    assert tasks.succeed_all(now=path.at + timedelta(days=2)) == 1
    path.matter.refresh_from_db()
    assert path.matter.lead_unit == county.units["JT"]
    assert tasks.succeed_all(now=path.at + timedelta(days=2)) == 0
