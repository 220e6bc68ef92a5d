"""`zhuoluo import`: a sheet of matters, or the classification tree, by the same code as the pages."""

from argparse import Namespace

from django.utils import timezone

from zhuoluo.config.terminal import Progress, UsageError, say
from zhuoluo.exchange.models import ImportRun
from zhuoluo.exchange.sheets import reads
from zhuoluo.exchange.sheets.problems import Refused as Unreadable
from zhuoluo.exchange.sheets.tasks import import_file, import_tree
from zhuoluo.matters.rules import CHANNELS, KLASSES, Refused
from zhuoluo.org.reads import units
from zhuoluo.org.rules import SYSTEM

SHOWN = 20  # rejected rows named on the terminal; all of them stand on the page and in the returned copy


def run(options: Namespace) -> int:
    """Import the file; exit code 1 when rows were rejected or nothing could be taken in."""
    if not options.file.is_file():
        raise UsageError(f"没有文件 {options.file}", f"no file {options.file}")
    try:
        return _tree(options) if options.tree else _matters(options)
    except Unreadable as error:
        raise UsageError(
            f"{error.sentence()}{error.mend()}", f"{error.sentence('en')} {error.mend('en')}"
        ) from error
    except Refused as error:
        raise UsageError(str(error), "refused") from error


def _tree(options: Namespace) -> int:
    count = import_tree(options.file, by=SYSTEM, at=timezone.now())
    say(f"分类树共 {count} 类", f"{count} categories")
    return 0


def _matters(options: Namespace) -> int:
    bar = Progress(f"导入 {options.file.name}", "importing")
    result = import_file(
        options.file, by=SYSTEM, at=timezone.now(), on_progress=bar, mapping=options.mapping,
        mode="all" if options.all_or_nothing else "good", origin=options.origin, sheet=options.sheet,
        defaults=_defaults(options),
    )  # fmt: skip
    bar.end()
    say(
        f"共 {result.rows} 行：新登记 {result.taken}，此前已有 {result.known}，未导入 {result.rejected}，"
        f"并入上一行 {result.joined}，没有动 {result.ready}",
        f"{result.rows} rows: {result.taken} taken in, {result.known} already there, {result.rejected} rejected, "
        f"{result.joined} joined to the row above, {result.ready} left alone",
    )
    _rejected(result)
    return 1 if result.rejected or result.ready else 0


def _rejected(result: ImportRun) -> None:
    if result.why:
        say(result.why, "nothing was imported")
    for row in reads.rows(result, "rejected", limit=SHOWN).rows:
        for saved in row.problems:
            problem = reads.problem_from(saved)
            if problem.blocking:
                print(f"  {problem.line('zh')}\n    {problem.line('en')}")
    if result.rejected > SHOWN:
        say(f"  ……还有 {result.rejected - SHOWN} 行", f"and {result.rejected - SHOWN} more")


def _defaults(options: Namespace) -> dict[str, str]:
    """What holds for rows that do not say it."""
    found = {"klass": options.klass, "channel": options.channel}
    for name, words in (("klass", KLASSES), ("channel", CHANNELS)):
        if found[name] and found[name] not in words:
            allowed = "、".join(f"{key} {word}" for key, word in words.items())
            raise UsageError(f"--{'class' if name == 'klass' else name} 可用 {allowed}", "unknown value")
    if options.unit:
        unit = next((u for u in units().values() if options.unit in (u.code, u.name, u.short_name)), None)
        if unit is None:
            raise UsageError(f"没有单位 {options.unit}", f"no unit {options.unit}")
        found["unit"] = str(unit.id)
    return {key: value for key, value in found.items() if value}
