"""Forms of the papers' pages: the free words, the reason of voiding, the proof of service, what goes into a packet."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.matters.forms.act import one_of, says
from zhuoluo.papers.models import METHODS, RECIPIENTS


class TextForm(forms.Form):
    """The free words of a draft, a paragraph a line."""

    use_required_attribute = False
    text = says(
        _("正文"),
        _("每行一段。以“一、”“（一）”开头的行自动用相应字体。姓名、日期、表格和救济告知由系统填写，不用改。"),
        rows=16,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class VoidForm(forms.Form):
    """Why a paper is void."""

    use_required_attribute = False
    reason = says(_("作废理由"), _("编号仍占用，文书仍列在这里。"), rows=2)


class ServeForm(forms.Form):
    """How, to whom and when a paper was served."""

    use_required_attribute = False
    method = one_of(_("送达方式"))
    recipient = one_of(_("交给了谁"))
    on = DayField(label=_("送达日期"), error_messages={"required": _("请填写送达日期")})
    receipt = forms.FileField(label=_("签字的送达回证（照片或 PDF）"), required=False)
    note = forms.CharField(label=_("备注"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, table in (("method", METHODS), ("recipient", RECIPIENTS)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(key, gettext(word)) for key, word in table.items()]


class PacketForm(forms.Form):
    """Which packet, and which attachments show nobody."""

    use_required_attribute = False
    which = one_of(
        _("取出哪一种"),
        [("stripped", _("去身份案卷：给物业、施工单位、村组等")), ("whole", _("完整案卷：只给经办人"))],
    )
    shows_nobody = forms.MultipleChoiceField(
        label=_("随去身份案卷一起给的附件"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("只勾选看不出是谁、也看不出门牌的。没有勾选的不给。"),
    )  # fmt: skip

    def __init__(self, files: Sequence[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["shows_nobody"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(one), name) for one, name in files]
        if not files:
            del self.fields["shows_nobody"]

    def chosen(self) -> frozenset[UUID]:
        """Return the attachments marked as showing nobody."""
        return frozenset(UUID(one) for one in self.cleaned_data.get("shows_nobody", ()))
