"""The one way a kept file leaves the site. The caller has checked that this reader may see it."""

from django.http import FileResponse

from zhuoluo.files.models import StoredFile
from zhuoluo.files.reads import open_file
from zhuoluo.files.rules import clean_name


def response(stored: StoredFile, *, thumbnail: bool = False, inline: bool = False) -> FileResponse:
    """Return a file, or its small picture, as an answer no browser will run anything from.

    Everything is a download, except photos (drawn anew by us) when asked `inline`. Raises ValueError for a
    thumbnail of what has none, FileNotFoundError when the disk lost the file.
    """
    if thumbnail and not stored.thumbnail:
        raise ValueError("only photos have a small picture")
    shown = inline and stored.kind == "photo"
    answer = FileResponse(
        open_file(stored.id, thumbnail=thumbnail),
        as_attachment=not shown,
        filename=clean_name(stored.name, ".jpg") if thumbnail else stored.name,
        content_type="image/jpeg" if thumbnail else stored.content_type,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Referrer-Policy"] = "no-referrer"
    # Small pictures may stay in the reader's browser for a list's sake, whole files on no shared computer.
    answer.headers["Cache-Control"] = "private, max-age=600" if thumbnail else "private, no-store"
    return answer
