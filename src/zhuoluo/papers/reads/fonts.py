"""Which typefaces this site prints with: its own licensed ones first (ZHUOLUO_HOME/fonts), then free ones of the system.

GB/T 9704-2012 asks for 仿宋, 小标宋, 黑体 and 楷体; their usual files are not free, so a site brings its own. Without
them the nearest free face stands in; without any Chinese face a paper is refused, never printed as boxes.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from typst import Fonts

from zhuoluo.papers.rules import Refused

_SONG = (
    "SimSun",
    "宋体",
    "STSong",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "FandolSong",
)
_LAST = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Noto Sans CJK SC", "Source Han Sans SC",
    "Noto Sans SC", "LXGW WenKai", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "PingFang SC", "Microsoft YaHei",
)  # fmt: skip
# The face each part asks for, best first. The first four of each are what the standard means.
WANTED: dict[str, tuple[str, ...]] = {
    "fang": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R", "FandolFang"),
    "title": (
        "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05",
    ),
    "hei": ("SimHei", "黑体", "STHeiti", "FandolHei", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FandolKai", "LXGW WenKai"),
    "song": _SONG,
}  # fmt: skip
WORDS = {"fang": "仿宋", "title": "小标宋", "hei": "黑体", "kai": "楷体"}
STANDARD = {"fang": 5, "title": 5, "hei": 3, "kai": 5}  # so many of the list are the standard's own faces
# Complete beyond GB 2312: without one of these, rare characters of names may be missing.
COMPLETE = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "LXGW WenKai",
)


@dataclass(frozen=True)
class Faces:
    """The fonts found, and for each part of a paper the families to use, best first."""

    fonts: Fonts
    families: frozenset[str]
    lists: dict[str, list[str]]

    @property
    def chinese(self) -> bool:
        """Say whether any Chinese face is here."""
        return bool(self.lists["fang"])

    @property
    def missing(self) -> list[str]:
        """Return the names of the standard's faces that others stand in for."""
        return [WORDS[part] for part, n in STANDARD.items() if self.families.isdisjoint(WANTED[part][:n])]

    @property
    def complete(self) -> bool:
        """Say whether rare characters are covered."""
        return not self.families.isdisjoint(COMPLETE)


def folder() -> Path:
    """Return where a site puts its licensed fonts."""
    return Path(settings.HOME) / "fonts"


@lru_cache(maxsize=4)
def _found(place: str, stamp: float, *, system: bool) -> Faces:
    own = [place] if place else []
    fonts = Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=own)
    families = frozenset(fonts.families())
    lists = {
        part: list(dict.fromkeys(name for name in (*wanted, *_behind(part)) if name in families))
        for part, wanted in WANTED.items()
    }
    return Faces(fonts, families, lists)


def _behind(part: str) -> tuple[str, ...]:
    """Return what stands in: a heavy or a plain face first, as fits the part."""
    return (*_SONG, *_LAST) if part != "hei" else (*_LAST[3:], *_LAST)


def faces(*, system: bool = True) -> Faces:
    """Return the fonts of this machine and site; looked for anew when the site's folder changes."""
    place = folder()
    stamp = place.stat().st_mtime if place.is_dir() else 0.0
    return _found(str(place) if place.is_dir() else "", stamp, system=system)


def printable() -> Faces:
    """Return the fonts. Raises Refused when there is no Chinese one."""
    found = faces()
    if not found.chinese:
        raise Refused(
            "这台机器没有中文字体，不能打印文书。请系统管理员安装 fonts-noto-cjk，或者把字体文件放进站点的 fonts 文件夹"
        )
    return found
