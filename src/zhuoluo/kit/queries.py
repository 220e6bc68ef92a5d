"""Queries of a fixed shape, whose SQL is built once: building it costs several times what running it does."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import CharField, DateField, Field, Model, QuerySet, UUIDField

M = TypeVar("M", bound=Model)
# What stands for a value while the SQL is built, so that its place can be found: nothing real looks like it.
STAND_INS: dict[type[Any], Callable[[int], Any]] = {
    UUIDField: lambda place: UUID(int=0xFACE << 64 | place),
    DateField: lambda place: date(1, 1, 1 + place),
    CharField: lambda place: f"\x01stand-in {place}",
}


class BuiltOnce(Generic[M]):
    """The rows that `build` asks for. Call it with the values named in `fields`, each anew every time.

    `build` takes those values as keywords and returns a queryset; what it selects from other tables it annotates (there
    is no select_related). `shape`: whatever else the SQL depends on; it is built once for each, and goes to `build` first.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **fields: "Field[Any, Any]") -> None:
        self._build = build
        self._fields = fields
        self._known: dict[Hashable, tuple[type[M], str, list[tuple[str | None, Any]]]] = {}

    def __call__(self, *shape: Hashable, **values: Any) -> list[M]:
        """Return the rows, in one query."""
        key = (connection.vendor, *shape)  # engines differ in placeholders and quoting
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._prepare(shape)
        model, sql, places = known
        given = {n: f.get_db_prep_value(values[n], connection) for n, f in self._fields.items()}
        params = [given[name] if name is not None else constant for name, constant in places]
        return list(model._default_manager.raw(sql, params))

    def _prepare(self, shape: tuple[Hashable, ...]) -> tuple[type[M], str, list[tuple[str | None, Any]]]:
        stand_ins = {n: STAND_INS[type(f)](at) for at, (n, f) in enumerate(self._fields.items())}
        rows = self._build(*shape, **stand_ins)
        sql, params = rows.query.sql_with_params()
        names = {f.get_db_prep_value(stand_ins[n], connection): n for n, f in self._fields.items()}
        places = [(names.get(param), param) for param in params]
        if {name for name, _ in places} - {None} != set(self._fields):
            raise TypeError("every value must stand in the SQL as it is given")
        return rows.model, sql, places
