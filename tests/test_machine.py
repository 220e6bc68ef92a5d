"""Hypothesis walks a matter through any acts by anybody: no illegal state, no fork, never two live dates of a kind."""

from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.county import County
from tests.machine import MOVES, Walk, walk

pytestmark = pytest.mark.django_db


class Law(RuleBasedStateMachine):
    """Moves and waits in any order; Hypothesis looks for the shortest sequence that breaks something."""

    def __init__(self, county: County) -> None:
        super().__init__()
        self.county = county
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(seed=st.integers(0, 2**32), klass=st.sampled_from(["claim", "suggestion", "inquiry"]))
    def begin(self, seed: int, klass: str) -> None:
        self.walk = Walk(self.county, Random(seed), klass)

    @rule(move=st.sampled_from(sorted(MOVES)))
    def act(self, move: str) -> None:
        self.walk.step(move)

    @rule(tries=st.integers(1, 8))
    def go_on(self, tries: int) -> None:
        for _ in range(tries):
            self.walk.step(self.walk.choose())

    @rule(hours=st.sampled_from([1, 24, 24 * 8, 24 * 35, 24 * 70]))
    def wait(self, hours: int) -> None:
        self.walk.wait(hours)
        self.walk.check()


def test_no_order_of_acts_leads_to_an_illegal_state(county: County) -> None:
    run_state_machine_as_test(
        lambda: Law(county),
        settings=settings(
            max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_dice_that_know_who_usually_acts_reach_every_corner_of_the_path(county: County) -> None:
    dice = Random(20261123)
    done: dict[str, int] = {}
    for _ in range(20):
        for move, count in walk(county, dice, 90).done.items():
            done[move] = done.get(move, 0) + count
    deep = {"serve_review", "decide_review", "reopen", "certify", "call_back", "decide_extension", "simplify"}
    assert deep <= set(done)
