from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "zhuoluo.outreach.policy"
    label = "policy"
