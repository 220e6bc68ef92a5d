"""A sheet is taken in whole, or each row says what is wrong with it; what is printed says when it leaves rows out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from zhuoluo.kit import taking
from zhuoluo.kit.deeds import Deeds
from zhuoluo.kit.printing import MOST_PRINTED, printed
from zhuoluo.kit.rows import BadRows, Wrong
from zhuoluo.kit.taking import Taken, taken_in, workbook_answer


class Missing(Exception):
    """What is not there."""


class Refused(Exception):
    """What is refused."""


def asked(monkeypatch: pytest.MonkeyPatch, take: Callable[[bytes], Taken], body: bytes | None = b"PK") -> Any:
    """Send a sheet to the page of an import; return the answer, and what the page was given."""
    given: dict[str, Any] = {}

    def rendered(_request: Any, _template: str, context: dict[str, Any]) -> HttpResponse:
        given.update(context)
        return HttpResponse()

    monkeypatch.setattr(taking, "render", rendered)
    files = {} if body is None else {"file": SimpleUploadedFile("表.xlsx", body)}
    request = RequestFactory().post("/", files)
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # what the middleware gives
    answer = taken_in(
        request, Deeds(Missing, (Refused,)), take, "新登记 %(new)s 行，%(known)s 行早就有", "t.html", "/back/"
    )
    return answer, given, [str(m) for m in request._messages]  # type: ignore[attr-defined]  # as above


def test_a_good_sheet_is_taken_in_and_says_how_much_was_new(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []

    def take(data: bytes) -> Taken:
        read.append(data)
        return Taken(3, 2)

    answer, given, said = asked(monkeypatch, take)
    assert (answer.status_code, answer["Location"], read, given) == (302, "/back/", [b"PK"], {})
    assert said == ["新登记 3 行，2 行早就有"]


def test_a_bad_sheet_names_each_row_and_takes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def take(_data: bytes) -> Taken:
        raise BadRows([Wrong(3, Refused("没有这个单位")), Wrong(7, Refused("日期不对"))])

    answer, given, said = asked(monkeypatch, take)
    assert (answer.status_code, said) == (200, [])
    assert given["wrong"] == [(3, "没有这个单位"), (7, "日期不对")]
    assert "2" in str(given["form"].errors)


def test_what_is_refused_whole_is_said_on_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def take(_data: bytes) -> Taken:
        raise Refused("这张表没有表头")

    _answer, given, _said = asked(monkeypatch, take)
    assert "这张表没有表头" in str(given["form"].errors)
    assert given["wrong"] == []


def test_no_file_and_an_empty_one_are_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for body in (None, b""):
        _answer, given, _said = asked(monkeypatch, lambda _data: Taken(0, 0), body)
        assert given["form"].errors["file"]


def test_a_workbook_is_handed_out_under_a_plain_name() -> None:
    answer = workbook_answer(b"PK", "problems-20260302")
    assert answer["Content-Disposition"] == 'attachment; filename="problems-20260302.xlsx"'
    assert answer["Content-Type"] == taking.XLSX


@pytest.mark.parametrize(
    ("rows", "shown", "more"),
    [(0, 0, False), (MOST_PRINTED, MOST_PRINTED, False), (MOST_PRINTED + 1, MOST_PRINTED, True)],
)
def test_a_printed_table_says_when_it_leaves_rows_out(rows: int, shown: int, more: bool) -> None:
    table = printed(["编号"], ([n] for n in range(rows)))
    assert (len(table.rows), table.more) == (shown, more)
