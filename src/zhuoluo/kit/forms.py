"""The form behind the display switches, and the form the style page shows its fields with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField

CHOICES = {
    "lang": ("zh", "en"),
    "theme": ("auto", "light", "dark"),
    "type": ("normal", "large"),
    "keys": ("on", "off"),
}


class DisplayForm(forms.Form):
    """One or more wishes of the reader: language, theme, type size, single-key shortcuts."""

    lang = forms.ChoiceField(choices=[(value, value) for value in CHOICES["lang"]], required=False)
    theme = forms.ChoiceField(choices=[(value, value) for value in CHOICES["theme"]], required=False)
    type = forms.ChoiceField(choices=[(value, value) for value in CHOICES["type"]], required=False)
    keys = forms.ChoiceField(choices=[(value, value) for value in CHOICES["keys"]], required=False)
    next = forms.CharField(required=False, max_length=2000)


class QuestionForm(forms.Form):
    """One question, as the style page's portal page asks it."""

    what = forms.CharField(
        label=_("您要反映什么事？"),
        help_text=_("说清楚什么事、什么时候开始的。写多少都行。"),
        error_messages={"required": _("请写下您要反映的事")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class SampleForm(QuestionForm):
    """Every kind of field, as the style page shows them."""

    phone = forms.CharField(label=_("联系电话"), help_text=_("只用来把结果告诉您。"), max_length=20)
    way = forms.ChoiceField(
        label=_("怎么把结果告诉您？"),
        choices=[("call", _("打电话")), ("text", _("发短信")), ("letter", _("寄信"))],
        widget=forms.RadioSelect,
    )
    fronts = forms.MultipleChoiceField(
        label=_("还想让谁知道"),
        choices=[("village", _("村委会")), ("town", _("镇政府"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    unit = forms.ChoiceField(
        label=_("交给哪个单位"),
        choices=[("", _("请选择")), ("water", _("县水利局")), ("road", _("县交通运输局"))],
    )
    on = DayField(label=_("哪一天"), required=False)
    photo = forms.FileField(label=_("照片"), help_text=_("不是必须的。每张不超过 10 MB。"), required=False)
    agree = forms.BooleanField(label=_("我确认以上内容属实"))
