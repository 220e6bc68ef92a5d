"""Forms of hearings (听证, 信访工作条例 arts. 31, 36)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.matters.forms.act import ActForm, minute, not_before, says
from zhuoluo.matters.models import Hearing
from zhuoluo.matters.reads.beside import hearing_stops_clock
from zhuoluo.matters.rules import Refused


class PlanHearingForm(ActForm):
    """Call a hearing; the raiser reads when and where."""

    reason = says(
        _("为什么需要听证"), _("会告知诉求人。写明重大、复杂、疑难在哪里。"),
        missing=_("请写明为什么需要听证：重大、复杂、疑难在哪里（信访工作条例第31条）"),
    )  # fmt: skip
    planned = minute(_("听证时间"), missing=_("请选择听证的日期和时间"))
    place = forms.CharField(
        label=_("听证地点"), max_length=120, error_messages={"required": _("请写明听证地点")}
    )
    public = forms.BooleanField(label=_("公开举行"), required=False)

    def explain(self) -> list[str]:
        """Say whether the time counts, and why."""
        return [clock_words(counts=not hearing_stops_clock(self.case))]


def clock_words(*, counts: bool) -> str:
    """Say whether a hearing's time counts, and why."""
    if counts:
        return gettext("听证不停期限：只有复核中的听证时间不计入（信访工作条例第36条）。")
    return gettext("复核中的听证时间不计入期限，从决定听证到听证结束（信访工作条例第36条）。")


class _OneHearing(ActForm):
    """What the acts on the hearing that was called share."""

    versioned = False

    @property
    def row(self) -> Hearing:
        """Return the hearing that is not over. Raises Refused when there is none."""
        if self.case.page.open_hearing is None:
            raise Refused("这次听证已经结束")
        return self.case.page.open_hearing

    def asked(self) -> dict[str, Any]:
        """Name the hearing."""
        return {"hearing_id": self.row.id, **super().asked()}


class CloseHearingForm(_OneHearing):
    """End a hearing with its minutes."""

    held_at = minute(_("什么时候举行的"), missing=_("请填写举行的时间"))
    minutes = says(
        _("听证笔录"), _("谁参加、各方说了什么、听证意见。"), rows=8,
        missing=_("请写明听证笔录：谁参加、各方说了什么、听证意见"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Start from the time that was planned, once it is past."""
        row = self.case.page.open_hearing
        if row is not None and row.planned <= self.case.now:
            self.initial.setdefault("held_at", row.planned)

    def asked(self) -> dict[str, Any]:
        """A whole minute means up to its end."""
        given = super().asked()
        given["held_at"] = not_before(given["held_at"], self.row.called_at)
        return given


class CancelHearingForm(_OneHearing):
    """Call a hearing off."""

    reason = says(_("取消听证的理由"), _("会告知诉求人。"), missing=_("请写明取消听证的理由"))
