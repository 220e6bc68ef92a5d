"""Asking why somebody's name and phone are to be seen, and the page that shows them once."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.spoken import spoken
from zhuoluo.org.access import asking
from zhuoluo.org.rules import Forbidden
from zhuoluo.residents.actions import unmask


class WhyForm(forms.Form):
    """Why an identity is looked at."""

    use_required_attribute = False
    why = forms.CharField(
        label=_("为什么要看"), max_length=200, help_text=_("会记录您的姓名、单位、时间和这句话。"),
        error_messages={"required": _("请写明为什么要看")},
    )  # fmt: skip


def shown_once(
    request: HttpRequest, raiser_id: UUID, subject_id: UUID, back: str, back_words: str
) -> HttpResponse:
    """Ask why, record it, and show once whom to call. The caller has checked whose business it is."""
    form = WhyForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "back": back, "back_words": back_words}
    if request.method == "POST" and form.is_valid():
        try:
            context["raiser"] = unmask(
                raiser_id=raiser_id, subject_id=subject_id, reason=form.cleaned_data["why"], by=asking(request),
                at=timezone.now(),
            )  # fmt: skip
        except Forbidden as error:
            form.add_error(None, spoken(error))
    answer = render(request, "kit/identity_page.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
