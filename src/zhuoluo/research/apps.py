from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "zhuoluo.research"
