"""What people type: their own words as they wrote them, and forms that count once."""

from typing import Any

from django import forms

from zhuoluo.kit.ids import uuid7


class Words(forms.CharField):
    """A person's own words: line ends as everywhere, nothing else touched."""

    def to_python(self, value: Any) -> str:
        """Return the words with single line feeds."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class Keyed(forms.Form):
    """A form that is sent once, whatever a finger does."""

    use_required_attribute = False
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", str(uuid7()))


def box(rows: int = 4) -> forms.Textarea:
    """Return a text box of so many lines."""
    return forms.Textarea(attrs={"rows": rows})
