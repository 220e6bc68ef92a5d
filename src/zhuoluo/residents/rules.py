"""Masking, and how a phone number or name is recognised again without being read. Pure."""

import hashlib
import hmac
import re
import unicodedata

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠"
    "公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐百里呼延东郭西门南门"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[i : i + 2] for i in range(0, len(_COMPOUND), 2))


def mask_name(name: str) -> str:
    """Return a person's name with only the surname shown: 张三丰 → 张**, 欧阳锋 → 欧阳*."""
    name = name.strip()
    keep = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    return name[:keep] + "*" * max(len(name) - keep, 1) if name else ""


def mask_phone(phone: str) -> str:
    """Return a phone number with its middle hidden: 13800000000 → 138****0000."""
    digits = phone.strip()
    if len(digits) < 7:
        return "*" * len(digits)
    return f"{digits[:3]}****{digits[-4:]}"


def mask_id_number(number: str) -> str:
    """Return an identity number with its first and last character only."""
    return number[:1] + "*" * max(len(number) - 2, 0) + number[-1:] if len(number) > 2 else "*" * len(number)


def mask_address(address: str) -> str:
    """Return an address down to its township or street; the rest is hidden."""
    match = re.match(r"^(.*?(?:省|自治区))?(.*?[市州])?(.*?[县区市])?(.*?(?:街道|镇|乡))?", address.strip())
    shown = match.group(0) if match else ""
    return shown + "****" if address.strip() else ""


def normal_phone(phone: str) -> str:
    """Return a phone number as digits only, without +86; full-width digits are understood."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return digits[2:] if digits.startswith("86") and len(digits) == 13 else digits


def blind(key: str, kind: str, value: str) -> str:
    """Return the keyed digest under which the same value is found again (HMAC-SHA-256, 32 hex digits)."""
    if not value:
        return ""
    return hmac.new(key.encode(), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:32]
