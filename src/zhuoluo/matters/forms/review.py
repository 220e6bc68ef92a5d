"""Forms of reviews and second reviews: asked for, taken up or not, decided, served (信访工作条例 arts. 35, 36)."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.choices import choose_from
from zhuoluo.matters.forms.act import (
    ActForm,
    Choice,
    Kept,
    day,
    language,
    minute,
    not_before,
    one_of,
    says,
    words,
)
from zhuoluo.matters.models import Review
from zhuoluo.matters.reads.beside import unserved
from zhuoluo.matters.rules import (
    OUTCOMES,
    REVIEW_LEVELS,
    REVIEW_OUTCOMES,
    REVIEW_REFUSALS,
    SERVICE_METHODS,
    Refused,
)
from zhuoluo.org.reads import SHANGHAI


class RequestReviewForm(ActForm):
    """Register a request for review that came by letter or in person."""

    text = says(
        _("请求和理由"), _("照申请书或者原话写。"), rows=6, missing=_("请写明申请复查、复核的请求和理由")
    )
    posted = day(_("哪天寄出或者递交的"), _("来信看邮戳。不填就是现在。"), required=False)

    def explain(self) -> list[str]:
        """Say which review it is, of which organ, until when and why that day."""
        way = self.case.way
        if way is None or way.until is None:
            return []
        last = date_format(way.until.legal_day, gettext("Y年n月j日"))
        level = gettext(REVIEW_LEVELS[way.standing.level])
        lines = [
            gettext("向%(organ)s申请%(level)s，最晚 %(day)s 提出；在这天以前寄出的算按时。")
            % {"organ": gettext(way.organ), "level": level, "day": last}
        ]
        return lines + way.until.explanation(language()).splitlines()

    def asked(self) -> dict[str, Any]:
        """Return the day of posting as a moment, not before the service it answers."""
        given = super().asked()
        posted, way = given.pop("posted"), self.case.way
        if posted is None or posted == self.today:
            return given
        start = datetime.combine(posted, time.min, SHANGHAI)
        served = way.standing.served_at if way is not None else None
        if served is not None and served.astimezone(SHANGHAI).date() == posted:
            start = max(start, served)
        return {**given, "asked_at": start}


class ReviewForm(ActForm):
    """What the acts on one request share."""

    versioned = False

    @property
    def row(self) -> Review:
        """Return the request under way. Raises Refused when there is none."""
        if self.case.page.open_review is None:
            raise Refused("这份申请已经办完")
        return self.case.page.open_review

    def asked(self) -> dict[str, Any]:
        """Name the request."""
        return {"review_id": self.row.id, **super().asked()}

    def due(self) -> str:
        """Return the last day for the opinion in words, or nothing."""
        owed = self.case.owed("review")
        return "" if owed is None else date_format(owed.target.astimezone(SHANGHAI), gettext("Y年n月j日"))


class AdmitReviewForm(ReviewForm):
    """Take a request up."""

    note = says(_("告诉申请人的话"), _("例如由谁审查、怎么联系。"), required=False, rows=3)

    def explain(self) -> list[str]:
        """Say that the clock runs from the request."""
        return [gettext("三十日从收到申请那天算起，不从受理算起；没有延期（信访工作条例第35条、第36条）。")]


class RefuseReviewForm(ReviewForm):
    """Turn a request away, on a ground of the law only."""

    ground = one_of(
        _("不予受理的法定理由"), missing=_("请选择不予受理的法定理由（信访工作条例第35条、第36条）")
    )
    reason = says(
        _("具体情况"), _("会显示给申请人，连同条文。"), missing=_("请写明不予受理的具体情况，会告知申请人")
    )

    def prepare(self) -> None:
        """Offer the grounds, each with its article."""
        choices = [
            (key, f"{gettext(text)}（{gettext(article)}）")
            for key, (text, article) in REVIEW_REFUSALS.items()
        ]
        choose_from(self, "ground", choices)

    def explain(self) -> list[str]:
        """Say what stays open."""
        return [gettext("期限没有届满的，申请人还可以再申请。")]


class DecideReviewForm(ReviewForm):
    """Decide: uphold, annul or change."""

    outcome = one_of(_("结论"), missing=_("请选择：维持、撤销重办或者变更（信访工作条例第35条、第36条）"))
    result = Choice(
        label=_("变更后的处理结果"), widget=forms.RadioSelect, help_text=_("只有变更的才选。"), required=False
    )
    facts = says(_("查明的事实"), rows=6, missing=_("请写明查明的事实"))
    opinion = says(_("复查复核意见"), _("会原样送达申请人。"), rows=6, missing=_("请写明意见"))
    basis = says(_("法律法规依据"), rows=3, missing=_("请写明依据的法律、法规条款"))
    sure = forms.BooleanField(
        label=_("撤销的：我确认原答复作废，承办单位从今天起重新办理"), required=False,
        help_text=_("重新办理的期限重新计算，不能以同一事实和理由再作出基本相同的意见。"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer the outcomes of the law."""
        choose_from(self, "outcome", words(REVIEW_OUTCOMES))
        choose_from(self, "result", words(OUTCOMES))

    def clean(self) -> dict[str, Any]:
        """Ask once more before an answer is annulled."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") == "annulled" and not given.get("sure"):
            self.add_error("sure", gettext("撤销会让原答复作废、重新办理，请勾选确认"))
        return given

    def explain(self) -> list[str]:
        """Say by when, and who decides."""
        lines = [gettext("由没有办理过这件事的人作出。意见送达以后才生效。")]
        return [gettext("最晚 %(day)s 作出。") % {"day": self.due()}, *lines] if self.due() else lines

    def asked(self) -> dict[str, Any]:
        """Leave away what only confirms, and an outcome chosen by the way: a radio button cannot be taken back."""
        given = super().asked()
        given.pop("sure")
        if given["outcome"] != "changed":
            given["result"] = ""
        return given


class ServeReviewForm(ActForm):
    """Record the service of a review opinion."""

    versioned = False
    uploads: ClassVar[dict[str, str]] = {"proof": "proof"}
    method = one_of(_("送达方式"), missing=_("请选择送达方式"))
    served_at = minute(_("送达时间"), _("不填就是现在。应在作出意见以后，不能晚于现在。"), required=False)
    proof = forms.FileField(label=_("送达凭证"), required=False, help_text=_("签收单、邮寄回执等。"))
    note = says(_("说明"), required=False, rows=2)

    def prepare(self) -> None:
        """Offer the lawful methods."""
        choose_from(self, "method", words(SERVICE_METHODS))

    def with_files(self, kept: Sequence[Kept]) -> dict[str, Any]:
        """One proof: the last one given."""
        return {"proof": kept[-1][0] if kept else None}

    def explain(self) -> list[str]:
        """Say what the service starts or ends."""
        row = unserved(self.case)
        if row is None or row.outcome == "annulled":
            return [gettext("送达申请人，并抄送承办单位。")]
        if row.level == 2:
            return [
                gettext("复核意见送达就是终结；帮扶、疏导和新的事实不受影响（信访工作条例第36条、第37条）。")
            ]
        return [gettext("申请人对复查意见不服的，送达起三十日内可以申请复核（信访工作条例第36条）。")]

    def asked(self) -> dict[str, Any]:
        """Name the opinion that waits."""
        row = unserved(self.case)
        if row is None:
            raise Refused("没有等待送达的复查、复核意见")
        given = super().asked()
        given["served_at"] = not_before(given["served_at"], row.decided_at)
        return {"review_id": row.id, **given}


class WithdrawReviewForm(ReviewForm):
    """Take a request back because the applicant asked for it."""

    reason = says(_("申请人怎么说的"), _("照原话写。"), required=False, rows=3)

    def explain(self) -> list[str]:
        """Say what stays open."""
        return [gettext("只能按申请人的意思撤回。期限没有届满的，还可以再申请。")]
