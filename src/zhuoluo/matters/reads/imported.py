"""Which matters are here already: an import asks before it registers, so that importing twice changes nothing."""

from collections.abc import Collection, Iterator
from itertools import islice
from uuid import UUID

from zhuoluo.matters.models import Matter
from zhuoluo.matters.rules import Refused, read_number

CHUNK = 500


def imported(origin: str, external_ids: Collection[str]) -> dict[str, UUID]:
    """Return the matters of a source by their numbers there. Not limited to what anybody may read: ids only."""
    rows = Matter.objects.filter(origin=origin).values_list("external_id", "id")
    return {key: found for some in _chunks(external_ids) for key, found in rows.filter(external_id__in=some)}


def numbered(typed: Collection[str]) -> dict[str, UUID]:
    """Return the matters whose own numbers were typed, however they were typed; what is no number is left out."""
    written = {number: text for text in typed if (number := _number(text))}
    rows = Matter.objects.values_list("number", "id")
    return {
        written[number]: found for some in _chunks(written) for number, found in rows.filter(number__in=some)
    }


def _number(text: str) -> str:
    try:
        return read_number(text)
    except Refused:
        return ""


def _chunks(keys: Collection[str]) -> Iterator[list[str]]:
    waiting = iter(keys)
    while some := list(islice(waiting, CHUNK)):
        yield some
