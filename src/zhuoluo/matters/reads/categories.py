"""The site's classification tree."""

from zhuoluo.matters.models import Category


def categories() -> list[tuple[str, str]]:
    """Return the active topics as (code, full name), in tree order."""
    return list(Category.objects.filter(active=True).order_by("code").values_list("code", "full_name"))


def category_codes() -> dict[str, str]:
    """Return the code of every topic by its full name, those no longer offered included: a new tree keeps them."""
    return dict(Category.objects.order_by("active", "code").values_list("full_name", "code"))
