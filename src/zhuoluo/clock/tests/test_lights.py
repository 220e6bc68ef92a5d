from datetime import UTC, datetime, timedelta

import pytest

from zhuoluo.clock import ClockError, Light, light

DUE = datetime(2026, 11, 20, 16, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (DUE - timedelta(days=3) - SECOND, Light.GREEN),
        (DUE - timedelta(days=3), Light.YELLOW),
        (DUE - SECOND, Light.YELLOW),
        (DUE, Light.RED),
        (DUE + timedelta(days=400), Light.RED),
    ],
)
def test_an_open_date_turns_yellow_three_days_before_and_red_at_its_end(
    now: datetime, expected: Light
) -> None:
    assert light(DUE, now) is expected


def test_the_yellow_days_can_be_set() -> None:
    assert light(DUE, DUE - timedelta(days=4), yellow_days=5) is Light.YELLOW
    assert light(DUE, DUE - SECOND, yellow_days=0) is Light.GREEN


def test_a_closed_date_keeps_its_verdict_whatever_the_time() -> None:
    for now in (DUE - timedelta(days=9), DUE + timedelta(days=900)):
        assert light(DUE, now, closed=DUE - SECOND) is Light.DONE_ONTIME
        assert light(DUE, now, closed=DUE) is Light.DONE_LATE


def test_without_a_date_there_is_no_light() -> None:
    assert light(None, DUE) is Light.NONE
    assert light(None, DUE, closed=DUE) is Light.NONE


def test_every_light_has_its_own_words_and_shape() -> None:
    lights = list(Light)
    assert len({one.shape for one in lights}) == len(lights)
    assert len({one.word() for one in lights}) == len(lights)
    assert len({one.word("en") for one in lights}) == len(lights)
    assert [one.word() for one in (Light.GREEN, Light.YELLOW, Light.RED)] == ["按期", "临期", "超期"]


@pytest.mark.parametrize("naive", ["due", "now", "closed"])
def test_a_naive_moment_is_refused(naive: str) -> None:
    moments = {"due": DUE, "now": DUE, "closed": DUE}
    moments[naive] = moments[naive].replace(tzinfo=None)
    with pytest.raises(ClockError, match="naive"):
        light(moments["due"], moments["now"], closed=moments["closed"])
