"""Forms of staff: programmes, items, decisions, payments, the catalogue."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.choices import choose_from
from zhuoluo.kit.typed import Keyed, Words, box
from zhuoluo.org.models import Unit
from zhuoluo.outreach.programmes.actions import Content, Decided, NewItem
from zhuoluo.outreach.programmes.forms.fields import YEAR_WORDS, Percent, Yuan
from zhuoluo.outreach.programmes.models import Programme, Wanted
from zhuoluo.outreach.programmes.reads.applications import AskRow
from zhuoluo.outreach.programmes.rules.amounts import KINDS, Rule, read_grades
from zhuoluo.outreach.programmes.rules.sheet import Sought
from zhuoluo.outreach.programmes.rules.words import AUDIENCES

Option = tuple[str, str]


class ProgrammeForm(Keyed):
    """A programme as it is written down."""

    title = forms.CharField(
        label=_("项目名称"), max_length=120, help_text=_("例如：2026 年高层次人才安家补贴")
    )
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2199, error_messages=YEAR_WORDS)
    unit = forms.ChoiceField(label=_("主管单位"), help_text=_("批准由这个单位的负责人办理。"))
    audience = forms.ChoiceField(
        label=_("谁可以申请"), choices=[(k, _(v)) for k, v in AUDIENCES.items()], widget=forms.RadioSelect, initial="both"
    )  # fmt: skip
    who = Words(label=_("申请条件"), max_length=3000, widget=box(4))
    needs = Words(label=_("要交的材料"), max_length=3000, widget=box(3))
    opens = DayField(label=_("从哪天开始申报"))
    closes = DayField(label=_("哪天截止"))
    budget = Yuan(label=_("预算（元）"), help_text=_("批准的总额不会超过它。"))
    notice_days = forms.IntegerField(label=_("公示几个工作日"), min_value=1, max_value=60, initial=5)
    told_at = forms.CharField(
        label=_("在哪场宣讲或者大会上发布"), max_length=200, required=False, help_text=_("没有就不写。")
    )
    told_on = DayField(label=_("那一天的日期"), required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *((str(u.pk), u.name) for u in units)]
        choose_from(self, "unit", choices)

    @staticmethod
    def of(row: Programme) -> dict[str, Any]:
        """Return a programme as the form shows it."""
        names = (
            "title",
            "year",
            "audience",
            "who",
            "needs",
            "opens",
            "closes",
            "budget",
            "notice_days",
            "told_at",
            "told_on",
        )
        return {name: getattr(row, name) for name in names} | {"unit": str(row.unit_id)}

    def content(self) -> Content:
        """Return what the action takes."""
        data = {k: v for k, v in self.cleaned_data.items() if k not in ("key", "unit")}
        return Content(unit_id=UUID(self.cleaned_data["unit"]), **data)


class ItemForm(forms.Form):
    """One thing a programme gives: its clause, and how much."""

    use_required_attribute = False
    clause = forms.ChoiceField(
        label=_("依据哪一条"), widget=forms.RadioSelect, error_messages={"required": _("请选择依据的条款")}
    )
    title = forms.CharField(label=_("这一项叫什么"), max_length=120, help_text=_("例如：安家补贴"))
    rule = forms.ChoiceField(
        label=_("金额怎么算"),
        choices=[(k, _(v)) for k, v in KINDS.items()],
        widget=forms.RadioSelect,
        initial="fixed",
    )
    amount = Yuan(label=_("固定金额（元）"), required=False, help_text=_("选“固定金额”时写。"))
    base = forms.CharField(
        label=_("按什么的比例"),
        max_length=60,
        required=False,
        help_text=_("选“按比例”时写，例如：设备投资额。"),
    )
    share = Percent(label=_("比例（%）"), help_text=_("例如 12.5"))
    ceiling = Yuan(label=_("最高不超过（元）"), required=False, help_text=_("没有上限就不写。"))
    grades = Words(
        label=_("等级和金额"), required=False, widget=box(4), max_length=3000,
        help_text=_("选“按等级”时写，一行一个，例如：A类 100000"),
    )  # fmt: skip

    def __init__(self, *args: Any, clauses: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "clause", list(clauses))

    def item(self) -> NewItem:
        """Return what the action takes. Raises Refused for a table that cannot be read."""
        data = self.cleaned_data
        grades = read_grades(data["grades"]) if data["rule"] == "grades" else ()
        rule = Rule(data["rule"], data["amount"], data["share"], data["ceiling"], grades)
        return NewItem(data["title"], UUID(data["clause"]), rule, data["base"])


class DecideForm(forms.Form):
    """Complete, something is missing, or not eligible: the button pressed says which."""

    use_required_attribute = False
    decision = forms.ChoiceField(choices=[("check", ""), ("more", ""), ("refuse", "")])
    what = Words(label=_("还缺什么"), max_length=1000, required=False, widget=box(3))
    until = DayField(label=_("哪天前补齐"), required=False)
    why = Words(label=_("为什么不予通过"), max_length=1000, required=False, widget=box(3))
    clause = forms.ChoiceField(label=_("依据哪一条"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, clauses: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "clause", list(clauses))
        if len(clauses) == 1:
            self.initial.setdefault("clause", clauses[0][0])


class ApproveForm(forms.Form):
    """An amount for each item asked: what the rule gives, or less with a reason."""

    use_required_attribute = False

    def __init__(self, *args: Any, asks: Sequence[AskRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = list(asks)
        for number, row in enumerate(self.asks, start=1):
            self.fields[f"a{number}"] = Yuan(
                label=_("批准金额（元）"),
                required=False,
                initial=row.reckoned.fen,
                help_text=_("不批准这一项就清空。"),
            )
            self.fields[f"a{number}-why"] = forms.CharField(
                label=_("少给的理由"), max_length=500, required=False
            )

    def rows(self) -> list[tuple[AskRow, Any, Any]]:
        """Return each item with its two fields, for the page."""
        return [(row, self[f"a{n}"], self[f"a{n}-why"]) for n, row in enumerate(self.asks, start=1)]

    def awards(self) -> list[Decided]:
        """Return what the action takes."""
        data = self.cleaned_data
        return [
            Decided(row.ask.pk, data[f"a{n}"], data[f"a{n}-why"])
            for n, row in enumerate(self.asks, start=1)
            if data[f"a{n}"]
        ]


class RuleForm(forms.Form):
    """What the unit in charge finds about an objection."""

    use_required_attribute = False
    why = Words(label=_("核实的情况和理由"), max_length=2000, widget=box(4))
    ruling = forms.ChoiceField(choices=[("upheld", ""), ("dismissed", "")])


class PayForm(Keyed):
    """A payment as the finance system made it."""

    amount = Yuan(label=_("兑现金额（元）"))
    day = DayField(label=_("哪天付的"))
    voucher = forms.CharField(
        label=_("凭证号"), max_length=60, help_text=_("财务系统的凭证号；一个凭证只能登记一次。")
    )


class BackForm(PayForm):
    """Money that came back."""

    kind = forms.ChoiceField(
        label=_("是退回还是追回"), widget=forms.RadioSelect,
        choices=[("returned", _("退回：没有付成，还可以再付")), ("clawed", _("追回：按规定收回，不再付"))],
    )  # fmt: skip
    why = forms.CharField(label=_("为什么"), max_length=500)
    field_order = ("kind", "amount", "day", "voucher", "why")


class ImportForm(forms.Form):
    """A payment list with the total typed from paper."""

    use_required_attribute = False
    file = forms.FileField(label=_("兑现清单（.xlsx）"))
    control = Yuan(
        label=_("清单上写的合计（元）"), help_text=_("照清单抄。和明细加起来不一样，一行也不会登记。")
    )


class WantedFileForm(forms.Form):
    """A catalogue of wanted talents."""

    use_required_attribute = False
    file = forms.FileField(label=_("需求目录（.xlsx）"))


class WantedForm(forms.Form):
    """One post of the catalogue."""

    use_required_attribute = False
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2199, error_messages=YEAR_WORDS)
    employer = forms.CharField(label=_("用人单位"), max_length=120)
    post = forms.CharField(label=_("岗位"), max_length=120)
    people = forms.IntegerField(label=_("需求人数"), min_value=1, max_value=10_000)
    demands = Words(label=_("岗位要求"), max_length=2000, widget=box(3))
    offer = Words(label=_("待遇"), max_length=2000, required=False, widget=box(2))
    contact = forms.CharField(
        label=_("联系人"), max_length=60, help_text=_("会公开，写用人单位愿意公开的人。")
    )
    phone = forms.CharField(label=_("联系电话"), max_length=40)
    until = DayField(label=_("有效期至"))

    @staticmethod
    def of(row: Wanted) -> dict[str, Any]:
        """Return a post as the form shows it."""
        return {name: getattr(row, name) for name in WantedForm.base_fields}

    def row(self) -> Sought:
        """Return what the action takes."""
        return Sought(**self.cleaned_data)


class WhyForm(forms.Form):
    """Why somebody looks at who applied."""

    use_required_attribute = False
    why = forms.CharField(
        label=_("为什么要看"), max_length=200, help_text=_("例如：电话通知补材料。理由会留在查看记录里。")
    )
