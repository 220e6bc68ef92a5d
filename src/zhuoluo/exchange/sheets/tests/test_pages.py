"""The pages of sheets: the whole way in a browser, refusals in plain words, and who may open what."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.county import County
from zhuoluo.exchange.models import ImportRun
from zhuoluo.exchange.sheets import tasks
from zhuoluo.exchange.sheets.headers import find_table
from zhuoluo.exchange.sheets.read import read_sheet
from zhuoluo.exchange.sheets.tests import hostile
from zhuoluo.exchange.sheets.tests.registers import NOW, book, checked, row, worked_off
from zhuoluo.exchange.sheets.views import steps
from zhuoluo.exchange.sheets.write import write_xlsx
from zhuoluo.matters import reads as matters
from zhuoluo.org.rules import SYSTEM

pytestmark = pytest.mark.django_db
# One of each sort; the guard's own tests know them all.
HOSTILE = (
    "bomb",
    "overlapping",
    "laughs_in_sheet",
    "outside_entity",
    "dots_in_path",
    "merge_flood",
    "tag_flood",
    "old_far_cell",
)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def clerk(county: County, client: Client) -> Client:
    return signed(county, client, "clerk")


def signed(county: County, client: Client, who: str) -> Client:
    client.force_login(county.users[who], backend=BACKEND)
    return client


def upload(client: Client, data: bytes, name: str = "台账.xlsx") -> Any:
    return client.post(reverse("sheets:upload"), {"file": SimpleUploadedFile(name, data)})


def meanings(run: ImportRun, **changed: str) -> dict[str, str]:
    """What the columns page posts when nothing but this is changed."""
    told = {f"col_{one['letter']}": one["target"] for one in run.mapping["columns"]}
    return {**told, **run.defaults, "origin": run.origin, **changed}


def page(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def test_the_whole_way_from_a_file_to_matters(county: County, clerk: Client) -> None:
    response = upload(
        clerk, book([row(1, answer="已修好。", on="2019/5/1"), row(2), row(3, raised="2019年2月30日")])
    )
    run = ImportRun.objects.get()
    assert response["Location"] == reverse("sheets:columns", args=[run.id])
    shown = page(clerk, "sheets:columns", run.id)
    assert "13812340000" not in shown
    assert "张三丰" not in shown
    assert "张**" in shown
    response = clerk.post(reverse("sheets:columns", args=[run.id]), meanings(run, klass="suggestion"))
    assert response["Location"] == reverse("sheets:run", args=[run.id])
    shown = page(clerk, "sheets:run", run.id)
    for words in ("核对，还没有登记", "F4", "2019年2月30日", "建议意见", "没有问题的行先导入"):
        assert words in shown, words
    assert not matters.visible(SYSTEM).exists()
    clerk.post(reverse("sheets:start", args=[run.id]), {"mode": "good"})
    assert "已处理 1 行，共 3 行" in page(clerk, "sheets:run", run.id)
    run = worked_off(run)
    shown = page(clerk, "sheets:run", run.id)
    assert "2 件事项已登记" in shown
    numbers = {matter.number for matter in matters.visible(SYSTEM)}
    shown = page(clerk, "sheets:rows", run.id, "in")
    assert all(reverse("matters:page", args=[number]) in shown for number in numbers)
    assert "F4" in page(clerk, "sheets:rows", run.id, "rejected")


def test_the_returned_copy_names_the_cell_and_comes_in_again_when_mended(
    county: County, clerk: Client
) -> None:
    run = checked(county, book([row(1), row(2, raised="2019年2月30日")]))
    clerk.post(reverse("sheets:start", args=[run.id]), {"mode": "good"})
    run = worked_off(run)
    response = clerk.post(reverse("sheets:copy", args=[run.id]))
    assert "attachment" in response["Content-Disposition"]
    table = find_table(read_sheet(response.content, "back.xlsx"))
    assert table is not None
    told = [one.values[-2:] for one in table.rows]
    assert told[0] == ("已导入", "")
    assert told[1][0] == "未导入"
    assert "F3（反映时间）" in str(told[1][1])
    rows = [list(one.values) for one in table.rows]
    rows[1][5] = "2019年2月28日"
    again = checked(county, write_xlsx(rows, [column.label for column in table.columns], sheet_name="台账"))
    assert (again.known, again.ready, again.rejected) == (1, 1, 0)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_on_the_page_in_plain_words(clerk: Client, name: str) -> None:
    make, file_name, _code = hostile.CASES[name]
    response = upload(clerk, make(), file_name)
    assert response.status_code == 422
    shown = response.content.decode()
    assert "field__error" in shown
    assert "Traceback" not in shown
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [(b"", "a.xlsx", "文件是空的"), (b"%PDF-1.7 ...", "a.pdf", "PDF"), (b"<html><table></table></html>", "a.xls", "网页")],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_with_the_reason(
    clerk: Client, data: bytes, name: str, words: str
) -> None:
    response = upload(clerk, data, name)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_file_too_big_is_refused_before_it_is_read(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhuoluo.exchange.sheets.forms.LARGEST", 1000)
    response = upload(clerk, book([row(1)]))
    assert response.status_code == 422
    assert "20 MB" in response.content.decode()


def two_sheets() -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    workbook = openpyxl.Workbook()
    first, second = workbook.active, workbook.create_sheet("二月")
    first.title = "一月"
    for sheet in (first, second):
        sheet.append(["石桥镇信访台账"])
        sheet.append(["编号", "反映内容", "反映时间"])
        sheet.append([sheet.title, f"{sheet.title}的路灯不亮", "2019-1-2"])
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_a_file_of_several_sheets_asks_which_and_a_wrong_header_can_be_named(clerk: Client) -> None:
    response = upload(clerk, two_sheets())
    run = ImportRun.objects.get()
    assert response["Location"] == reverse("sheets:table", args=[run.id])
    shown = page(clerk, "sheets:table", run.id)
    assert "一月" in shown
    assert "二月" in shown
    clerk.post(reverse("sheets:table", args=[run.id]), {"table": "1:0", "header": ""})
    run.refresh_from_db()
    assert (run.sheet, run.rows, run.mapping["columns"][1]["target"]) == (1, 1, "text")
    clerk.post(reverse("sheets:table", args=[run.id]), {"table": "1:0", "header": "3"})
    run.refresh_from_db()
    assert (run.rows, run.header) == (0, [3])
    response = clerk.post(reverse("sheets:table", args=[run.id]), {"table": "1:0", "header": "第二行"})
    assert response.status_code == 422


def test_columns_without_words_are_sent_back_with_everything_chosen(county: County, clerk: Client) -> None:
    upload(clerk, book([row(1)]))
    run = ImportRun.objects.get()
    response = clerk.post(
        reverse("sheets:columns", args=[run.id]), meanings(run, col_D="", col_E="", origin="石桥镇台账")
    )
    assert response.status_code == 422
    shown = response.content.decode()
    assert "石桥镇台账" in shown
    assert ImportRun.objects.get().state == "uploaded"


def test_a_large_table_is_checked_by_the_worker_while_one_waits(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "WHILE_WAITING", 2)
    upload(clerk, book([row(n) for n in range(1, 5)]))
    run = ImportRun.objects.get()
    clerk.post(reverse("sheets:columns", args=[run.id]), meanings(run))
    assert "正在核对" in page(clerk, "sheets:run", run.id)
    assert tasks.continue_runs(now=NOW) == 4
    assert "核对，还没有登记" in page(clerk, "sheets:run", run.id)


def test_progress_is_a_fragment_and_reloads_the_page_at_the_end(county: County, clerk: Client) -> None:
    run = checked(county, book([row(1)]))
    clerk.post(reverse("sheets:start", args=[run.id]), {"mode": "good"})
    address = reverse("sheets:progress", args=[run.id])
    shown = clerk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in shown
    assert "已处理 0 行" in shown
    worked_off(run)
    assert clerk.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert clerk.get(address).status_code == 302


def test_stopping_and_going_on_by_their_buttons(county: County, clerk: Client) -> None:
    run = checked(county, book([row(1)]))
    clerk.post(reverse("sheets:start", args=[run.id]), {"mode": "good"})
    clerk.post(reverse("sheets:cancel", args=[run.id]))
    assert "接着导入" in page(clerk, "sheets:run", run.id)
    clerk.post(reverse("sheets:resume", args=[run.id]))
    assert worked_off(run).taken == 1


@pytest.mark.parametrize(
    "who", ["handler", "head", "caller", "leader", "auditor", "mediator", "admin", "supervisor"]
)
def test_whoever_may_not_import_gets_none_of_its_pages(county: County, client: Client, who: str) -> None:
    run = checked(county, book([row(1)]))
    signed(county, client, who)
    for name in ("sheets:run", "sheets:columns", "sheets:table", "sheets:progress"):
        assert client.get(reverse(name, args=[run.id])).status_code == 403, name
    for name in ("sheets:start", "sheets:cancel", "sheets:resume", "sheets:copy"):
        assert client.post(reverse(name, args=[run.id])).status_code == 403, name
    assert client.get(reverse("sheets:runs")).status_code == 403
    assert upload(client, book([row(1)])).status_code == 403


def test_a_strangers_run_is_not_found(county: County, client: Client) -> None:
    run = checked(county, book([row(1)]))
    signed(county, client, "clerk2")
    for name in ("sheets:run", "sheets:columns", "sheets:progress"):
        assert client.get(reverse(name, args=[run.id])).status_code == 404
    assert client.post(reverse("sheets:start", args=[run.id]), {"mode": "good"}).status_code == 404
    assert run.name not in page(client, "sheets:runs")


def test_export_is_for_its_own_right_and_hands_out_a_small_sheet_at_once(
    county: County, client: Client
) -> None:
    signed(county, client, "handler")
    assert client.get(reverse("sheets:export")).status_code == 403
    signed(county, client, "head")
    assert client.get(reverse("sheets:export")).status_code == 200
    response = client.post(reverse("sheets:export"), {})
    assert b"".join(response.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]  # a file
    assert client.get(reverse("sheets:template")).content.startswith(b"PK")
    assert client.get(reverse("sheets:download", args=[UUID(int=1)])).status_code == 404


@pytest.mark.parametrize("name", ["sheets:runs", "sheets:rows", "sheets:run"])
def test_pages_take_as_many_queries_for_thirty_rows_as_for_one(
    county: County, clerk: Client, name: str
) -> None:
    def queries(run: ImportRun) -> int:
        args = {"sheets:runs": [], "sheets:rows": [run.id, "in"], "sheets:run": [run.id]}[name]
        clerk.get(reverse(name, args=args))
        with CaptureQueriesContext(connection) as seen:
            clerk.get(reverse(name, args=args))
        return len(seen)

    few = checked(county, book([row(1), row(2, raised="?")]))
    clerk.post(reverse("sheets:start", args=[few.id]), {"mode": "good"})
    before = queries(worked_off(few))
    for _ in range(3):
        many = checked(
            county, book([row(n) for n in range(10, 45)] + [row(n, raised="?") for n in range(50, 90)])
        )
    clerk.post(reverse("sheets:start", args=[many.id]), {"mode": "good"})
    assert queries(worked_off(many)) == before


@pytest.fixture(autouse=True)
def _nothing_read() -> Iterator[None]:
    yield
    tasks._read.clear()
