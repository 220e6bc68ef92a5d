from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "zhuoluo.outreach.live"
    label = "live"
