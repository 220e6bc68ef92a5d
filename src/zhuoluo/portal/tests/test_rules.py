"""The rules of the form, the limits and the map, without a database."""

from itertools import pairwise

import pytest

from zhuoluo.kit.address import client_address
from zhuoluo.portal.rules.shape import inside, middle, sheet
from zhuoluo.portal.rules.steps import Answers, after, before, chosen_class, gap, path

SQUARE = [[112.0, 26.0], [112.2, 26.0], [112.2, 26.1], [112.0, 26.1], [112.0, 26.0]]


def test_every_screen_leads_on_and_back() -> None:
    for answers in (
        Answers(klass="claim"), Answers(klass="litigation", town="1"), Answers(unsure=True), Answers(klass="inquiry", unsure=True)
    ):  # fmt: skip
        steps = path(answers)
        assert steps[0] == "kind"
        assert steps[-1] == "check"
        for one, other in pairwise(steps):
            assert after(answers, one) == other
            assert before(answers, other) == one


def test_answers_come_back_from_json_as_they_were() -> None:
    answers = Answers(
        klass="claim", text="路灯", about_units=("a", "b"), photos=("c",), prints=("d",), people=7
    )
    assert Answers.from_json(answers.as_json()) == answers
    assert Answers.from_json({**answers.as_json(), "of an older release": 1}) == answers
    assert Answers().as_json() == {}


def test_the_first_gap_is_what_the_law_asks() -> None:
    answers = Answers()
    assert gap(answers) == "kind"
    assert gap(chosen_class(answers, "unsure")) == "sort"
    assert gap(Answers(klass="claim")) == "what"
    assert gap(Answers(klass="claim", text="x")) == "who"
    assert gap(Answers(klass="claim", text="x", name="张三", address="石桥村")) == ""
    assert gap(Answers(klass="inquiry", text="x", phone="1")) == ""
    assert gap(Answers(klass="claim", text="x", kind="anonymous")) == ""
    assert (
        gap(Answers(klass="claim", text="x", kind="group", name="甲、乙、丙、丁、戊、己", address="x"))
        == "who"
    )


def test_a_group_counts_those_not_named() -> None:
    assert Answers(kind="group", name="甲、乙", people=12).others() == 10
    assert Answers(kind="group", name="甲、乙", people=2).others() == 0
    assert Answers(kind="person", name="甲", people=12).others() == 0


@pytest.mark.parametrize(
    ("remote", "forwarded", "hops", "client"),
    [
        ("10.0.0.9", "", 0, "10.0.0.9"),
        ("10.0.0.9", "1.2.3.4", 0, "10.0.0.9"),  # no proxy of ours: the header is the client's own claim
        ("10.0.0.9", "6.6.6.6, 1.2.3.4", 1, "1.2.3.4"),
        ("10.0.0.9", "6.6.6.6, 1.2.3.4, 10.0.0.1", 2, "1.2.3.4"),
        ("10.0.0.9", "", 1, "10.0.0.9"),
        ("10.0.0.9", "nonsense", 1, "10.0.0.9"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::"),
        ("::ffff:1.2.3.4", "", 0, "1.2.3.4"),
    ],
)
def test_a_client_is_who_our_own_proxy_says(remote: str, forwarded: str, hops: int, client: str) -> None:
    assert client_address(remote, forwarded, hops) == client


def test_a_pixel_leads_back_to_its_place() -> None:
    drawn = sheet([SQUARE], 288, 400)
    assert drawn is not None
    for longitude, latitude in [(112.0, 26.0), (112.2, 26.1), (112.07, 26.03)]:
        x, y = drawn.pixel(longitude, latitude)
        assert 0 <= x <= drawn.width
        assert 0 <= y <= drawn.height
        back = drawn.place(x, y)
        assert back == pytest.approx((longitude, latitude), abs=1e-9)


def test_north_is_up_and_shapes_keep_their_proportion() -> None:
    drawn = sheet([SQUARE], 288, 400)
    assert drawn is not None
    assert drawn.pixel(112.1, 26.1)[1] < drawn.pixel(112.1, 26.0)[1]
    wide = drawn.pixel(112.2, 26.05)[0] - drawn.pixel(112.0, 26.05)[0]
    high = drawn.pixel(112.1, 26.0)[1] - drawn.pixel(112.1, 26.1)[1]
    assert wide / high == pytest.approx(
        2 * 0.8988, rel=0.01
    )  # a degree of longitude is 0.9 of one of latitude here


def test_a_tall_county_is_drawn_no_taller_than_asked() -> None:
    tall = [[112.0, 26.0], [112.01, 26.0], [112.01, 28.0], [112.0, 28.0]]
    drawn = sheet([tall], 288, 400)
    assert drawn is not None
    assert drawn.height == 400
    assert drawn.pixel(112.0, 28.0)[1] >= 0
    assert drawn.pixel(112.0, 26.0)[1] <= 400


def test_no_boundaries_no_map() -> None:
    assert sheet([], 288, 400) is None
    assert sheet([[]], 288, 400) is None


def test_inside_is_inside() -> None:
    assert inside(SQUARE, 112.1, 26.05)
    assert not inside(SQUARE, 112.3, 26.05)
    assert not inside(SQUARE, 112.1, 26.2)
    notch = [[0, 0], [4, 0], [4, 4], [2, 1], [0, 4]]
    assert not inside(notch, 2, 3)
    assert inside(notch, 0.5, 2)


def test_a_name_stands_in_the_middle() -> None:
    assert middle(SQUARE) == pytest.approx((112.1, 26.05))
    assert middle([[1, 1], [1, 1]]) == (1, 1)
