"""The tables of the index that both engines share; what is particular to each is made by migration 0002.

On SQLite the words are in the full-text table `search_index`, whose row number is `tick`; on PostgreSQL they are in a
further column `tokens` of `search_document`.
"""

from django.db import models


class Indexed(models.Model):
    """One document that can be found."""

    id = models.UUIDField(primary_key=True)
    tick = (
        models.BigIntegerField()
    )  # its time in 1/128 seconds since 1900; on SQLite unique, so some wait a tick
    packed = models.BinaryField(
        null=True
    )  # SQLite: the text as indexed, without which it could not be taken out

    class Meta:
        db_table = "search_document"


class Rarity(models.Model):
    """How many of the sampled documents hold a token: what tells a telling word from a common one.

    The row of the empty token counts the sampled documents. Samples are never taken back: shares are what matters.
    """

    token = models.CharField(primary_key=True, max_length=80)
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "search_rarity"
