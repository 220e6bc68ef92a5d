from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zhuoluo.portal"
    label = "portal"
