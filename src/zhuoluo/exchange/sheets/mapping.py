"""Which column of a table says what: guessed, corrected by people, saved, applied to rows.

A column that is no field is kept as `extra` under its label, so that nothing is lost; only a column that a
person marks as ignored is left out. This module gathers the parts under one name.
"""

from zhuoluo.exchange.sheets.choices import EXTRA, IGNORE, Choice, Mapping, signature
from zhuoluo.exchange.sheets.fields import BY_KEY, FIELDS, Field
from zhuoluo.exchange.sheets.guessing import guess
from zhuoluo.exchange.sheets.problems import Problem
from zhuoluo.exchange.sheets.rowvalues import RowResult, results, row_values

__all__ = [
    "BY_KEY",
    "EXTRA",
    "FIELDS",
    "IGNORE",
    "Choice",
    "Field",
    "Mapping",
    "Problem",
    "RowResult",
    "guess",
    "results",
    "row_values",
    "signature",
]
