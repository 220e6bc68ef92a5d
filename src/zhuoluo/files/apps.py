from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Attachments: checked by content, cleaned, kept under an id, served as downloads."""

    name = "zhuoluo.files"
    label = "files"
