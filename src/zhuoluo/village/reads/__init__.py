"""Every read of the room. The list is everybody's; a mediator sees their own quarrels; the township its own mediators' ones."""

from zhuoluo.village.reads.lists import (
    QuarrelLine,
    given,
    listed,
    mine,
    my_listing,
    open_to,
    public,
    quarrel,
    records,
    voice_of,
)  # fmt: skip
from zhuoluo.village.rules.errors import NotFound

__all__ = [
    "NotFound", "QuarrelLine", "given", "listed", "mine", "my_listing", "open_to", "public", "quarrel", "records", "voice_of",
]  # fmt: skip
