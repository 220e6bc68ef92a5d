"""Queries whose SQL is built once give what the ORM gives, every time anew."""

from datetime import date, timedelta

import pytest
from django.db.models import CharField, F, UUIDField
from pytest_django import DjangoAssertNumQueries

from tests.county import MONDAY, County
from zhuoluo.kit.queries import BuiltOnce
from zhuoluo.org.models import Post, Unit, User
from zhuoluo.org.reads import POSTS_OF, live_posts

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def test_everybodys_posts_are_those_the_orm_finds(
    county: County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Post.objects.filter(user=county.users["road"]).update(until_date=TODAY - timedelta(days=1))
    User.objects.filter(username="caller").update(is_active=False)
    found = {name: POSTS_OF(on=TODAY, user=user.id) for name, user in county.users.items()}
    assert found["road"] == found["caller"] == []
    for name, user in county.users.items():
        told = [(p, p.user.name, p.unit.name) for p in live_posts(TODAY).filter(user=user)]
        with django_assert_num_queries(0):
            assert told == [(p, p.user.name, p.unit.name) for p in found[name]]
    [mine] = found["handler"]
    assert isinstance(mine.from_date, date)


def test_a_post_given_after_the_first_question_is_seen_at_the_second(county: County) -> None:
    user = county.users["handler"]
    before = len(POSTS_OF(on=TODAY, user=user.id))
    Post.objects.create(user=user, unit=county.units["SQ"], title="挂职", role="clerk", from_date=TODAY)
    assert len(POSTS_OF(on=TODAY, user=user.id)) == before + 1


def test_what_is_annotated_and_what_is_not_there_come_along(county: County) -> None:
    inside = BuiltOnce(
        lambda code: (
            Unit.objects.filter(code=code).select_related("area", "parent").annotate(seat=F("area__name"))
        ),
        code=CharField(),
    )
    [town], [office] = inside(code="SQ"), inside(code="XF")
    assert (vars(town)["seat"], town.area and town.area.name) == ("石桥镇", "石桥镇")
    assert (vars(office)["seat"], office.area, office.parent) == (None, None, None)


def test_columns_left_out_are_read_when_asked_for_and_text_is_only_a_value(county: County) -> None:
    named = BuiltOnce(lambda code: Unit.objects.filter(code=code).only("code"), code=CharField())
    [unit] = named(code="SQ")
    assert unit.get_deferred_fields()
    assert unit.name == "石桥镇"
    assert named(code="SQ' OR '1'='1") == []


def test_each_shape_is_a_question_of_its_own(county: County) -> None:
    some = BuiltOnce(
        lambda most, kind: Unit.objects.filter(kind=kind).order_by("code")[:most], kind=CharField()
    )
    assert [len(some(most, kind="department")) for most in (1, 2, 1)] == [1, 2, 1]


def test_a_question_that_ignores_a_value_is_refused(county: County) -> None:
    deaf = BuiltOnce(lambda unit: Unit.objects.exclude(code=""), unit=UUIDField())
    with pytest.raises(TypeError):
        deaf(unit=county.units["SQ"].id)
