"""What the forms of all acts share: the version seen, words, days, files, and what is explained above the fields."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zhuoluo.kit.asked import DayField
from zhuoluo.matters.forms.register import Files
from zhuoluo.matters.reads.case import Case
from zhuoluo.org.reads import SHANGHAI

Upload = tuple[Any, str, str]  # the file as it came, its role, its caption
Kept = tuple[UUID, str, str]  # the id under which it is kept, its role, its caption
KEPT_SECONDS = 24 * 3600


def says(
    label: Any, hint: Any = "", *, rows: int = 4, required: bool = True, missing: Any = "", **attrs: Any
) -> forms.CharField:
    """Return a field for words of several lines. `missing`: what is said when it was left empty."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": 20_000, **attrs}),
        error_messages={"required": missing or _("请写在这里")},
    )  # fmt: skip


class Part(forms.CharField):
    """Words that the whole will need but that may still be missing now: not called optional, not demanded yet."""

    def validate(self, value: Any) -> None:
        """Let it be empty."""


class Choice(forms.ChoiceField):
    """A choice that is only sometimes needed; its form says when."""

    def validate(self, value: Any) -> None:
        """Let it be empty; what is chosen must be among the choices."""
        if value not in self.empty_values:
            super().validate(value)


def part(label: Any, hint: Any = "", *, rows: int = 4) -> Part:
    """Return a field for a part of a longer text."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": 20_000})
    return Part(label=label, help_text=hint, max_length=20_000, widget=widget)


def day(label: Any, hint: Any = "", *, required: bool = True, missing: Any = "") -> DayField:
    """Return a field for a day."""
    words = {"required": missing} if missing else {}
    return DayField(label=label, help_text=hint, required=required, error_messages=words)


def minute(label: Any, hint: Any = "", *, required: bool = True, missing: Any = "") -> forms.DateTimeField:
    """Return a field for a day and a time."""
    return forms.DateTimeField(
        label=label, required=required, help_text=hint,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "invalid": _("请写成 2026-03-04 15:30 这样的时间"), "required": missing or _("请选择日期和时间"),
        },
    )  # fmt: skip


def not_before(given: datetime | None, earliest: datetime | None) -> datetime | None:
    """Return the time given; a whole minute means up to its end, so it is not before what happened within it."""
    if given is None or earliest is None or given >= earliest:
        return given
    return earliest if timezone.localtime(earliest).replace(second=0, microsecond=0) == given else given


def one_of(
    label: Any, choices: Sequence[tuple[str, Any]] = (), hint: Any = "", *, missing: Any = "", **more: Any
) -> forms.ChoiceField:
    """Return radio buttons."""
    return forms.ChoiceField(
        label=label, choices=choices, help_text=hint, widget=forms.RadioSelect,
        error_messages={"required": missing or _("请选一项")}, **more,
    )  # fmt: skip


def words(table: dict[str, str], *, but: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return a table of the rules as choices in the reader's language."""
    return [(key, gettext(word)) for key, word in table.items() if key not in but]


class ActForm(forms.Form):
    """The form of one act on one matter, as one reader meets it at one moment."""

    versioned: ClassVar[bool] = True  # the action takes the version the reader saw
    uploads: ClassVar[dict[str, str]] = {}  # field with files → their role
    use_required_attribute = False  # what is missing is said in words, beside what was typed
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "act-%s")
        super().__init__(*args, **kwargs)
        self.case = case
        self.initial.setdefault("version", case.matter.version)
        self.prepare()
        first = next((field for field in self.fields.values() if not field.widget.is_hidden), None)
        if (
            first is not None
            and not self.is_bound
            and isinstance(first.widget, forms.TextInput | forms.Textarea)
        ):
            first.widget.attrs["autofocus"] = True

    def prepare(self) -> None:
        """Set what depends on the matter: choices, first values."""

    def explain(self) -> list[str]:
        """Return the sentences above the fields: what follows from the act, and which rule says so."""
        return []

    def asked(self) -> dict[str, Any]:
        """Return what the action is asked to do, beyond who, when and which matter. May raise Refused."""
        given = {
            k: v for k, v in self.cleaned_data.items() if k not in {"version", "kept"} and not self._file(k)
        }
        return given | {"version": self.cleaned_data["version"]} if self.versioned else given

    def _file(self, name: str) -> bool:
        return (
            isinstance(self.fields.get(name), forms.FileField)
            or name.removesuffix("_caption") in self.uploads
        )

    # --- files: kept before the act, and remembered when it is refused, so that nobody sends them twice ---

    def sent(self) -> list[Upload]:
        """Return the files of this press of the button, each with its role and caption."""
        found: list[Upload] = []
        for name, role in self.uploads.items():
            given = self.cleaned_data.get(name) or []
            caption = self.cleaned_data.get(f"{name}_caption") or ""
            found += [(one, role, caption) for one in (given if isinstance(given, list) else [given])]
        return found

    def with_files(self, kept: Sequence[Kept]) -> dict[str, Any]:
        """Return the kept files as the action takes them."""
        return {"files": list(kept)} if self.uploads else {}

    def remembered(self) -> list[Kept]:
        """Return the files kept at an earlier press; only the one who sent them for this matter can name them."""
        try:
            rows = signing.loads(self["kept"].value() or "", salt=self._salt, max_age=KEPT_SECONDS)
        except signing.BadSignature:
            return []
        return [(UUID(one), role, caption) for one, role, caption in rows]

    def sign(self, kept: Sequence[Kept]) -> str:
        """Return the value of the hidden field that remembers kept files."""
        return (
            signing.dumps([(str(one), role, caption) for one, role, caption in kept], salt=self._salt)
            if kept
            else ""
        )

    @property
    def _salt(self) -> str:
        return f"matters.act:{self.case.matter.id}:{self.case.actor.id}"

    @property
    def files_before(self) -> int:
        """Return how many files an earlier press left behind."""
        return len(self.remembered()) if self.uploads else 0

    @property
    def today(self) -> date:
        """Return the day it is in Shanghai."""
        return self.case.now.astimezone(SHANGHAI).date()


def upload(label: Any, hint: Any = "") -> Files:
    """Return a field for several files. They are never demanded, and not called optional one by one either."""
    return Files(label=label, help_text=hint)


def language() -> str:
    """Return "zh" or "en", as the clock's sentences want it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"
