from django.apps import AppConfig


class SealedConfig(AppConfig):
    name = "zhuoluo.sealed"
    label = "sealed"
