from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "zhuoluo.matters"
    label = "matters"
