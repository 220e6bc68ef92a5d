from django.apps import AppConfig


class TalksConfig(AppConfig):
    name = "zhuoluo.outreach.talks"
    label = "talks"
