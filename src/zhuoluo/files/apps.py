from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "zhuoluo.files"
    label = "files"
