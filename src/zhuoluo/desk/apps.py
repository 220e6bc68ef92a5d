from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zhuoluo.desk"
    label = "desk"
