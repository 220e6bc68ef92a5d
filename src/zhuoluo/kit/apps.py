from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "zhuoluo.kit"
    label = "kit"
