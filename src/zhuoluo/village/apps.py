from django.apps import AppConfig


class VillageConfig(AppConfig):
    name = "zhuoluo.village"
