from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "zhuoluo.outreach.programmes"
    label = "programmes"
