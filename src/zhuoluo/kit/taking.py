"""Sheets in and out of a room: the page that takes one whole or says of each row what is wrong, and the answers with files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoluo.kit.deeds import Deeds
from zhuoluo.kit.rows import BadRows
from zhuoluo.kit.spoken import spoken

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ICAL = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Taken:
    """What a sheet brought: rows new, and rows known before."""

    new: int
    known: int


class SheetForm(forms.Form):
    """A register in a workbook."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("Excel 表（.xlsx）"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": gettext_lazy("请选择表格文件")},
    )  # fmt: skip


def taken_in(
    request: HttpRequest, deeds: Deeds, taking: Callable[[bytes], Taken], told: str, template: str, back: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show the page of an import; take a sheet in whole, or say of each row what is wrong with it."""
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(*bound)
    wrong: list[tuple[int, str]] = []
    if request.method == "POST" and form.is_valid():
        taken: list[Taken] = []
        try:
            if deeds.done(form, lambda: taken.append(taking(form.cleaned_data["file"].read()))):
                messages.success(request, told % {"new": taken[0].new, "known": taken[0].known})
                return redirect(back)
        except BadRows as error:
            wrong = [(w.place, spoken(w.error)) for w in error.wrong]
            form.add_error(None, _("有 %(n)s 行不对，一行也没有登记。改好再导入。") % {"n": len(wrong)})
    return render(request, template, {"form": form, "wrong": wrong, **(more or {})})


def handed(body: bytes, kind: str, name: str) -> HttpResponse:
    """Hand out a file under a name of letters and digits."""
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def workbook_answer(body: bytes, name: str) -> HttpResponse:
    """Hand out a workbook."""
    return handed(body, XLSX, f"{name}.xlsx")
