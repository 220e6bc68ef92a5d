from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding Chinese text and numbers, limited inside the index to what the reader may see."""

    name = "zhuoluo.search"
    label = "search"
