"""Guards xlsx: looks through the archive and its XML in small steps before any real parser sees it."""

import re

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from zhuoluo.exchange.sheets.archive import Part, open_archive
from zhuoluo.exchange.sheets.limits import Facts, Limits
from zhuoluo.exchange.sheets.problems import Reason, Refused, reason
from zhuoluo.exchange.sheets.sheetscan import STRINGS_PART, Scan

_WORKBOOK = "xl/workbook.xml"
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_NETWORK = re.compile(r"(?:https?|ftp|ldap|smb|mk|mhtml|javascript|data)\s*:")


def inspect_xlsx(data: bytes, limits: Limits) -> Facts:
    """Let a well-behaved xlsx through; raise `Refused` for every other archive."""
    parts = open_archive(data, limits)
    _check_kind({part.name.casefold() for part in parts})
    return _inspect_parts(data, parts, limits)


def _check_kind(names: set[str]) -> None:
    """Say what an archive is that is not an xlsx workbook."""
    if _WORKBOOK in names:
        return
    if "xl/workbook.bin" in names:
        raise Refused(reason("file_binary_kind", kind="xlsb"))
    if "content.xml" in names and "mimetype" in names:
        raise Refused(reason("file_binary_kind", kind="ods"))
    for folder, what in (("word/", " Word 文件"), ("ppt/", " PowerPoint 文件")):
        if any(name.startswith(folder) for name in names):
            raise Refused(reason("file_other", what=what))
    raise Refused(reason("file_archive"))


def _inspect_parts(data: bytes, parts: list[Part], limits: Limits) -> Facts:
    """Look through the content of every part that a reader could open."""
    xml_parts, notes, total = [], [], 0
    for part in parts:
        folded = part.name.casefold()
        if folded.endswith((".xml", ".rels", ".vml")):
            xml_parts.append(part)
            total += part.info.file_size
        elif part.first().startswith(_ARCHIVES) and "/embeddings/" not in folded:
            raise Refused(reason("zip_nested", part=part.name))
        elif folded.endswith("vbaproject.bin"):
            notes.append(reason("note_macros"))
    if total > limits.xml_bytes:
        raise Refused(reason("sheet_too_big", limit=limits.cells))
    xml_parts.sort(key=lambda part: part.name.casefold() != STRINGS_PART)
    scan = Scan(limits)
    sheets = {part.name.casefold(): found for part in xml_parts if (found := scan.part(part)) is not None}
    notes += _outside_content(xml_parts)
    date1904, names = _workbook(xml_parts, limits)
    faults = {name: sheets[path].faults for name, path in names if path in sheets and sheets[path].faults}
    return Facts("xlsx", data, date1904=date1904, faults=faults, notes=tuple(dict.fromkeys(notes)))


def _outside_content(parts: list[Part]) -> list[Reason]:
    """Refuse parts that fetch from the network; note links to other workbooks. Clickable links are fine."""
    notes = []
    for part in parts:
        if not part.name.casefold().endswith(".rels"):
            continue
        for link in _elements(part, "Relationship"):
            if link.get("TargetMode", "").lower() != "external":
                continue
            purpose = link.get("Type", "").rpartition("/")[2].lower()
            target = link.get("Target", "").strip().lower()
            if purpose == "hyperlink":
                continue
            if _NETWORK.match(target):
                raise Refused(reason("external_content", part=part.name))
            notes.append(reason("note_links"))
    return notes


def _workbook(parts: list[Part], limits: Limits) -> tuple[bool, list[tuple[str, str]]]:
    """Whether days count from 1904, and for each worksheet its name and the path of its part."""
    by_name = {part.name.casefold(): part for part in parts}
    relations = by_name.get("xl/_rels/workbook.xml.rels")
    paths = {}
    for link in _elements(relations, "Relationship") if relations else []:
        target = link.get("Target", "")
        paths[link.get("Id", "")] = (target[1:] if target.startswith("/") else f"xl/{target}").casefold()
    workbook = by_name[_WORKBOOK]
    names = []
    for sheet in _elements(workbook, "sheet"):
        target_id = next((value for key, value in sheet.items() if key.endswith("}id")), "")
        names.append((sheet.get("name", ""), paths.get(target_id, "")))
    if len(names) > limits.sheets:
        raise Refused(reason("sheet_too_many_sheets", count=len(names), limit=limits.sheets))
    shift = any(found.get("date1904", "") in {"1", "true"} for found in _elements(workbook, "workbookPr"))
    return shift, names


def _elements(part: Part, tag: str) -> list[dict[str, str]]:
    """The attributes of every element of that local name in a small part."""
    try:
        root = fromstring(part.whole(), forbid_dtd=True)
    except DefusedXmlException:
        raise Refused(reason("xml_dtd", part=part.name)) from None
    except ParseError:
        raise Refused(reason("file_damaged", part=part.name)) from None
    return [dict(found.attrib) for found in root.iter() if found.tag.rpartition("}")[2] == tag]
