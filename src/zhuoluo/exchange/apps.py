from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "zhuoluo.exchange"
    label = "exchange"
