from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "zhuoluo.demo"
    label = "demo"
