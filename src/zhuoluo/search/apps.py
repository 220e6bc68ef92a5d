from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "zhuoluo.search"
    label = "search"
