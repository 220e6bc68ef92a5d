"""What people fill in on the way of a sheet: the file, the table in it, the meaning of columns, how, and what goes out."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.exchange.models import ImportRun
from zhuoluo.exchange.sheets.fields import FIELDS, Field
from zhuoluo.exchange.sheets.histories import Defaults
from zhuoluo.exchange.sheets.limits import Limits
from zhuoluo.exchange.sheets.mapping import EXTRA, IGNORE, Mapping
from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.matters.reads import Sought
from zhuoluo.matters.rules import CHANNELS, KLASSES
from zhuoluo.matters.states import STAGE_WORDS
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import SHANGHAI, areas, units
from zhuoluo.org.rules import Actor, Permission

LARGEST = Limits().file_bytes
ACCEPT = ".xlsx,.xls,.csv,.tsv,.txt,.et"


def english() -> bool:
    """Whether the reader reads English."""
    return not (get_language() or "zh").startswith("zh")


def field_label(field: Field) -> str:
    """The label of a field in the reader's language."""
    return field.label_en if english() else field.label


def words(table: dict[str, str]) -> list[tuple[str, str]]:
    """A table of words as choices in the reader's language."""
    return [(key, gettext(word)) for key, word in table.items()]


def own_units(by: Actor, now: datetime) -> list[Unit]:
    """The units for which a reader may register: their own and those below, or all with READ_ALL."""
    today, anywhere = now.astimezone(SHANGHAI).date(), by.can(Permission.READ_ALL)
    found = units().values()
    live = [unit for unit in found if unit.until_date is None or unit.until_date >= today]
    return [unit for unit in live if anywhere or unit.id in by.units]


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("台账文件"),
        help_text=_("xlsx、xls、csv 都可以，最大 20 MB。不用先改格式。"),
        error_messages={"required": _("请先选择台账文件"), "empty": _("文件是空的，请重新选择")},
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too big before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(gettext("文件超过 20 MB，请删去里面的图片，或者拆成几个文件分别上传"))
        return file


class TableForm(forms.Form):
    """Which table of the file, and where its header is if it was found wrongly."""

    table = forms.ChoiceField(
        label=_("导入哪张表"), widget=forms.RadioSelect, error_messages={"required": _("请选择一张表")}
    )
    header = forms.RegexField(
        r"^\s*\d{1,6}\s*([-—~至]\s*\d{1,6}\s*)?$", label=_("表头在第几行"), required=False,
        help_text=_("自动认出来的不对才填，例如 2，或者 2-3；没有表头填 0。"),
        error_messages={"invalid": _("请填行号，例如 2，或者 2-3")},
    )  # fmt: skip

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "table", [(_key(told), _table(told)) for told in run.tables])
        if run.sheet is not None:
            self.initial.setdefault("table", f"{run.sheet}:{run.table}")

    @property
    def chosen(self) -> tuple[int, int]:
        """The sheet and the table in it."""
        sheet, _sep, table = self.cleaned_data["table"].partition(":")
        return int(sheet), int(table)

    @property
    def header_rows(self) -> list[int] | None:
        """The rows of the header given by hand, none for a table without one, None where they were found well."""
        numbers = [int(number) for number in re.findall(r"\d+", self.cleaned_data["header"] or "")]
        if not numbers:
            return None
        first, last = min(numbers), max(numbers)
        return list(range(first, min(last, first + 9) + 1)) if first else []


def _key(told: dict[str, Any]) -> str:
    return f"{told['sheet']}:{told['table']}"


def _table(told: dict[str, Any]) -> str:
    hidden = gettext("（隐藏的工作表）") if not told["visible"] else ""
    about = gettext("%(name)s%(hidden)s：第 %(row)s 行起，%(rows)s 行") % {
        "name": told["name"], "hidden": hidden, "row": told["first_row"], "rows": told["rows"],
    }  # fmt: skip
    return f"{about} · {gettext('、').join(told['labels'])}"


class ColumnsForm(forms.Form):
    """What each column means, and what holds for rows that do not say it."""

    klass = forms.ChoiceField(label=_("没写类别的，按"))
    channel = forms.ChoiceField(label=_("没写来源的，按"))
    unit = forms.ChoiceField(label=_("登记单位"), help_text=_("没有答复的事项，由这个单位甄别转交。"))
    origin = forms.CharField(
        label=_("这张台账叫什么"), max_length=60,
        help_text=_("同一个名称下，编号相同就是同一件事，再导入不会重复登记。别写人名。"),
        error_messages={"required": _("请给这张台账起个名称")},
    )  # fmt: skip

    def __init__(self, *args: Any, run: ImportRun, by: Actor, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping = Mapping.from_json(run.mapping)
        offered = [(EXTRA, gettext("记在备注里")), (IGNORE, gettext("不要这一列"))]
        offered += [(field.key, field_label(field)) for field in FIELDS]
        for choice in self.mapping.choices:
            column = forms.ChoiceField(
                label=choice.label,
                choices=offered,
                required=False,
                widget=forms.Select(attrs={"class": "input"}),
            )
            self.fields[f"col_{choice.letter}"] = column
            self.initial[f"col_{choice.letter}"] = choice.target
        choose_from(self, "klass", words(KLASSES))
        choose_from(self, "channel", words(CHANNELS))
        choose_from(self, "unit", [(str(unit.id), unit.short_name) for unit in own_units(by, now)])
        self.initial = {**self.initial, **run.defaults, "origin": run.origin}

    @property
    def targets(self) -> dict[str, str]:
        """The meaning chosen for each column, by its letter."""
        return {choice.letter: self.cleaned_data[f"col_{choice.letter}"] for choice in self.mapping.choices}

    @property
    def defaults(self) -> Defaults:
        """What holds for all rows."""
        data = self.cleaned_data
        return Defaults(data["klass"], data["channel"], UUID(data["unit"]), data["origin"])


class StartForm(forms.Form):
    """How to import."""

    mode = forms.ChoiceField(
        label=_("怎样导入"),
        choices=[
            ("good", _("没有问题的行先导入，有问题的留下来改")),
            ("all", _("要么全部导入，要么一行也不导入")),
        ],
        widget=forms.RadioSelect,
    )


class ExportForm(forms.Form):
    """Which matters to take out; the filters of the list of matters, under the same names."""

    klass = forms.ChoiceField(label=_("类别"), required=False)
    stage = forms.ChoiceField(label=_("阶段"), required=False)
    channel = forms.ChoiceField(label=_("来源"), required=False)
    area = forms.ChoiceField(label=_("地点"), required=False)
    unit = forms.ChoiceField(label=_("主办单位"), required=False)
    since = DayField(label=_("登记日期从"), required=False)
    until = DayField(label=_("登记日期到"), required=False)
    identity = forms.BooleanField(
        label=_("带上姓名、电话、证件号码和住址"), required=False,
        help_text=_("一次最多 200 件，每件都记下是谁、为什么导出的。"),
    )  # fmt: skip
    reason = forms.CharField(label=_("为什么要带身份信息"), required=False, max_length=200)

    def __init__(self, *args: Any, by: Actor, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = [("", gettext("全部"))]
        towns = [(area.code, area.name) for area in areas().values() if area.code[6:9] != "000"]
        today = now.astimezone(SHANGHAI).date()
        live = [unit for unit in units().values() if unit.until_date is None or unit.until_date >= today]
        offered = {
            "klass": words(KLASSES), "stage": words(STAGE_WORDS), "channel": words(CHANNELS), "area": towns,
            "unit": [(unit.code, unit.short_name) for unit in live],
        }  # fmt: skip
        for name, choices in offered.items():
            choose_from(self, name, nothing + choices)
        for name in (*offered, "since", "until"):
            self.fields[name].widget.attrs["class"] = "input"
        if not by.can(Permission.EXPORT_IDENTITY):
            del self.fields["identity"], self.fields["reason"]

    @property
    def sought(self) -> Sought:
        """The filters as the list of matters takes them."""
        data = self.cleaned_data
        unit = next((unit.id for unit in units().values() if unit.code == data["unit"]), None)
        return Sought(
            klass=data["klass"], stage=data["stage"], channel=data["channel"], area=data["area"],
            unit=unit if data["unit"] else None, since=data["since"], until=data["until"],
        )  # fmt: skip
