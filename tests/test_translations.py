"""Everything on the screen has its English: one catalogue, nothing missing, nothing left over."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tools import merge_po
from zhuoluo.config import messages

PLACEHOLDER = re.compile(r"%\((\w+)\)[sdi]|%[sdi]|\{(\w*)\}")


def _entries() -> list[Message]:
    return [m for m in messages.catalogue() if m.id]


def _words(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(part) for part in value]  # type: ignore[attr-defined]  # a tuple


def _gaps(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


def test_every_text_of_the_screen_has_its_english() -> None:
    missing = [f"{found.places[0]}  {found.msgid}" for found in messages.untranslated()]
    assert not missing, "make messages lists them as entries:\n" + "\n".join(missing)


def test_no_entry_is_left_over() -> None:
    wanted = set(messages.on_screen()) | messages.anywhere()
    assert not [m.id for m in _entries() if _words(m.id)[0] not in wanted]


def test_the_english_fills_the_same_gaps() -> None:
    for message in _entries():
        wanted = set().union(*map(_gaps, _words(message.id)))
        for words in _words(message.string):
            # A singular may leave out the number, nothing else.
            assert _gaps(words) <= wanted, message.id
        assert _gaps(_words(message.string)[-1]) == wanted, message.id


def test_nothing_is_fuzzy_empty_or_left_in_chinese() -> None:
    for message in _entries():
        assert not message.fuzzy, message.id
        assert all(words.strip() for words in _words(message.string)), message.id
        said = "".join(_words(message.string))
        assert not messages.HAN.search(said) or message.id in OWN_NAMES, message.id


OWN_NAMES = {"中文"}  # a language is named in itself


def test_the_catalogue_is_sorted_as_the_tool_writes_it() -> None:
    kept = merge_po.entries(merge_po.read(messages.CATALOGUE))
    assert messages.CATALOGUE.read_text(encoding="utf-8") == merge_po.text(kept)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "room" / "templates").mkdir(parents=True)
    (tmp_path / "room" / "templates" / "page.html").write_text(
        '{% translate "登记" %}{% blocktranslate trimmed with n=n %}\n 共 {{ n }} 件\n{% endblocktranslate %}'
        '{% button _("保存") %}{% blocktranslate count n=n %}{{ n }} 人{% plural %}{{ n }} 个人{% endblocktranslate %}'
        "<p>没有标记</p>",
        encoding="utf-8",
    )
    (tmp_path / "room" / "rules.py").write_text(
        'KINDS = {"a": "转交"}\n\ndef check():\n    raise Refused("不能这样办理")\n', encoding="utf-8"
    )
    (tmp_path / "room" / "views.py").write_text('said = _("已" "保存")\n', encoding="utf-8")
    return tmp_path


def test_texts_are_found_in_templates_calls_errors_and_word_tables(package: Path) -> None:
    found = messages.on_screen(package)
    assert set(found) == {"登记", "共 %(n)s 件", "保存", "%(n)s 人", "转交", "不能这样办理", "已保存"}
    assert found["%(n)s 人"].plural == "%(n)s 个人"
    assert found["登记"].places == ["room/templates/page.html:1"]


def test_a_number_without_its_plural_has_no_english(package: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.po"
    words = ["登记", "共 %(n)s 件", "保存", "%(n)s 人", "转交", "不能这样办理", "已保存"]
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    single = "".join(f'msgid "{word}"\nmsgstr "x %(n)s"\n\n' for word in words)
    whole.write_text(head + single, encoding="utf-8")
    assert [f.msgid for f in messages.untranslated(package, whole)] == ["%(n)s 人"]
    plural = 'msgid "%(n)s 人"\nmsgid_plural "%(n)s 个人"\nmsgstr[0] "%(n)s one"\nmsgstr[1] "%(n)s more"\n'
    whole.write_text(head + single.replace('msgid "%(n)s 人"\nmsgstr "x %(n)s"\n', plural), encoding="utf-8")
    assert messages.untranslated(package, whole) == []


def test_a_stale_catalogue_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        merge_po.HEADER + '\nmsgid "登记"\nmsgstr "Register"\n', encoding="utf-8"
    )
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    assert [messages.compile_catalogues(), messages.compile_catalogues()] == [1, 0]
    assert (folder / "django.mo").exists()


def test_merging_keeps_what_stands_there_and_names_the_difference() -> None:
    kept = {("", "登记"): ("登记", "Register")}
    found = {("", "登记"): ("登记", "Enter"), ("", "受理"): ("受理", "Accept")}
    assert merge_po.merge(kept, found, replace=False) == ["登记"]
    assert kept[("", "登记")][1] == "Register"
    assert kept[("", "受理")][1] == "Accept"
    assert list(re.findall(r'msgid "(.+)"', merge_po.text(kept))) == ["受理", "登记"]
