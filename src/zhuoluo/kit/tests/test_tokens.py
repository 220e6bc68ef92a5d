"""The colours keep their contrast (WCAG 2.2 AA) in both themes, whatever anyone changes in tokens.css."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parent.parent / "static" / "kit" / "tokens.css").read_text(encoding="utf-8")
GROUNDS = ["canvas", "surface", "sunken", "raised"]
TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2", "accent-text") for ground in GROUNDS],
    *[
        ("ink", ground)
        for ground in ("selected", "accent-soft", "good-soft", "warn-soft", "bad-soft", "rest-soft")
    ],
    *[("ink-2", ground) for ground in ("selected", "accent-soft", "good-soft", "warn-soft", "bad-soft")],
    *[(tone, f"{tone}-soft") for tone in ("good", "warn", "bad", "rest")],
    *[(tone, ground) for tone in ("good", "warn", "bad", "rest") for ground in GROUNDS],
    ("accent-text", "accent-soft"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-hover"),
    ("danger-ink", "danger"),
    ("danger-ink", "danger-hover"),
]
SHAPES = [
    *[(f"{tone}-shape", ground) for tone in ("good", "warn", "bad", "rest") for ground in GROUNDS],
    *[(f"{tone}-shape", f"{tone}-soft") for tone in ("good", "warn", "bad")],
    *[("line-strong", ground) for ground in ("canvas", "surface", "raised")],
    *[("focus", ground) for ground in GROUNDS],
    ("accent", "surface"),
]


def values(selector: str) -> dict[str, str]:
    block = CSS[CSS.index(selector + " {") :]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block[: block.index("}")]))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LIGHT = values(":root")
DARK = values(':root[data-theme="dark"]')
SYSTEM_DARK = values(':root[data-theme="auto"]')


def test_the_measure_is_right():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_dark_by_choice_and_dark_by_system_are_the_same_dark():
    assert DARK == SYSTEM_DARK
    assert set(LIGHT) == set(DARK)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_four_and_a_half_to_one(theme, ink, ground):
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_borders_and_focus_stand_out_three_to_one(theme, shape, ground):
    assert contrast(theme[shape], theme[ground]) >= 3


def test_large_type_enlarges_everything_and_asks_for_sixty_pixels():
    block = CSS[CSS.index(':root[data-type="large"]') :]
    percent = int(re.search(r"font-size: (\d+)%", block).group(1))
    assert 125 <= percent <= 137
    assert "--target: 60px" in block[: block.index("}")]


def test_only_tokens_and_paper_name_colours():
    for sheet in (Path(__file__).parent.parent / "static" / "kit").glob("*.css"):
        if sheet.name in {"tokens.css", "print.css"}:
            continue
        found = re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text(encoding="utf-8"))
        assert set(found) <= {"#fff"}, sheet.name  # the white under a QR code
