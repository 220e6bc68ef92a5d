import pytest
from django.core.management import call_command
from django.db import connection

from zhuoluo.search import actions, reads
from zhuoluo.search.tests.samples import document


@pytest.mark.django_db(transaction=True)
def test_the_index_can_be_taken_down_and_put_up_again() -> None:
    actions.put(documents=[document(0, "路灯")])
    call_command("migrate", "search", "zero", verbosity=0)
    assert not {name for name in connection.introspection.table_names() if name.startswith("search_")}
    call_command("migrate", "search", verbosity=0)
    actions.put(documents=[document(0, "路灯")])
    assert len(reads.find("路灯", readers={"all"}).ids) == 1
