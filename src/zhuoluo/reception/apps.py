from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "zhuoluo.reception"
    label = "reception"
