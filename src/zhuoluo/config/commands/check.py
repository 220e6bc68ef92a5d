"""`zhuoluo check`: is everything as it must be? One line a finding, with how to mend it. Exit code 1 on a fault."""

import shutil
import stat
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone

from zhuoluo.config.ready import pending
from zhuoluo.ledger import reads as ledger
from zhuoluo.org.models import Jurisdiction
from zhuoluo.org.reads import law
from zhuoluo.papers.reads import fonts
from zhuoluo.sealed import reads

GOOD, WARN, FAULT = "✓", "!", "✗"
KEYS = ("secret.key", "identity.key", "sealed.keys")
SQLITE_TRIGGERS = ("{0}_no_update", "{0}_no_delete")
POSTGRES_TRIGGERS = ("{0}_no_change", "{0}_no_truncate")
APPEND_ONLY = ("ledger_entry", "residents_view", "sealed_view")
OLDEST_POSTGRES = 130000
LOW_DISK, NO_DISK = 2_000_000_000, 200_000_000
BEHIND = 5_000


@dataclass(frozen=True)
class Finding:
    """What was looked at and how it is: good, to be looked after, or a fault."""

    mark: str
    zh: str
    en: str


def run(options: Namespace) -> int:
    """Print every finding; return 1 if one is a fault."""
    found = list(findings(timezone.now()))
    for finding in found:
        print(f"{finding.mark} {finding.zh} / {finding.en}")
    faults = sum(finding.mark == FAULT for finding in found)
    if faults:
        print(f"✗ {faults} 处要处理 / {faults} to be mended")
    return 1 if faults else 0


def findings(now: datetime) -> Iterator[Finding]:
    """Yield everything found, the database first: without it nothing else about it is asked."""
    yield from home(settings.HOME)
    yield printing()
    yield from safety()
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        kind = type(error).__name__
        yield Finding(
            FAULT,
            f"连不上数据库（{kind}），请核对 ZHUOLUO_DATABASE_URL",
            f"no database ({kind}): check ZHUOLUO_DATABASE_URL",
        )
        return
    yield Finding(GOOD, f"数据库连得上：{connection.vendor}", f"database reachable: {connection.vendor}")
    yield from postgresql(now) if connection.vendor == "postgresql" else sqlite()
    waiting = pending()
    if waiting:
        yield Finding(
            FAULT,
            f"有 {waiting} 项数据库升级未执行，请运行 zhuoluo migrate",
            f"{waiting} migrations to apply: zhuoluo migrate",
        )
        return
    yield Finding(GOOD, "数据库结构是最新的", "the database is up to date")
    yield from triggers()
    yield from sealed()
    yield from site(now)


def home(folder: Path) -> Iterator[Finding]:
    """Disk space, and keys that only their owner can read."""
    free = shutil.disk_usage(folder).free
    mark = FAULT if free < NO_DISK else WARN if free < LOW_DISK else GOOD
    words = f"{free / 1e9:.1f} GB"
    yield Finding(
        mark, f"磁盘剩余 {words}", f"free disk space {words}{'' if mark == GOOD else ': make room'}"
    )
    for name in KEYS:
        path = folder / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Finding(
                FAULT,
                f"{path} 别人也能读，请运行 chmod 600",
                f"{path} can be read by others: chmod 600 {path}",
            )
        elif path.exists():
            yield Finding(GOOD, f"{name} 只有自己能读", f"{name} is readable by its owner only")


def printing() -> Finding:
    """Say in one line which typefaces of official papers are missing (GB/T 9704-2012)."""
    found = fonts.faces()
    place = fonts.folder()
    if not found.chinese:
        return Finding(
            FAULT,
            f"没有中文字体，不能打印文书；请安装 fonts-noto-cjk，或把字体文件放进 {place}",
            f"no Chinese font, papers cannot be printed: install fonts-noto-cjk or put font files into {place}",
        )
    if not found.complete:
        return Finding(
            WARN,
            "字体不全，生僻字可能印不出，请安装 fonts-noto-cjk",
            "no complete Chinese font, rare names may not print: install fonts-noto-cjk",
        )
    if found.missing:
        names = "、".join(found.missing)
        return Finding(
            WARN,
            f"文书字体缺少 {names}，暂用相近字体；请把有授权的字体文件放进 {place}",
            f"papers: {names} missing, near faces stand in: put licensed font files into {place}",
        )
    return Finding(GOOD, "文书字体齐全", "all typefaces for papers are here")


def safety() -> Iterator[Finding]:
    """Settings that must not stay as they are on a real site."""
    if settings.DEBUG:
        yield Finding(
            FAULT,
            "ZHUOLUO_DEBUG 开着，出错会泄露信息",
            "ZHUOLUO_DEBUG is on: errors would show data; switch it off",
        )
    if not settings.HTTPS:
        yield Finding(
            WARN,
            "没有用 HTTPS，只适合本机试用",
            "no HTTPS: fit for trying out on this machine only (ZHUOLUO_HTTPS=1)",
        )


def sqlite() -> Iterator[Finding]:
    """The options without which two people saving at once get errors."""
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
    immediate = connection.settings_dict["OPTIONS"].get("transaction_mode") == "IMMEDIATE"
    good = journal == "wal" and keys == 1 and immediate
    words = (
        f"journal_mode={journal}, foreign_keys={keys}, transaction_mode={'IMMEDIATE' if immediate else '?'}"
    )
    yield Finding(GOOD if good else FAULT, f"SQLite 选项：{words}", f"SQLite options: {words}")


def postgresql(now: datetime) -> Iterator[Finding]:
    """Version, encoding and character type, durability, and whether its clock agrees with ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), datctype,"
            " current_setting('fsync'), clock_timestamp() FROM pg_database WHERE datname = current_database()"
        )
        version, encoding, ctype, fsync, theirs = cursor.fetchone()
    yield Finding(
        GOOD if version >= OLDEST_POSTGRES else FAULT,
        f"PostgreSQL 版本 {version // 10000}",
        f"PostgreSQL {version // 10000} (13 or newer is needed)",
    )
    good = encoding == "UTF8" and ctype not in {"C", "POSIX"}
    advice = "" if good else ": create it with ENCODING 'UTF8' LC_CTYPE 'C.UTF-8'"
    yield Finding(
        GOOD if good else FAULT,
        f"数据库字符集 {encoding}、{ctype}",
        f"encoding {encoding}, ctype {ctype}{advice}",
    )
    if fsync_is_off(fsync):
        yield Finding(FAULT, "数据库 fsync 关着，停电会丢数据", "fsync is off: a power cut loses data")
    drift = abs((theirs - timezone.now()).total_seconds())
    mark = FAULT if drift > 60 else WARN if drift > 2 else GOOD
    yield Finding(
        mark, f"数据库与本机时钟相差 {drift:.1f} 秒", f"clocks of database and host differ by {drift:.1f} s"
    )


def fsync_is_off(value: str) -> bool:
    """Say whether the server keeps what it acknowledged in memory only."""
    return value != "on"


def triggers() -> Iterator[Finding]:
    """The triggers that keep the ledger and the record of views append only."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
            patterns = POSTGRES_TRIGGERS
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            patterns = SQLITE_TRIGGERS
        there = {row[0] for row in cursor.fetchall()}
    missing = [p.format(table) for table in APPEND_ONLY for p in patterns if p.format(table) not in there]
    if missing:
        names = ", ".join(missing)
        yield Finding(
            FAULT,
            f"缺少防改触发器 {names}，记录可能被改过；请查明原因，从备份恢复",
            f"missing triggers {names}: entries could have been changed; find out why, restore a backup",
        )
    else:
        yield Finding(GOOD, "记录只能追加，不能改、不能删", "entries can only be appended")


def sealed() -> Iterator[Finding]:
    """The keys of the accusations: that they are keys, that they open what is there, and that nothing waits for them."""
    try:
        older, ids = reads.stale_count(), reads.missing_keys()
    except ValueError as error:
        yield Finding(
            FAULT,
            f"检举控告的密钥读不懂（{error}），请核对 ZHUOLUO_SEALED_KEYS 或者 sealed.keys",
            f"the keys of the accusations cannot be read ({error}): check ZHUOLUO_SEALED_KEYS or sealed.keys",
        )
        return
    if ids:
        yield Finding(
            FAULT,
            f"缺少检举控告的密钥 {'、'.join(ids)}，有密件打不开；请从备份找回",
            f"key {', '.join(ids)} of the accusations is missing and some do not open: find it in a backup",
        )
    elif older:
        yield Finding(
            WARN,
            f"有 {older} 条密件还在用旧密钥，请运行 zhuoluo reseal",
            f"{older} ciphertexts are under an older key: zhuoluo reseal",
        )
    else:
        yield Finding(GOOD, "检举控告的密钥齐全", "the keys of the accusations are complete")
    for unit in reads.keepers_without_officer():
        yield Finding(
            WARN,
            f"{unit} 收着检举控告，但没有检举控告专员，请系统管理员设岗",
            f"{unit} keeps accusations but has no officer for them: give somebody the post",
        )


def site(now: datetime) -> Iterator[Finding]:
    """Calendar years, the clock against the ledger, followers that lag, and a site that is set up."""
    yield from calendar(now)
    newest = ledger.newest_at()
    if newest is not None and newest > now + timedelta(minutes=5):
        yield Finding(
            FAULT,
            "最新记录的时间在将来，请校准本机时钟",
            "the newest entry lies in the future: set this machine's clock",
        )
    behind = ledger.last() - min(ledger.position("search"), ledger.position("figures"))
    if behind > BEHIND:
        yield Finding(
            WARN,
            f"后台任务落后 {behind} 条记录，zhuoluo worker 在运行吗？",
            f"the worker is {behind} entries behind: is it running?",
        )
    if not Jurisdiction.objects.exists():
        yield Finding(
            WARN,
            "站点还没有设置，请运行 zhuoluo createadmin",
            "the site is not set up yet: zhuoluo createadmin",
        )


def calendar(now: datetime) -> Iterator[Finding]:
    """This year's and next year's holiday notices."""
    years, year = law().calendar.years, timezone.localtime(now).year
    if year not in years:
        yield Finding(
            FAULT,
            f"不知道 {year} 年的放假安排，今年的期限都是暂定；请导入通知",
            f"the notice for {year} is missing, this year's dates are provisional: zhuoluo calendar import FILE.csv",
        )
    elif year + 1 not in years:
        late = timezone.localtime(now).month >= 11
        yield Finding(
            WARN if late else GOOD,
            f"{year} 年日历已知，{year + 1} 年的还没有；国务院办公厅一般 11 月公布，公布后请导入",
            f"calendar of {year} known; the notice for {year + 1} usually comes in November: zhuoluo calendar import FILE.csv",
        )
    else:
        yield Finding(GOOD, f"{year}、{year + 1} 年日历已知", f"calendars of {year} and {year + 1} are known")
