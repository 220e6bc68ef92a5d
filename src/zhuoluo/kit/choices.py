"""Choices that are known only when a form is made."""

from collections.abc import Iterable
from typing import Any

from django import forms


def choose_from(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Let a field of a form offer these choices. Raises TypeError for a field that has none."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = list(choices)
