from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "zhuoluo.residents"
    label = "residents"
