"""Small tables typed by hand."""

import unicodedata


def read_pairs(text: str) -> list[tuple[str, str]]:
    """Return (first word, rest) of every line that is not blank; full-width characters and commas are understood.

    Raises ValueError naming the line that has only one word.
    """
    pairs = []
    for place, raw in enumerate(text.splitlines(), start=1):
        line = unicodedata.normalize("NFKC", raw).replace(",", " ").replace("\t", " ").strip()
        if not line:
            continue
        first, _, rest = line.partition(" ")
        if not rest.strip():
            raise ValueError(f"第 {place} 行“{line}”缺少一项，请写成“代码 名称”")
        pairs.append((first, rest.strip()))
    return pairs
