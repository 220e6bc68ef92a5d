"""The rows of one matter, read with SQL that is built once: building it costs several times what running it does."""

from typing import Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, UUIDField

M = TypeVar("M", bound=Model)
KEY = UUIDField()


class RowsOf(Generic[M]):
    """A table's rows of one matter, in a fixed order. Call it with the matter's id."""

    def __init__(self, model: type[M], *order: str) -> None:
        self._model = model
        self._order = order
        self._sql: dict[str, str] = {}  # by engine: placeholders and quoting differ

    def __call__(self, matter_id: UUID) -> list[M]:
        """Return the rows, in one query."""
        sql = self._sql.get(connection.vendor)
        if sql is None:
            rows = self._model._default_manager.filter(matter_id=matter_id).order_by(*self._order)
            sql, params = rows.query.sql_with_params()
            if len(params) != 1:
                raise TypeError("the matter's id is the only thing the SQL depends on")
            self._sql[connection.vendor] = sql
        return list(self._model._default_manager.raw(sql, [KEY.get_db_prep_value(matter_id, connection)]))
