"""What the demo is made of, before anything is built from it."""

import random
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from zhuoluo.clock import BEIJING, Calendar
from zhuoluo.demo.rules import geometry, plans, texts
from zhuoluo.demo.rules.accounts import TRIES
from zhuoluo.demo.rules.pictures import MOTIFS, SIZE, photo
from zhuoluo.demo.rules.places import HEIGHT, WIDTH, county, data
from zhuoluo.demo.rules.rhythm import later, leisure
from zhuoluo.demo.rules.scenes import SCENES, WAVES
from zhuoluo.matters.rules import KLASSES, OUTCOMES, REDIRECTS, check_answer, check_filing
from zhuoluo.org.rules import ROLE_NAMES

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TOPICS = list(texts.topics().values())


def _area(ring: geometry.Ring) -> float:
    return sum(ring[k - 1][0] * y - x * ring[k - 1][1] for k, (x, y) in enumerate(ring)) / 2


def test_the_towns_tile_the_county_without_gap_or_overlap() -> None:
    edge = geometry.outline(WIDTH, HEIGHT)
    cells = geometry.cells(edge, [(float(t["x"]), float(t["y"])) for t in data("places")["town"]])
    assert sum(map(_area, cells)) == pytest.approx(_area(edge))
    assert all(_area(cell) > 0 for cell in cells)


def test_every_place_has_a_code_below_its_town_a_closed_border_and_a_point_inside() -> None:
    places = county().places
    assert len({p.code for p in places}) == len(places) > 130
    assert {len(p.code) for p in places} == {12}
    towns = {p.code for p in county().towns}
    assert all(p.town_code in towns for p in places if p.level == "village")
    for place in places:
        ring = [(x, y) for x, y in place.boundary]
        assert ring[0] == ring[-1]
        assert geometry.inside(ring, (float(place.longitude), float(place.latitude)))


def test_neighbours_share_their_border_after_it_was_bent() -> None:
    left = geometry.grown([(0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0)])
    right = geometry.grown([(3.0, 0.0), (6.0, 0.0), (6.0, 3.0), (3.0, 3.0)])
    assert len(set(left) & set(right)) > 4


@pytest.mark.parametrize("topic", TOPICS, ids=lambda t: t.id)
def test_a_topic_fills_every_gap_and_its_answers_are_lawful(topic: texts.Topic) -> None:
    dice = random.Random(1)
    place = next(p for p in county().places if p.level == "village")
    for kind in ("person", "group", "enterprise"):
        for _ in range(12):
            fill = texts.slots(dice, place, county().towns[0])
            said = texts.compose(topic, fill, kind, dice)
            whole = "".join(
                [said.title, said.text, said.facts, said.basis, said.done, *said.opinions.values()]
            )
            assert "{" not in whole
            assert "}" not in whole
            check_filing(topic.klass, kind, "张三", "某处", "", said.text, required=True)
            for outcome, opinion in said.opinions.items():
                check_answer(said.request, said.facts, opinion, said.basis, outcome, klass=topic.klass)
            if "supported" in said.opinions:
                assert len(said.done) >= 5


def test_topics_name_real_categories_units_classes_and_doors() -> None:
    units = {row["code"] for row in data("units")["unit"]} | {"town", ""}
    categories = data("categories")["rows"]
    assert len(categories) == 15 * 6
    for topic in TOPICS:
        assert topic.category in categories
        assert {topic.unit, topic.co} <= units
        assert topic.klass in KLASSES
        assert set(topic.opinions) <= set(OUTCOMES)
        assert topic.photo in {"", *MOTIFS}
    assert set(texts.words()["redirects"]) <= set(REDIRECTS)


def test_waves_and_scenes_name_topics_and_places_there_are() -> None:
    names = {p.name for p in county().places}
    ids = {t.id for t in TOPICS}
    for wave in WAVES:
        assert wave.topic in ids
        assert set(wave.places) <= names
    for scene in SCENES:
        assert scene.topic in ids
        assert scene.place in names
        plans.Plan(**scene.plan)


def test_every_account_belongs_to_exactly_one_person_and_every_role_has_one() -> None:
    rows = [*data("units")["unit"], *data("units")["town"], *data("units")["village"]]
    named = [p for row in rows for p in row["people"] if "username" in p]
    assert sorted(p["username"] for p in named) == sorted(TRIES)
    assert {p["role"] for p in named} == set(ROLE_NAMES)


def test_a_phone_of_the_demo_can_reach_nobody() -> None:
    dice = random.Random(5)
    for _ in range(500):
        number = texts.phone(dice)
        assert len(number) == 11
        assert number.startswith("12")  # mobile numbers begin with 13 to 19


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_photo_shows_before_and_after_differently(motif: str) -> None:
    before, after = (photo(motif, after=a, dice=random.Random(3)) for a in (False, True))
    assert before != after
    assert Image.open(BytesIO(before)).size == SIZE


def test_offices_act_on_working_days_in_office_hours_and_never_backwards() -> None:
    dice, calendar = random.Random(2), Calendar.shipped()
    at = MONDAY
    for _ in range(600):
        moment = later(calendar, dice, at, 0, 2.5)
        local = moment.astimezone(BEIJING)
        assert moment > at
        assert calendar.is_workday(local.date())
        assert 8 <= local.hour <= 17
        at = moment


def test_people_write_from_early_to_late_on_the_day_meant() -> None:
    dice = random.Random(4)
    moments = [leisure(dice, MONDAY) for _ in range(200)]
    assert {m.astimezone(UTC).date().isoformat() for m in moments} <= {"2026-03-01", "2026-03-02"}
    assert all(m.utcoffset() is not None for m in moments)
