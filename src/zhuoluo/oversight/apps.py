from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "zhuoluo.oversight"
    label = "oversight"
