"""Where the files of the screens lie, once they are collected under hashed names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Collected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashed names, each looked up once a process: a page names some thirty files, and collecting comes before serving."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Return the address of a file."""
        known = self._known.get(name)
        if known is None or force:
            known = self._known[name] = super().url(name, force)
        return known
