"""Errors told to people: a sentence and the values in it, kept apart so that each can be translated. Pure."""


class Sentence(Exception):
    """A sentence for the reader. `values` fill its `%(name)s`; a list is joined the way the language joins.

    Its text (`str`) is the Chinese one; a screen shows `kit.spoken.spoken(error)`, in the reader's language.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence, self.values = sentence, values
        super().__init__(
            sentence % {name: _chinese(value) for name, value in values.items()} if values else sentence
        )


def _chinese(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
