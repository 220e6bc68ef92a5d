"""Help, wrong input, and the commands that set up a site or answer from its law."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.county import County
from zhuoluo.config import cli
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing
from zhuoluo.org.models import CalendarNotice, Jurisdiction, Post, User
from zhuoluo.residents.actions import Contact

ROOT = Path(__file__).resolve().parents[2]


def test_help_lists_every_command_in_both_languages(zhuoluo: Callable[..., Any]) -> None:
    code, out, _ = zhuoluo("--help")
    assert code == 0
    for name, command in cli.COMMANDS.items():
        assert f"  {name} " in out
        assert f"{command.zh} / {command.en}" in out


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_a_module_and_its_own_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert (ROOT / "src/zhuoluo/config/commands" / f"{cli.COMMANDS[name].module}.py").exists()
    with pytest.raises(SystemExit) as left:
        cli.main([name, "--help"])
    assert left.value.code == 0
    assert cli.COMMANDS[name].zh in capsys.readouterr().out


def test_a_mistyped_command_is_answered_with_the_likely_one(zhuoluo: Callable[..., Any]) -> None:
    code, _, err = zhuoluo("calender")
    assert code == 1
    assert "calendar" in err
    assert len(err.strip().splitlines()) == 1


def test_a_wrong_option_is_one_line_and_names_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["run", "--prot", "3"])
    err = capsys.readouterr().err
    assert left.value.code == 2
    assert len(err.strip().splitlines()) == 1
    assert "zhuoluo run --help" in err


def test_anything_else_goes_to_django(zhuoluo: Callable[..., Any], db: None) -> None:
    code, out, _ = zhuoluo("showmigrations", "ledger")
    assert code == 0
    assert "0002_append_only" in out


def test_a_home_that_cannot_be_used_is_said_with_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "zhuoluo", "check"], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": "src", "ZHUOLUO_HOME": str(tmp_path / "file" / "home")},
    )  # fmt: skip
    assert done.returncode == 1
    assert "ZHUOLUO_HOME" in done.stderr
    assert "Traceback" not in done.stderr


NOTICE = "date,kind,name\n" + "".join(
    f"{day},holiday,{name}\n"
    for day, name in [
        ("2027-01-01", "元旦"), ("2027-02-06", "春节"), ("2027-05-01", "劳动节"), ("2027-10-01", "国庆节"),
        ("2027-10-02", "国庆节"), ("2027-10-03", "国庆节"),
    ]
) + "2027-02-20,workday,\n"  # fmt: skip


def test_law_prints_the_terms_with_their_articles(zhuoluo: Callable[..., Any], db: None) -> None:
    code, out, _ = zhuoluo("law")
    assert code == 0
    assert "xf.answer" in out
    assert "34" in out


def test_a_known_year_is_shown_day_by_day(zhuoluo: Callable[..., Any], db: None) -> None:
    code, out, _ = zhuoluo("calendar", "show", "2026")
    assert code == 0
    assert "2026-10-01  周四  国庆节" in out
    assert "248 working days" in out


def test_an_unknown_year_says_what_to_do(zhuoluo: Callable[..., Any], db: None) -> None:
    code, out, _ = zhuoluo("calendar", "show", "2031")
    assert code == 1
    assert "zhuoluo calendar import" in out


@pytest.mark.parametrize("year", ["soon", "12", "20266"])
def test_a_year_that_is_none_is_refused(year: str, zhuoluo: Callable[..., Any], db: None) -> None:
    code, _, err = zhuoluo("calendar", "show", year)
    assert (code, year in err) == (1, True)


def test_importing_a_notice_keeps_it_and_moves_open_dates(
    zhuoluo: Callable[..., Any], county: County, tmp_path: Path
) -> None:
    at = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    contact = Contact(name="张三", address="石桥村")
    filing = Filing(klass="claim", text="路坏了", contact=contact, channel="walk_in", area="431281101001")
    row = matters.register(filing=filing, by=county.who("clerk"), at=at, law=county.law).matter
    matters.accept(matter_id=row.id, by=county.who("clerk"), at=at, law=county.law)
    sheet = tmp_path / "2027.csv"
    sheet.write_text(NOTICE, encoding="utf-8")
    code, out, _ = zhuoluo("calendar", "import", str(sheet))
    assert code == 0
    assert "1 changed" in out
    assert CalendarNotice.objects.get().year == 2027


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"date,kind\n", "表头"), (b"\xff\xfe\x00", "UTF-8"), (None, "没有"), (b"", "表是空的")],
)
def test_a_notice_that_cannot_be_read_says_why(
    content: bytes | None, said: str, zhuoluo: Callable[..., Any], db: None, tmp_path: Path
) -> None:
    sheet = tmp_path / "notice.csv"
    if content is not None:
        sheet.write_bytes(content)
    code, _, err = zhuoluo("calendar", "import", str(sheet))
    assert code == 1
    assert said in err or (content is None and "No such file" in err)
    assert not CalendarNotice.objects.exists()


NEW = ("--code", "431299", "--place", "清溪县", "--prefix", "QX", "--office", "清溪县信访局")


def test_a_new_site_gets_its_place_its_office_and_an_administrator_with_a_one_time_code(
    zhuoluo: Callable[..., Any], db: None
) -> None:
    code, out, _ = zhuoluo("createadmin", "boss", "--name", "王一", *NEW)
    assert code == 0
    assert Jurisdiction.objects.get().prefix == "QX"
    assert Post.objects.get().role == "administrator"
    assert not User.objects.get().has_usable_password()
    assert "one-time code" in out


def test_a_new_site_without_its_place_is_told_what_is_missing(zhuoluo: Callable[..., Any], db: None) -> None:
    code, _, err = zhuoluo("createadmin", "boss", "--name", "王一")
    assert code == 1
    assert "--code --place --prefix --office" in err
    assert not User.objects.exists()


def test_a_wrong_place_code_leaves_nothing_behind(zhuoluo: Callable[..., Any], db: None) -> None:
    code, _, err = zhuoluo("createadmin", "boss", "--name", "王一", "--code", "43x", *NEW[2:])
    assert code == 1
    assert "43x" in err
    assert not Jurisdiction.objects.exists()


def test_an_account_is_never_made_twice(zhuoluo: Callable[..., Any], county: County) -> None:
    code, _, err = zhuoluo("createadmin", "clerk", "--name", "另一个")
    assert (code, "clerk" in err) == (1, True)


def test_the_demo_is_never_built_over_a_sites_own_data(zhuoluo: Callable[..., Any], county: County) -> None:
    code, _, err = zhuoluo("demo")
    assert code == 1
    assert "ZHUOLUO_HOME" in err


def test_an_error_of_the_database_is_named_without_its_words(
    zhuoluo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    def breaks(options: object) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")
        return 0

    monkeypatch.setattr("zhuoluo.config.commands.law.run", breaks)
    code, _, err = zhuoluo("law")
    assert code == 1
    assert "nowhere" not in err
    assert "zhuoluo check" in err
