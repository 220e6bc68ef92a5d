"""The site's classification tree."""

from zhuoluo.matters.models import Category


def categories() -> list[tuple[str, str]]:
    """Return the active topics as (code, full name), in tree order."""
    return list(Category.objects.filter(active=True).order_by("code").values_list("code", "full_name"))
