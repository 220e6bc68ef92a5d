"""How rows are shown: lights, days left, why a sign is one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhuoluo.matters.views.shown import lamp, last_day, left
from zhuoluo.oversight.models import Doubt
from zhuoluo.oversight.reads import TaskLine
from zhuoluo.oversight.rules import SIGNS


def task_rows(rows: Iterable[TaskLine], now: datetime) -> list[dict[str, Any]]:
    """Return tasks with their light and their days."""
    return [
        {
            "task": row.task, "unit": row.unit, "line": row.line, "done_at": row.done_at,
            "lamp": lamp(row.light) if row.light is not None else None,
            "day": last_day(row.due) if row.due is not None else None,
            "left": left(row.due, now) if row.due is not None and row.done_at is None else "",
        }
        for row in rows
    ]  # fmt: skip


def why(doubt: Doubt) -> str:
    """Return why a sign is one, in words."""
    words = _(SIGNS[doubt.sign])
    if doubt.sign == "minutes":
        return (
            words
            + _("：")
            + ngettext("只用了 %(n)d 分钟", "只用了 %(n)d 分钟", doubt.number) % {"n": doubt.number}
        )
    if doubt.sign == "phone":
        return (
            words
            + _("：")
            + ngettext("改后 %(n)d 小时", "改后 %(n)d 小时", doubt.number) % {"n": doubt.number}
        )
    if doubt.sign == "same":
        return words + _("：") + ngettext("%(n)d 件一样", "%(n)d 件一样", doubt.number) % {"n": doubt.number}
    return words
