"""Sealing everything anew under the key and profile in use. Stop it anywhere: it goes on where it was."""

import json
from collections.abc import Callable

from django.db import transaction

from zhuoluo.sealed.actions.vault import keep_accused, put
from zhuoluo.sealed.models import SealedAccused, SealedFile, SealedText
from zhuoluo.sealed.reads import keyring, open_file, open_text, stale_count
from zhuoluo.sealed.reads.vault import stale

BATCH = 20


def reseal(*, progress: Callable[[int, int], None] | None = None) -> int:
    """Seal every older ciphertext anew, a few rows a transaction; return how many. Raises Damaged for one that does not open.

    The digests of the accused are made anew with the words they were taken from; those of keys no longer held go.
    """
    whole, done = stale_count(), 0
    while some := _some():
        done += some
        if progress is not None:
            progress(min(done, whole), whole)
    SealedAccused.objects.exclude(key_id__in=list(keyring().keys)).delete()
    return done


@transaction.atomic
def _some() -> int:
    done = 0
    for row in SealedText.objects.select_for_update().filter(stale()).order_by("id")[:BATCH]:
        words = open_text(row)
        if row.kind == "accused":
            keep_accused(row.case_id, json.loads(words)["refs"])
        put(row, words.encode())
        row.save(update_fields=["key_id", "algorithm", "nonce", "ciphertext"])
        done += 1
    if done:
        return done
    for file in SealedFile.objects.select_for_update().filter(stale()).order_by("id")[:BATCH]:
        content = open_file(file)
        put(file, content)
        file.save(update_fields=["key_id", "algorithm", "nonce", "ciphertext"])
        done += 1
    return done
