"""The questions of a calculator as a form. Nothing of it is kept."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.kit.spoken import spoken
from zhuoluo.outreach.policy.rules.calculators import Ask, Calculator, WrongValue
from zhuoluo.outreach.policy.rules.errors import Refused

T = TypeVar("T")
LONGEST = 30


class CalculatorForm(forms.Form):
    """What a calculator asks, and the day whose standards hold."""

    def __init__(self, *args: Any, calculator: Calculator, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calculator = calculator
        for ask in calculator.asks:
            self.fields[ask.name] = _field(ask)
        self.fields["on"] = DayField(
            label=_("按哪一天的标准算"),
            initial=today,
            help_text=_("一般不用改。想知道以前的标准，就改成那一天。"),
        )

    def reckoned(self, reckon: Callable[[dict[str, object], date], T], *, on: date | None = None) -> T | None:
        """Reckon, by the standards of the day chosen unless told another.

        What makes no sense is said beside its question, a day without standards beside the day.
        """
        given = dict(self.cleaned_data)
        on = on or given.pop("on")
        try:
            return reckon(given, on)
        except WrongValue as wrong:
            self.add_error(wrong.name, spoken(wrong))
        except Refused as refused:
            self.add_error("on" if "on" in self.fields else None, spoken(refused))
        return None


def _field(ask: Ask) -> forms.Field:
    words: dict[str, Any] = {"label": _(ask.words), "help_text": _(ask.hint), "required": ask.required}
    if ask.kind == "choice":
        choices = [(key, _(word)) for key, word in ask.choices]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **words)
    return forms.CharField(
        max_length=LONGEST, initial=ask.initial,
        widget=forms.TextInput(attrs={"inputmode": "decimal" if ask.kind != "month" else "numeric", "autocomplete": "off"}), **words,
    )  # fmt: skip
