"""`zhuoluo import`: a sheet of matters into the database, by the same code as the page."""

from argparse import Namespace

from django.utils import timezone

from zhuoluo.config.terminal import Progress, UsageError, say
from zhuoluo.exchange.sheets.tasks import import_file
from zhuoluo.org.rules import SYSTEM


def run(options: Namespace) -> int:
    """Import the file; exit code 1 when rows were rejected or nothing was taken."""
    if not options.file.is_file():
        raise UsageError(f"没有文件 {options.file}", f"no file {options.file}")
    bar = Progress(f"导入 {options.file.name}", "importing")
    mode = "all" if options.all_or_nothing else "good"
    result = import_file(
        options.file, by=SYSTEM, at=timezone.now(), on_progress=bar, mapping=options.mapping, mode=mode
    )
    bar.end()
    say(
        f"共 {result.rows} 行：新登记 {result.taken}，此前已有 {result.known}，未导入 {result.rejected}",
        f"{result.rows} rows: {result.taken} taken in, {result.known} already there, {result.rejected} rejected",
    )
    return 1 if result.rejected else 0
