"""What a form field needs on the page, read off a Django BoundField."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True)
class FieldParts:
    """Label, hint, errors and the control, wired to each other by ids."""

    bound: BoundField
    kind: str
    hint: str
    hint_id: str
    error_id: str
    described_by: str
    size: str

    @property
    def control(self) -> SafeString:
        """The rendered control (for kind "control" and "checkbox")."""
        css = "" if self.kind == "checkbox" else f"input input--{self.size}" if self.size else "input"
        return self.bound.as_widget(attrs=self.attributes(css))

    @property
    def errors(self) -> list[str]:
        """What is wrong, in words that can stand alone."""
        return said(self.bound)

    def attributes(self, css: str) -> dict[str, Any]:
        """Return the attributes that tie the control to its hint and its error."""
        given = self.bound.field.widget.attrs
        attrs: dict[str, Any] = {"class": f"{given.get('class', '')} {css}".strip() or None}
        attrs["aria-describedby"] = self.described_by or None
        attrs["aria-invalid"] = "true" if self.bound.errors else None
        return {name: value for name, value in attrs.items() if value}


def parts(bound: BoundField, *, hint: str = "", size: str = "") -> FieldParts:
    """Describe `bound`: its kind (control, choices, checkbox, hidden), and the ids that join its parts.

    `hint` overrides the field's help text; `size` is "", "medium" or "short".
    """
    widget = bound.field.widget
    hint = hint or str(bound.help_text or "")
    hint_id = f"{bound.auto_id}_hint" if hint else ""
    error_id = f"{bound.auto_id}_error" if bound.errors else ""
    return FieldParts(
        bound=bound,
        kind=_kind(widget, hidden=bound.is_hidden),
        hint=hint,
        hint_id=hint_id,
        error_id=error_id,
        described_by=" ".join(part for part in (hint_id, error_id) if part),
        size=size,
    )


def said(bound: BoundField) -> list[str]:
    """Return the errors of `bound` in words that can stand alone: a bare "required" names its field."""
    listed = bound.form.errors.as_data().get(bound.name, [])
    return [_named(bound, error) or str(message) for error in listed for message in error.messages]


def first_control_id(bound: BoundField) -> str:
    """Return the id an error link should jump to: the control, or the first of several choices."""
    return f"{bound.auto_id}_0" if isinstance(bound.field.widget, CHOICES) else bound.auto_id


def _named(bound: BoundField, error: ValidationError) -> str:
    field = bound.field
    if (
        error.code != "required"
        or field.error_messages["required"] != forms.Field.default_error_messages["required"]
    ):
        return ""
    if isinstance(field, forms.BooleanField):
        words = _("请勾选：%(label)s")
    elif isinstance(field, forms.ChoiceField | forms.FileField):
        words = _("请选择：%(label)s")
    else:
        words = _("请填写：%(label)s")
    return words % {"label": bound.label}


def _kind(widget: forms.Widget, *, hidden: bool) -> str:
    if hidden:
        return "hidden"
    if isinstance(widget, CHOICES):
        return "choices"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "control"
