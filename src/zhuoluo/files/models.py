"""Files: one row a file; its bytes lie on disk under its id, never under its name."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from zhuoluo.kit.ids import uuid7


class StoredFile(models.Model):
    """A file that was checked and kept. A row never points to a missing file: the bytes are written first.

    Size and SHA-256 are of the bytes kept (photos and sound are cleaned before), so a copy can be proved.
    """

    KINDS = (("photo", "照片"), ("document", "文档"), ("audio", "录音"), ("video", "视频"))
    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=100)  # cleaned; its extension is that of the content
    kind = models.CharField(max_length=10, choices=KINDS)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    thumbnail = models.BooleanField(default=False)
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "files_stored_file"
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["photo", "document", "audio", "video"]), name="stored_file_kind"
            ),
            models.CheckConstraint(condition=Q(size__gt=0) & ~Q(name=""), name="stored_file_not_empty"),
            models.CheckConstraint(condition=Exact(Length("sha256"), 64), name="stored_file_sha256"),
            models.CheckConstraint(
                condition=Q(
                    kind="photo", width__isnull=False, height__isnull=False, width__gt=0, height__gt=0
                )
                & Q(thumbnail=True)
                | ~Q(kind="photo") & Q(width__isnull=True, height__isnull=True, thumbnail=False),
                name="stored_file_only_photos_are_drawn",
            ),
        )
