"""The county's policy documents as files and labels. Pure."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

import docx

from zhuoluo.outreach.policy.rules.numerals import write_numeral


def labels(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Return the label of each clause as its document writes it, and the part it stands in."""
    parts, heading = plan.get("parts", {}), ""
    for number in range(1, len(plan["clauses"]) + 1):
        heading = parts.get(str(number), heading)
        written = write_numeral(number)
        yield written if plan.get("labels") == "count" else f"第{written}条", heading


def paragraphs(plan: Mapping[str, Any]) -> list[str]:
    """Return the whole document as paragraphs."""
    issued = plan["issued"]
    found = [plan["number"], plan["title"], plan["issuer"], f"{issued.year}年{issued.month}月{issued.day}日"]
    last = ""
    for (label, heading), clause in zip(labels(plan), plan["clauses"], strict=True):
        if heading != last:
            found.append(heading)
            last = heading
        found.append(f"{label}　{clause[0]}")
    return found


def word_file(lines: list[str]) -> bytes:
    """Return a Word file of these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    handle = io.BytesIO()
    document.save(handle)
    return handle.getvalue()
