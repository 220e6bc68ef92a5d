"""Words for the reader with the values in them, kept apart so that each can be said in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """A Chinese sentence whose `%(name)s` are filled with `values`, which may be said things themselves."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence % {n: str(v) for n, v in self.values.items()} if self.values else self.sentence


def said(sentence: str, **values: object) -> Said:
    """Return a sentence with its values."""
    return Said(sentence, values)


def _(msgid: str) -> str:
    """Mark a sentence for translation."""
    return msgid


def years_and_months(months: int) -> Said:
    """Return a span of time: 15 年 6 个月."""
    years, rest = divmod(months, 12)
    if rest == 0:
        return said(_("%(years)s 年"), years=years)
    if years == 0:
        return said(_("%(months)s 个月"), months=rest)
    return said(_("%(years)s 年 %(months)s 个月"), years=years, months=rest)


def age(months: int) -> Said:
    """Return an age: 60 岁 5 个月."""
    years, rest = divmod(months, 12)
    if rest == 0:
        return said(_("%(years)s 岁"), years=years)
    return said(_("%(years)s 岁 %(months)s 个月"), years=years, months=rest)
