from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "zhuoluo.papers"
    label = "papers"
