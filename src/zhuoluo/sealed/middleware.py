"""Files sent to this room's pages stay in memory: Django would write larger ones to a temporary file, in plain."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse

PLACES = ("/letters/", "/desk/sealed/")
MOST = 64 * 1024 * 1024  # of one request, all files together


class Memory(FileUploadHandler):
    """Keeps every file in memory, and stops at a bound."""

    taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start the next file."""
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece. Raises StopUpload past the bound."""
        self.taken += len(raw_data)
        if self.taken > MOST:
            raise StopUpload(connection_reset=True)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the whole file."""
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name or "", self.content_type or "", file_size, self.charset
        )


class InMemory:
    """Puts the handler in place before anything reads the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        if request.path_info.startswith(PLACES):
            request.upload_handlers = [Memory(request)]
        return self.get_response(request)
