"""The `zhuoluo` command: which commands there are, and what each takes. The work is in config/commands/."""

import argparse
import difflib
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, get_commands
from django.db import Error as DatabaseError

from zhuoluo.config.environment import home
from zhuoluo.config.terminal import UsageError

Options = argparse.Namespace
HEAD = """着落 Zhuoluo: 件件有着落，群众反映的每件事都有人管、有期限、有答复 / every matter people raise lands

用法 usage: zhuoluo 命令 command [选项 options]      zhuoluo 命令 --help 看选项 shows its options

"""
FOOT = """
数据放在 ZHUOLUO_HOME 指定的文件夹（默认 ./var）；ZHUOLUO_DATABASE_URL 换成 PostgreSQL。
Data is kept in the folder ZHUOLUO_HOME (default ./var); ZHUOLUO_DATABASE_URL points to PostgreSQL instead of SQLite.
其他命令交给 Django（zhuoluo help 列出）。 Anything else goes to Django (zhuoluo help lists it).
"""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where to look."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2 after one line."""
        print(f"参数不对 / wrong arguments: {message} ({self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


def _run(parser: Parser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="端口 / port (8000)")
    parser.add_argument("--workers", type=int, default=0, help="网页进程数 / web processes (0: by size)")
    parser.add_argument("--demo", action="store_true", help="空库先建演示县 / build the demo county first")
    parser.add_argument("--no-worker", action="store_true", help="不启动后台任务 / leave the worker out")


def _worker(parser: Parser) -> None:
    parser.add_argument("--once", action="store_true", help="做完积压就退出 / deal with what waits and stop")


def _demo(parser: Parser) -> None:
    parser.add_argument("--matters", type=int, default=1200, help="事项件数 / how many matters (1200)")


def _import(parser: Parser) -> None:
    parser.add_argument("file", type=Path, help="xlsx、xls 或 csv 台账 / the sheet")
    parser.add_argument("--sheet", help="工作表名 / name of the worksheet (default: the first that fits)")
    parser.add_argument("--mapping", help="已存的列对应方案名 / name of a saved mapping (default: guessed)")
    parser.add_argument(
        "--all-or-nothing", action="store_true", help="有一行不行就全不导入 / take nothing if one row is bad"
    )
    parser.add_argument(
        "--origin", help="台账名称，编号在其中不重复 / name of the source, within which numbers are unique"
    )
    parser.add_argument("--unit", help="登记单位（代码或名称）/ unit that registers, by code or name")
    parser.add_argument("--class", dest="klass", help="没写类别的按什么 / class of rows without one (claim)")
    parser.add_argument("--channel", help="没写来源的按什么 / channel of rows without one (sheet)")
    parser.add_argument(
        "--tree", action="store_true", help="导入的是分类树 / the file is the classification tree"
    )


def _calendar(parser: Parser) -> None:
    parser.add_argument(
        "what", choices=["show", "import"], help="看一年 / 导入通知 (show a year, import a notice)"
    )
    parser.add_argument("value", nargs="?", default="", help="年份或 CSV 文件 / a year, or a CSV file")


def _backup(parser: Parser) -> None:
    parser.add_argument(
        "file", type=Path, nargs="?", help="备份文件名 / where to (default: dated, in this folder)"
    )


def _restore(parser: Parser) -> None:
    parser.add_argument("file", type=Path, help="备份文件 / the backup")
    parser.add_argument(
        "--force", action="store_true", help="现有数据挪开再恢复 / move the present data aside first"
    )


def _createadmin(parser: Parser) -> None:
    parser.add_argument("username", help="登录名 / account name")
    parser.add_argument("--name", required=True, help="姓名 / the person's name")
    parser.add_argument(
        "--code", help="新站点：本县区划代码 / new site: official code of the place (6 digits)"
    )
    parser.add_argument("--place", help="新站点：本县名称 / new site: name of the place")
    parser.add_argument("--prefix", help="新站点：编号前的字母 / new site: letters before matter numbers")
    parser.add_argument("--office", help="新站点：信访机构名称 / new site: name of the petition office")


def _nothing(parser: Parser) -> None:
    pass


@dataclass(frozen=True)
class Command:
    """A command: its one line in both languages, its options, and whether it needs Django set up first."""

    zh: str
    en: str
    arguments: Callable[[Parser], None]
    module: str
    django: bool = True


COMMANDS = {
    "run": Command("启动：网页和后台任务", "start everything: web pages and worker", _run, "run"),
    "worker": Command("只启动后台任务", "only the worker", _worker, "worker"),
    "demo": Command("在空库里建演示县", "build the demo county in an empty database", _demo, "demo"),
    "import": Command("导入台账", "import a sheet (xlsx, xls, csv)", _import, "sheet"),
    "check": Command("体检：数据库、日历、密钥、磁盘", "examine database, calendar, keys, disk", _nothing, "check"),
    "calendar": Command("看工作日历，导入放假通知", "show a year, import a holiday notice", _calendar, "calendar"),
    "law": Command("打印各项法定期限", "print every term with its article", _nothing, "law"),
    "reseal": Command("用新密钥重新加密检举控告", "seal the accusations anew under a new key", _nothing, "reseal"),
    "backup": Command("备份数据库、附件和密钥", "database, files and keys into one file", _backup, "backup", False),
    "restore": Command("从备份恢复", "restore a backup, verified first", _restore, "restore", False),
    "createadmin": Command("新站点的第一位管理员", "the first administrator of a site", _createadmin, "createadmin"),
}  # fmt: skip


def help_text() -> str:
    """Return what `zhuoluo --help` prints."""
    lines = [f"  {name:<13}{command.zh} / {command.en}" for name, command in COMMANDS.items()]
    return HEAD + "\n".join(lines) + "\n" + FOOT


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code: 0 done, 1 it failed, 2 it was asked wrongly."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(help_text())
        return 0
    try:
        return _own(arguments) if arguments[0] in COMMANDS else _djangos(arguments)
    except (UsageError, ImproperlyConfigured) as error:
        print(f"✗ {error}", file=sys.stderr)
    except DatabaseError as error:
        _explain(error)
    except KeyboardInterrupt:
        return 130
    return 1


def _explain(error: DatabaseError) -> None:
    # Only the kind of error: its text may carry the words of a row.
    where = os.environ.get("ZHUOLUO_DATABASE_URL", "") and "ZHUOLUO_DATABASE_URL"
    print(
        f"✗ 数据库出错（{type(error).__name__}），请运行 zhuoluo check / the database failed: run zhuoluo check"
        f"{f' ({where})' if where else ''}",
        file=sys.stderr,
    )


def _own(arguments: list[str]) -> int:
    name, command = arguments[0], COMMANDS[arguments[0]]
    parser = Parser(prog=f"zhuoluo {name}", description=f"{command.zh} / {command.en}")
    command.arguments(parser)
    options = parser.parse_args(arguments[1:])
    if command.django:
        _set_up_django(demo=getattr(options, "demo", False) is True)
    # Commands import models, which only load once Django is set up; hence by name.
    work: Callable[[Options], int] = importlib.import_module(f"zhuoluo.config.commands.{command.module}").run
    return work(options)


def _set_up_django(*, demo: bool = False) -> None:
    if demo:
        os.environ["ZHUOLUO_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoluo.config.settings")
    folder = home()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        django.setup()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(
            f"数据文件夹 {folder} 不能用（{reason}），请改 ZHUOLUO_HOME 或它的权限",
            f"cannot use the data folder {folder} ({reason}): change ZHUOLUO_HOME or its permissions",
        ) from error


def _djangos(arguments: list[str]) -> int:
    name = arguments[0]
    _set_up_django()
    if name != "help" and name not in get_commands():
        near = difflib.get_close_matches(name, [*COMMANDS, *get_commands()], n=1)
        zh, en = (f"是不是 {near[0]}？", f" did you mean {near[0]}?") if near else ("", "")
        raise UsageError(
            f"没有命令 {name}。{zh}zhuoluo --help 列出全部", f"no command {name}.{en} See zhuoluo --help"
        )
    ManagementUtility(["zhuoluo", *arguments]).execute()
    return 0
