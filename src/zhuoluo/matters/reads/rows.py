"""The rows of one matter, read with SQL that is built once."""

from typing import TypeVar

from django.db.models import Model, UUIDField

from zhuoluo.kit.queries import BuiltOnce

M = TypeVar("M", bound=Model)


def rows_of(model: type[M], *order: str) -> BuiltOnce[M]:
    """Return the read of a table's rows of one matter, in a fixed order. Call it with `matter`, its id."""
    return BuiltOnce(
        lambda matter: model._default_manager.filter(matter_id=matter).order_by(*order), matter=UUIDField()
    )
