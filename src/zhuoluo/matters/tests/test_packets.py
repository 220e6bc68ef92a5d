"""Packets without identity hold no identity: a thousand seeded ones, whatever the words carry."""

import random
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path as Folder
from typing import Any

import pdfplumber
import pytest

from tests.county import MONDAY, County, contact
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters import actions
from zhuoluo.matters.actions.packets import take_packet
from zhuoluo.matters.reads.packets import Packet, Section, packet, stripped, without_identity
from zhuoluo.matters.reads.page import page
from zhuoluo.matters.rules.stripping import GONE, Identity, strip
from zhuoluo.matters.tests.path import Path, filing
from zhuoluo.org.rules import RESIDENT, Forbidden
from zhuoluo.papers.reads import packet_pdf
from zhuoluo.residents.actions import Contact
from zhuoluo.residents.reads import who_saw

SURNAMES = ["钱", "孙", "欧阳", "周", "龚", "郭", "冯", "上官", "蒋", "阎"]
GIVEN = ["雀子", "䶮", "㛃华", "𠮷祥", "建军", "秀英", "桂香", "国", "喆", "堃元"]
LANES = ["黄雀巷", "柳叶弄", "金鱼胡同", "丁香小区", "枣园新村"]
WIDE = {ord(str(n)): ord("０") + n for n in range(10)}


def person(rng: random.Random, n: int) -> Contact:
    phone = f"1{rng.choice('3456789')}{n % 1000:03d}{rng.randrange(10**6):06d}"
    born = f"19{rng.randrange(50, 99)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    lane = f"{rng.choice(LANES)}{rng.randrange(1, 300)}号"
    home = (
        f"清溪县石桥镇石桥村{lane}{rng.randrange(1, 9)}栋{rng.randrange(1, 4)}单元{rng.randrange(101, 909)}室"
    )
    return contact(
        name=rng.choice(SURNAMES) + rng.choice(GIVEN), phone=phone, email=f"canary{n}@example.org",
        id_number=f"431281{born}{rng.randrange(1000):03d}{rng.choice('0123456789X')}", address=home, more=f"残疾证{n:05d}号持有人",
    )  # fmt: skip


def told(rng: random.Random, who: Contact) -> str:
    """Words as people write them: identity anywhere, spaced, wide, in Chinese digits, of others too."""
    spaced = f"{who.phone[:3]} {who.phone[3:7]}-{who.phone[7:]}"
    spelled = "".join("零一二三四五六七八九"[int(digit)] for digit in who.phone)
    signs = [
        f"我叫{who.name}，住{who.address}，电话{who.phone}。", f"联系人：{' '.join(who.name)}，手机{spaced}。",
        f"身份证{who.id_number}，邮箱{who.email}。", f"请打{who.phone.translate(WIDE)}找{who.name[-2:]}。",
        f"号码是{spelled}。", f"邻居电话0745-{rng.randrange(2000000, 8999999)}也能作证。", f"我家在{who.address[9:]}。",
        f"ID {who.id_number[:6]} {who.id_number[6:14]} {who.id_number[14:]}", f"{who.name[:-1]}某某反映，{who.more}。",
    ]  # fmt: skip
    rng.shuffle(signs)
    return "石桥村路灯不亮，老人夜里摔倒。" + "".join(signs[: rng.randrange(3, 9)]) + "请尽快修好。"


def bare(text: str) -> str:
    return re.sub(r"[\s\-—]", "", text)


def identifiers(who: Contact) -> list[str]:
    given = who.name[2:] if who.name[:2] in {"欧阳", "上官"} else who.name[1:]
    tail = who.address.removeprefix("清溪县石桥镇")
    found = [who.name, who.phone, who.phone[3:], who.id_number, who.email, tail, tail[3:], who.more]
    return [bare(word) for word in [*found, given if len(given) > 1 else who.name]]


def leaks(text: str, who: Contact) -> list[str]:
    plain = bare(text)
    found = [word for word in identifiers(who) if word in plain or word.translate(WIDE) in plain]
    return found + re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)|\d{17}[\dXx]|\d{3,4}-\d{7,8}|\S+@\S+", text)


def register(county: County, who: Contact, text: str, rng: random.Random) -> Path:
    place = f"石桥村{who.address[12:]}门口"
    return Path.register(county, contact=who, text=text, title=f"{who.name}反映路灯", place=place)


def test_a_thousand_packets_hold_no_name_phone_address_or_number() -> None:
    rng = random.Random(20261123)
    made = []
    for n in range(1000):
        who, merged = person(rng, n), person(rng, n + 1000)
        sections = (
            Section(
                "基本情况", (("编号", "QX-2026-0302-0001"), ("地点", f"清溪县 石桥镇 {who.address[9:]}"))
            ),
            Section("反映的内容", texts=(told(rng, who), told(rng, merged))),
            Section(
                "经过", (("2026年3月2日9时00分", f"县住建局　{told(rng, who)}"), ("回访", told(rng, merged)))
            ),
        )
        whole = Packet("QX-2026-0302-0001", f"{who.name}反映路灯", True, sections)
        out = without_identity(whole, [identity(who), identity(merged)])
        assert leaks(out.words, who) == [], (n, out.words)
        assert leaks(out.words, merged) == [], (n, out.words)
        assert out.sections[0].rows[0][1] == "QX-2026-0302-0001"
        assert out.sections[1].texts[0].startswith("石桥村路灯不亮，老人夜里摔倒。")
        assert out.sections[1].texts[0].endswith("请尽快修好。")
        made.append(out)
    assert len(made) == 1000


def identity(who: Contact) -> Identity:
    return Identity(who.name, who.phone, who.email, who.id_number, who.address, who.more)


@pytest.mark.django_db
def test_whole_packets_of_real_matters_are_clean_down_to_the_pdf(county: County) -> None:
    rng = random.Random(3)
    for n in range(50):
        who, other = person(rng, n), person(rng, n + 500)
        path = register(county, who, told(rng, who), rng)
        if n % 5 == 0:
            joined = register(county, other, told(rng, other), rng)
            joined.act("merge", "clerk", into_id=path.matter.id)
        path.routed()
        path.act("take", "handler", note=f"{who.name}，电话{who.phone}已联系")
        path.act("note", "handler", text=f"上门到{who.address}，{other.name}也在（{other.phone}）")
        made = stripped(page(path.matter, now=path.at))
        data = {"number": made.number, "title": made.title, "heading": "案卷", "sections": _plain(made)}
        pdf = packet_pdf(data, mark="王建国　住建局　2026-03-02 09:00", at=path.at)
        text = "\n".join(p.extract_text() or "" for p in pdfplumber.open(BytesIO(pdf)).pages)
        for words in (made.words, text):
            assert leaks(words, who) == [], words
            if n % 5 == 0:
                assert leaks(words, other) == [], words
        assert made.number in text
        whole = packet(page(path.matter, now=path.at))
        assert who.name in whole.words
        assert who.phone in whole.words


def _plain(made: Any) -> list[dict[str, Any]]:
    return [
        {"title": s.title, "rows": [list(r) for r in s.rows], "texts": list(s.texts)} for s in made.sections
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026年3月12号来过，花了1200元，第31条", "2026年3月12号来过，花了1200元，第31条"),
        ("清住建意字〔2026〕12号", "清住建意字〔2026〕12号"),
        ("三盏路灯坏了，村口到学校二百米", "三盏路灯坏了，村口到学校二百米"),
        ("老张说了", f"{GONE}说了"),
        ("住3栋2单元501室", f"住{GONE}"),
        ("微信号：abc_12345", GONE),
    ],
)
def test_what_is_no_identity_stays(text: str, kept: str) -> None:
    assert strip(text, [Identity(name="张三丰")]) == kept


@pytest.mark.django_db
def test_taking_a_packet_is_recorded_and_the_whole_one_is_for_handlers(
    county: County, tmp_path: Folder, settings: Any
) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    photos = [files.keep(data=jpeg((40, 30)), name=f"{n}.jpg", at=MONDAY).id for n in range(2)]
    done = actions.register(filing=filing(files=tuple(photos)), by=RESIDENT, at=MONDAY, law=county.law)
    path = Path(county, done.matter, MONDAY).handling()
    at = path.at + timedelta(hours=1)
    given: dict[str, Any] = {"matter_id": path.matter.id, "at": at}
    made = take_packet(whole=False, files={photos[0]}, by=county.who("handler", at), **given)
    assert made.files == (photos[0],)
    assert take_packet(whole=False, by=county.who("handler", at), **given).files == ()
    assert take_packet(whole=True, by=county.who("handler", at), **given).files == tuple(photos)
    for who, whole in (("leader", True), ("auditor", False), ("road", False), ("caller", True)):
        with pytest.raises(Forbidden):
            take_packet(whole=whole, by=county.who(who, at), **given)
    looks, _more = who_saw(path.matter.id)
    assert [look.reason for look in looks if look.kind == "packet"].count("去身份案卷") == 2
    data = {"number": made.number, "title": made.title, "heading": "案卷", "sections": _plain(made)}
    pages = pdfplumber.open(BytesIO(packet_pdf(data, mark="甲乙丙", at=at, attached=made.files))).pages
    assert all({"甲", "乙", "丙"} <= {c["text"] for c in p.chars} for p in pages)
    assert len(pages) >= 2
