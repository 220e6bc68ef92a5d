import pytest
from django.db import DatabaseError, connection, transaction

from tests.county import MONDAY, County
from zhuoluo.kit.ids import uuid7
from zhuoluo.ledger import actions, reads
from zhuoluo.ledger.models import Entry
from zhuoluo.ledger.rules import Act, digest, leaf
from zhuoluo.matters.tests.path import Path
from zhuoluo.residents.actions import record_view
from zhuoluo.residents.models import View

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["ledger_entry", "residents_view"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET unit_name = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_history(county: County, table: str, statement: str) -> None:
    path = Path.register(county)
    record_view(subject_id=path.matter.id, kind="opened", by=county.who("clerk"), at=MONDAY)
    with (
        pytest.raises(DatabaseError, match="append only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
    assert Entry.objects.exists()
    assert View.objects.exists()


def test_truncate_is_refused_where_the_engine_has_it(county: County) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with (
        pytest.raises(DatabaseError, match="append only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE ledger_entry")


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_its_act_is_refused() -> None:
    act = Act(verb="x", subject_id=uuid7(), at=MONDAY, actor_kind="system", actor_name="系统")
    with pytest.raises(transaction.TransactionManagementError):
        actions.append(acts=[act], recorded_at=MONDAY)


def test_an_act_that_fails_leaves_no_entry(county: County) -> None:
    path = Path.register(county)
    before = reads.last()
    from zhuoluo.matters.rules import Refused

    with pytest.raises(Refused):
        path.act("certify", "checker", evidence="还没有答复就认定化解，这是不行的")
    assert reads.last() == before


def test_the_leaf_changes_with_every_field(county: County) -> None:
    path = Path.register(county)
    entry = Entry.objects.get(subject_id=path.matter.id)
    act = Act(
        verb=entry.verb, subject_id=entry.subject_id, at=entry.at, actor_kind=entry.actor_kind,
        actor_name=entry.actor_name, actor_id=entry.actor_id, actor_post=entry.actor_post, unit_id=entry.unit_id,
        unit_name=entry.unit_name, payload=entry.payload,
    )  # fmt: skip
    salt = bytes(entry.salt)
    assert leaf(act, entry.recorded_at, salt) == bytes(entry.leaf)
    from dataclasses import replace

    for change in ({"verb": "other"}, {"actor_name": "某人"}, {"payload": {}}, {"unit_name": "别处"}):
        assert leaf(replace(act, **change), entry.recorded_at, salt) != bytes(entry.leaf)


def test_a_digest_proves_a_text_and_tells_nothing_of_it() -> None:
    assert digest("张三", b"salt") == digest("张三", b"salt")
    assert digest("张三", b"salt") != digest("张三", b"another")


def test_a_reader_goes_on_where_it_stopped(county: County) -> None:
    path = Path.register(county).routed()
    entries = reads.after(0, now=path.at)
    actions.advance(reader="r", seq=entries[0].seq)
    assert reads.position("r") == entries[0].seq
    rest = reads.after(reads.position("r"), now=path.at)
    assert [e.seq for e in rest] == [e.seq for e in entries[1:]]
