from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "zhuoluo.figures"
    label = "figures"
