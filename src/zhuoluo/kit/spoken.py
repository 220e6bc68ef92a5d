"""What an error says, in the reader's language."""

from django.utils.translation import gettext

from zhuoluo.kit.sentences import Sentence


def spoken(error: Exception) -> str:
    """Return the sentence of an error translated, and the values in it too."""
    if not isinstance(error, Sentence) or not error.values:
        return gettext(str(error))
    return gettext(error.sentence) % {name: _in_words(value) for name, value in error.values.items()}


def _in_words(value: object) -> str:
    if isinstance(value, list):
        return gettext("、").join(gettext(str(item)) for item in value)
    return gettext(value) if isinstance(value, str) and value else str(value)
