"""Queries of a fixed shape, whose SQL is built once: building it costs several times what running it does."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import CharField, DateField, Field, Model, QuerySet, UUIDField
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
# What stands for a value while the SQL is built, so that its place can be found: nothing real looks like it.
STAND_INS: dict[type[Any], Callable[[int], Any]] = {
    UUIDField: lambda place: UUID(int=0xFACE << 64 | place),
    DateField: lambda place: date(1, 1, 1 + place),
    CharField: lambda place: f"\x01stand-in {place}",
}


@dataclass(frozen=True)
class _Built:
    model: type[Any]
    sql: str
    places: list[tuple[str | None, Any]]  # of each parameter: the value that stands there, or the constant
    columns: dict[str, int]  # where the model's own stand
    more: dict[str, int]  # and those annotated
    related: Any
    converters: Any


class BuiltOnce(Generic[M]):
    """The rows that `build` asks for. Call it with the values named in `fields`, each anew every time.

    `build` takes those values as keywords and returns a queryset. `shape`: whatever else the SQL depends on; it is built
    once for each, and goes to `build` first.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **fields: "Field[Any, Any]") -> None:
        self._build = build
        self._fields = fields
        self._known: dict[Hashable, _Built] = {}

    def __call__(self, *shape: Hashable, **values: Any) -> list[M]:
        """Return the rows, in one query."""
        key = (connection.vendor, *shape)  # engines differ in placeholders and quoting
        built = self._known.get(key)
        if built is None:
            built = self._known[key] = self._prepare(shape)
        given = {n: f.get_db_prep_value(values[n], connection) for n, f in self._fields.items()}
        with connection.cursor() as cursor:
            cursor.execute(built.sql, [constant if n is None else given[n] for n, constant in built.places])
            rows = cursor.fetchall()
        return [_row(built, row) for row in rows]

    def _prepare(self, shape: tuple[Hashable, ...]) -> _Built:
        stand_ins = {n: STAND_INS[type(f)](at) for at, (n, f) in enumerate(self._fields.items())}
        rows = self._build(*shape, **stand_ins)
        compiler = rows.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        names = {f.get_db_prep_value(stand_ins[n], connection): n for n, f in self._fields.items()}
        places = [(names.get(param), param) for param in params]
        if {name for name, _ in places} - {None} != set(self._fields):
            raise TypeError("every value must stand in the SQL as it is given")
        return _built(rows.model, compiler, sql, places)


def _built(model: type[Any], compiler: Any, sql: str, places: list[tuple[str | None, Any]]) -> _Built:
    """Note of a compiled query what the ORM looks up each time it makes rows (see ModelIterable)."""
    select, made_of = compiler.select, compiler.klass_info
    return _Built(
        model, sql, places,
        columns={select[at][0].target.attname: at for at in made_of["select_fields"]},
        more=dict(compiler.annotation_col_map or {}),
        related=get_related_populators(made_of, select, connection.alias),  # type: ignore[call-arg]  # stubs: a later Django
        converters=list(compiler.get_converters([expression for expression, *_ in select]).items()),
    )  # fmt: skip


def _row(built: _Built, values: tuple[Any, ...]) -> Any:
    """Make a row's object as the ORM would."""
    given = list(values)
    for at, (converters, expression) in built.converters:
        for convert in converters:
            given[at] = convert(given[at], expression, connection)
    made = built.model.from_db(connection.alias, built.columns, [given[at] for at in built.columns.values()])
    for related in built.related:
        related.populate(given, made)
    for name, at in built.more.items():
        setattr(made, name, given[at])
    return made
