"""Fields of this room: sums in yuan, shares in percent."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.spoken import spoken
from zhuoluo.outreach.programmes.rules.errors import Refused
from zhuoluo.outreach.programmes.rules.money import bare_yuan, read_fen

FILES = {"accept": "image/jpeg,image/png,image/webp,image/heic,application/pdf", "multiple": True}


class Yuan(forms.CharField):
    """A sum typed in yuan; its value is in fen, 0 where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 24)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show fen as yuan, and what was typed as it was typed."""
        return (bare_yuan(value) if value else "") if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Return fen."""
        typed = super().clean(value)
        if not typed:
            return 0
        try:
            return read_fen(typed)
        except Refused as error:
            raise ValidationError(spoken(error)) from error


class Percent(forms.DecimalField):
    """A share typed in percent; its value is in hundredths of a percent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"max_digits": 5, "decimal_places": 2, "min_value": 0, "max_value": 100, "required": False}
            | kwargs
        )

    def clean(self, value: Any) -> Any:
        """Return hundredths of a percent."""
        typed = super().clean(value)
        return int(Decimal(typed) * 100) if typed is not None else 0


YEAR_WORDS = {"required": _("请写年度"), "invalid": _("请写四位数的年度")}


class ManyFiles(forms.ClearableFileInput):
    """A file control that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleaned to a list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", ManyFiles(attrs=FILES))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files chosen, none when none was."""
        several = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in several if one]
