"""Grow a demo county to any size: its real histories, written by the product's own actions, are copied row by row.

Each copy gets ids, numbers and times of its own; everything else (texts, paths, dates, explanations) stays as the
actions wrote it, so a million matters look like a thousand real ones. About ten entries a matter.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from zhuoluo.matters.rules import make_number

SHANGHAI = ZoneInfo("Asia/Shanghai")
MASK = (1 << 60) - 1  # the random tail of a version 7 UUID
PRIME = 0x9E3779B97F4A7C15 & MASK
# Table → columns that hold ids of copied rows, and columns that hold instants or days.
TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "residents_raiser": (("id",), ("made_at",)),
    "matters_matter": (("id", "raiser_id", "merged_into_id"), ("raised_at", "registered_at")),
    "matters_party": (("id", "matter_id"), ("from_at", "until_at")),
    "matters_about": (("id", "matter_id", "via_id"), ()),
    "matters_commitment": (
        ("id", "matter_id", "replaces_id"), ("starts_at", "target", "due", "opened_at", "closed_at"),
    ),
    "matters_milestone": (("id", "matter_id"), ("at", "undone_at")),
    "matters_text": (("id", "matter_id"), ("at",)),
    "matters_answer": (
        ("id", "matter_id"), ("drafted_at", "issued_at", "served_at", "replaced_at"),
    ),
    "matters_word": (("id", "matter_id"), ("at", "superseded_at")),
    "ledger_entry": (("subject_id",), ("at", "recorded_at")),
}  # fmt: skip


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [c.name for c in connection.introspection.get_table_description(cursor, table)]


@dataclass
class Originals:
    """The matters that the demo made, and how many times they were copied. Kept in a file, so growing can go on."""

    path: Path
    matters: list[str]
    raisers: list[str]
    copies: int = 0

    @classmethod
    def found(cls, path: Path) -> "Originals":
        if path.exists():
            return cls(path, **json.loads(path.read_text()))
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, raiser_id FROM matters_matter")
            rows = cursor.fetchall()
        return cls(path, [str(m) for m, _ in rows], [str(r) for _, r in rows])

    def keep(self, copies: int) -> None:
        self.copies = copies
        told = {"matters": self.matters, "raisers": self.raisers, "copies": copies}
        self.path.write_text(json.dumps(told))

    def rows(self, table: str, names: list[str]) -> list[tuple[Any, ...]]:
        """Return their rows of a table; entries about the house itself are left out."""
        owner = {"residents_raiser": "id", "matters_matter": "id", "ledger_entry": "subject_id"}
        ids = self.raisers if table == "residents_raiser" else self.matters
        column = owner.get(table, "matter_id")
        places = ", ".join(["%s"] * len(ids))
        with connection.cursor() as cursor:
            statement = f"SELECT {', '.join(names)} FROM {table} WHERE {column} IN ({places})"
            cursor.execute(statement, ids)
            return cursor.fetchall()


def moved_id(value: Any, copy: int) -> Any:
    if value is None:
        return None
    number = value.int if isinstance(value, UUID) else int(str(value).replace("-", ""), 16)
    other = (number & ~MASK) | ((number & MASK) ^ ((copy * PRIME) & MASK))
    return UUID(int=other) if isinstance(value, UUID) else f"{other:032x}"


def moved_time(value: Any, shift: timedelta) -> Any:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value + shift
    return (datetime.fromisoformat(value) + shift).strftime("%Y-%m-%d %H:%M:%S.%f")


class Numbers:
    """Numbers for copies: each day goes on counting where the originals stopped."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.last: dict[date, int] = defaultdict(int)
        with connection.cursor() as cursor:
            cursor.execute("SELECT day, last FROM matters_day_counter")
            for day, last in cursor.fetchall():
                self.last[day if isinstance(day, date) else date.fromisoformat(day)] = last

    def next(self, registered: Any) -> str:
        at = registered if isinstance(registered, datetime) else datetime.fromisoformat(registered + "+00:00")
        day = at.astimezone(SHANGHAI).date()
        self.last[day] += 1
        return make_number(self.prefix, day, self.last[day])

    def keep(self) -> None:
        with connection.cursor() as cursor:
            for day, last in self.last.items():
                cursor.execute(
                    "INSERT INTO matters_day_counter (day, last) VALUES (%s, %s) "
                    "ON CONFLICT (day) DO UPDATE SET last = excluded.last",
                    [day.isoformat(), last],
                )


def shift_of(copy: int) -> timedelta:
    """Spread the copies over the weeks, whole weeks back, so that days of the week and day ends stay what they were."""
    return timedelta(weeks=-(copy % 26))


def copies(
    table: str, names: list[str], rows: list[tuple[Any, ...]], span: range, numbers: Numbers
) -> Iterator[list[Any]]:
    ids, times = TABLES[table]
    id_places = [names.index(n) for n in ids]
    time_places = [names.index(n) for n in times]
    number = names.index("number") if table == "matters_matter" else None
    external = names.index("external_id") if table == "matters_matter" else None
    registered = names.index("registered_at") if table == "matters_matter" else None
    for copy in span:
        shift = shift_of(copy)
        for row in rows:
            new = list(row)
            for place in id_places:
                new[place] = moved_id(row[place], copy)
            for place in time_places:
                new[place] = moved_time(row[place], shift)
            if number is not None and registered is not None and external is not None:
                new[number] = numbers.next(new[registered])
                new[external] = ""
            yield new


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def write(table: str, names: list[str], rows: Iterable[list[Any]]) -> int:
    """Write rows the fastest way the engine has: COPY on PostgreSQL, one prepared INSERT on SQLite."""
    count = 0
    wanted = [n for n in names if not (table == "ledger_entry" and n == "seq")]
    keep = [names.index(n) for n in wanted]
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        with (
            connection.connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(wanted)}) FROM STDIN") as out,
        ):
            for row in rows:
                out.write_row([_plain(row[i]) for i in keep])
                count += 1
        return count
    places = ", ".join("?" * len(wanted))
    batch: list[list[Any]] = []
    connection.ensure_connection()
    raw = connection.connection
    statement = f"INSERT INTO {table} ({', '.join(wanted)}) VALUES ({places})"
    for row in rows:
        batch.append([row[i] for i in keep])
        count += 1
        if len(batch) == 5000:
            raw.executemany(statement, batch)
            batch.clear()
    raw.executemany(statement, batch)
    return count


def _trust_copies() -> None:
    """Copies of rows that hold their constraints hold them too; asking for each foreign key would take longer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")


def grow(total: int, prefix: str, path: Path) -> None:
    """Grow to about `total` matters; what earlier calls grew is kept and gone on from."""
    source = Originals.found(path)
    base = len(source.matters)
    wanted = max(0, round(total / base) - 1)
    plan = {table: columns(table) for table in TABLES}
    kept = {table: source.rows(table, names) for table, names in plan.items()}
    numbers = Numbers(prefix)
    started, before = time.monotonic(), source.copies
    step = max(1, 20_000 // base)
    for first in range(before + 1, wanted + 1, step):
        span = range(first, min(first + step, wanted + 1))
        with transaction.atomic():
            _trust_copies()
            for table, names in plan.items():
                write(table, names, copies(table, names, kept[table], span, numbers))
            numbers.keep()
        source.keep(span.stop - 1)
        rate = base * (span.stop - 1 - before) / (time.monotonic() - started)
        print(f"\r  {base * span.stop:>9,} matters, {rate:,.0f}/s ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
