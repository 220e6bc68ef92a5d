from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "zhuoluo.org"
    label = "org"
