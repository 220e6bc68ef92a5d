from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "zhuoluo.ledger"
    label = "ledger"
