"""Who receives here: the name, hours, phone and address the jurisdiction has set."""

from dataclasses import dataclass

from django.utils.translation import get_language

from zhuoluo.org.models import Jurisdiction
from zhuoluo.org.reads import jurisdiction


@dataclass(frozen=True)
class Front:
    """What a resident should know of the office. Everything but the name may be empty.

    Set in Jurisdiction.rules: `phone`, `hours`, `address` (and `hours_en`, `address_en`).
    """

    name: str
    phone: str = ""
    hours: str = ""
    address: str = ""

    @property
    def dial(self) -> str:
        """Return the phone as a link understands it."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+")


def english() -> bool:
    """Say whether the page is being shown in English."""
    return (get_language() or "").startswith("en")


def front() -> Front:
    """Return what is set; before the site is set up, empty words."""
    try:
        here = jurisdiction()
    except Jurisdiction.DoesNotExist:
        return Front("")
    rules = here.rules
    name, tail = (here.name_en or here.name, "_en") if english() else (here.name, "")
    hours, address = (str(rules.get(f"{key}{tail}") or rules.get(key, "")) for key in ("hours", "address"))
    return Front(name, str(rules.get("phone", "")), hours, address)


def anonymous_allowed(klass: str) -> bool:
    """Say whether a matter of this class may be raised without a name here (rule `anonymous`: list of classes)."""
    allowed = jurisdiction().rules.get("anonymous")
    return allowed is None or klass in allowed
