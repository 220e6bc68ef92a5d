"""The list of reviews and second reviews, with counts that are kept apart."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from zhuoluo.matters import reads
from zhuoluo.matters.reads import AskedFor, AskedLine
from zhuoluo.matters.rules import REVIEW_LEVELS, REVIEW_OUTCOMES
from zhuoluo.matters.views.lists import chosen_unit, filter_units
from zhuoluo.matters.views.shown import options, reader, shown
from zhuoluo.org.access import needs
from zhuoluo.org.rules import Permission

STATES = {
    "open": gettext_noop("正在办理"), "decided": gettext_noop("已作出意见"), "ended": gettext_noop("不予受理、撤回"),
}  # fmt: skip


@needs(Permission.REVIEW, Permission.SUPERVISE, Permission.RULE, Permission.ISSUE)
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """Show the requests for review the reader may see, newest first, by the filters chosen."""
    by, now, given = reader(request), timezone.now(), request.GET
    unit = chosen_unit(request)
    wanted = AskedFor(
        state=given["state"] if given.get("state") in STATES else "",
        level=int(given["level"]) if given.get("level") in {str(level) for level in REVIEW_LEVELS} else 0,
        unit=unit.id if unit else None,
    )
    page = reads.asked(by, wanted, now=now, after=given.get("after", ""))
    context = {
        "rows": [_row(line, now) for line in page.rows], "next": page.next, "wanted": wanted, "unit": unit,
        "counts": [(_(one.level), one) for one in reads.asked_counts(by)], "states": options(STATES),
        "levels": [(level, _(word)) for level, word in REVIEW_LEVELS.items()], "units": filter_units(now),
    }  # fmt: skip
    return render(request, "matters/list_reviews.html", context)


def _row(line: AskedLine, now: datetime) -> dict[str, Any]:
    word, tone = _state(line)
    return {
        "line": line, "level": _(line.level), "organ": _(line.organ), "state": word, "tone": tone,
        "shown": shown(line, line.due, line.light, now),
    }  # fmt: skip


def _state(line: AskedLine) -> tuple[str, str]:
    if line.refused:
        return _("不予受理"), ""
    if line.withdrawn:
        return _("申请人撤回"), ""
    if line.outcome:
        word = _(REVIEW_OUTCOMES[line.outcome])
        tone = "warn" if line.outcome == "annulled" else "info"
        return (word, tone) if line.served else (_("%(outcome)s，等待送达") % {"outcome": word}, "warn")
    return (_("已受理"), "info") if line.admitted else (_("等待受理"), "warn")
