"""Drawn "photos" of what was wrong and what was put right, so that the demo needs nobody's pictures. Pure."""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
WIDTH, HEIGHT = 960, 640  # drawn
SIZE = (640, 427)  # kept
SKY, DUSK = (205, 224, 236), (38, 46, 74)
FIELD, GRASS, ROAD, EARTH = (166, 190, 122), (112, 150, 84), (122, 124, 128), (139, 111, 80)
WALL, ROOF, WATER = (226, 218, 202), (150, 84, 66), (120, 164, 188)


def photo(motif: str, *, after: bool, dice: random.Random) -> bytes:
    """Return a JPEG of the motif (road, lamp, … or paper, a stamped receipt), before or after."""
    image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    draw = ImageDraw.Draw(image)
    MOTIFS[motif](draw, after, dice)
    image = image.resize(
        SIZE, Image.Resampling.BOX
    )  # smooths the edges, and keeps small what many are drawn of
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def _shade(colour: Colour, by: int) -> Colour:
    red, green, blue = (max(0, min(255, part + by)) for part in colour)
    return (red, green, blue)


def _land(draw: ImageDraw.ImageDraw, dice: random.Random, horizon: int = 270) -> None:
    for k in range(3):
        points = [(x, horizon - 60 + 30 * k + dice.randint(-28, 28)) for x in range(0, WIDTH + 96, 96)]
        draw.polygon([(0, HEIGHT), *points, (WIDTH, HEIGHT)], fill=_shade(GRASS, 34 - 14 * k))
    draw.rectangle((0, horizon + 30, WIDTH, HEIGHT), fill=FIELD)


def _house(draw: ImageDraw.ImageDraw, x: int, y: int, size: int) -> None:
    draw.rectangle((x, y, x + size, y + size * 0.7), fill=WALL)
    draw.polygon([(x - 12, y), (x + size / 2, y - size * 0.4), (x + size + 12, y)], fill=ROOF)
    draw.rectangle((x + size * 0.4, y + size * 0.3, x + size * 0.6, y + size * 0.7), fill=EARTH)
    draw.rectangle((x + size * 0.1, y + size * 0.15, x + size * 0.3, y + size * 0.35), fill=(94, 112, 128))


def _blob(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], colour: Colour) -> None:
    draw.ellipse(box, fill=colour)
    height = box[3] - box[1]
    draw.arc(box, 180, 330, fill=_shade(colour, -26), width=max(2, int(height / 12)))


def _street(draw: ImageDraw.ImageDraw, colour: Colour = ROAD) -> None:
    draw.polygon([(420, 300), (540, 300), (940, HEIGHT), (20, HEIGHT)], fill=colour)


def _road(draw: ImageDraw.ImageDraw, after: bool, dice: random.Random) -> None:
    _land(draw, dice)
    _house(draw, dice.randint(60, 200), 210, 130)
    _street(draw, (86, 88, 92) if after else ROAD)
    if after:
        for k in range(6):
            top = 320 + k * k * 9
            draw.rectangle((476 - k, top, 484 + k, top + 12 + k * 4), fill=(236, 236, 228))
        return
    for _ in range(dice.randint(6, 9)):
        depth = dice.random()
        y, reach = 350 + depth * 240, 60 + depth * 330
        x = 480 + dice.uniform(-reach, reach) * 0.8
        size = 22 + 64 * depth
        _blob(
            draw,
            (x - size, y - size * 0.32, x + size, y + size * 0.32),
            dice.choice([EARTH, (98, 96, 92), WATER]),
        )


def _lamp(draw: ImageDraw.ImageDraw, after: bool, dice: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=DUSK)
    draw.rectangle((0, 430, WIDTH, HEIGHT), fill=_shade(DUSK, -14 if not after else 22))
    for k in range(3):
        x, height = 190 + k * 280 + dice.randint(-20, 20), 300 - k * 24
        if after:
            draw.polygon([(x + 60, 470 - height), (x - 60, 560), (x + 190, 560)], fill=(122, 112, 84))
            draw.ellipse((x - 80, 530, x + 210, 590), fill=(206, 186, 122))
        draw.line((x, 560, x, 460 - height), fill=(150, 156, 166), width=9)
        draw.line((x, 462 - height, x + 64, 452 - height), fill=(150, 156, 166), width=8)
        draw.ellipse(
            (x + 44, 444 - height, x + 84, 470 - height), fill=(255, 240, 190) if after else (70, 76, 92)
        )


def _water(draw: ImageDraw.ImageDraw, after: bool, dice: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=(222, 226, 224))
    for y in range(0, HEIGHT, 64):
        draw.line((0, y, WIDTH, y), fill=(204, 210, 208), width=3)
    stream = (150, 196, 222) if after else dice.choice([(168, 134, 84), (150, 122, 90)])
    draw.rectangle((430, 120, 700, 160), fill=(150, 156, 160))
    draw.rectangle((430, 120, 474, 230), fill=(150, 156, 160))
    draw.rectangle((440, 230, 464, 430), fill=stream)
    draw.polygon([(300, 420), (620, 420), (580, 600), (340, 600)], fill=(246, 246, 244))
    draw.polygon([(316, 450), (604, 450), (574, 588), (346, 588)], fill=stream)


def _heap(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for _ in range(70):
        x, y = dice.gauss(500, 130), dice.uniform(430, 570)
        size = dice.uniform(14, 44)
        colour = dice.choice([(70, 74, 80), (198, 70, 62), (238, 236, 228), (64, 110, 150), (222, 190, 84)])
        _blob(draw, (x - size, y - size * 0.7, x + size, y + size * 0.7), colour)


def _rubbish(draw: ImageDraw.ImageDraw, after: bool, dice: random.Random) -> None:
    _land(draw, dice)
    _house(draw, 690, 220, 170)
    draw.rectangle((0, 470, WIDTH, HEIGHT), fill=(176, 168, 152))
    if not after:
        _heap(draw, dice)
    for k in range(2 + 2 * after):
        x = 130 + k * 96
        draw.rectangle((x, 400, x + 70, 510), fill=(58, 128, 92) if k % 2 else (64, 110, 150))
        draw.rectangle((x - 6, 388, x + 76, 406), fill=(40, 60, 60))


def _drain(draw: ImageDraw.ImageDraw, after: bool, dice: random.Random) -> None:
    _land(draw, dice, 220)
    draw.polygon([(360, 260), (600, 260), (860, HEIGHT), (100, HEIGHT)], fill=(190, 190, 186))
    draw.polygon(
        [(420, 260), (540, 260), (700, HEIGHT), (260, HEIGHT)], fill=WATER if after else (96, 84, 62)
    )
    for _ in range(0 if after else 26):
        x, y = dice.uniform(330, 640), dice.uniform(330, 620)
        _blob(
            draw,
            (x - 26, y - 10, x + 26, y + 10),
            dice.choice([(70, 96, 52), (110, 92, 66), (214, 210, 200)]),
        )


def _river(draw: ImageDraw.ImageDraw, after: bool, dice: random.Random) -> None:
    _land(draw, dice)
    water = WATER if after else dice.choice([(96, 98, 88), (122, 120, 104)])
    draw.polygon([(380, 300), (560, 300), (960, 520), (960, 640), (0, 640), (0, 560)], fill=water)
    for k in range(9):
        y = 340 + k * 32
        draw.arc((200 + k * 8, y, 640 + k * 12, y + 40), 200, 320, fill=_shade(water, 24), width=4)
    if not after:
        draw.rectangle((0, 470, 150, 520), fill=(88, 84, 80))
        _blob(draw, (120, 470, 420, 600), (206, 206, 196))


def _smoke(draw: ImageDraw.ImageDraw, after: bool, dice: random.Random) -> None:
    _land(draw, dice, 400)
    draw.rectangle((180, 210, 640, 520), fill=(196, 186, 174))
    for x in range(210, 620, 84):
        draw.rectangle((x, 260, x + 46, 320), fill=(94, 112, 128))
    draw.rectangle((660, 60 if after else 300, 700, 520), fill=(160, 160, 164))
    for k in range(0 if after else 16):
        size = 30 + k * 6
        x, y = 690 + k * 10 + dice.randint(-16, 16), 290 - k * 16
        _blob(draw, (x - size, y - size * 0.6, x + size, y + size * 0.6), _shade((138, 138, 142), k * 3))


def _wall(draw: ImageDraw.ImageDraw, after: bool, dice: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=(236, 230, 218))
    draw.rectangle((0, 560, WIDTH, HEIGHT), fill=(178, 150, 116))
    draw.rectangle((90, 120, 330, 420), fill=(176, 204, 222))
    draw.rectangle((90, 120, 330, 420), outline=(255, 255, 255), width=14)
    if after:
        return
    for _ in range(14):
        x, y, size = dice.gauss(640, 90), dice.gauss(170, 70), dice.uniform(30, 90)
        _blob(
            draw,
            (x - size, y - size * 0.6, x + size, y + size * 0.6),
            dice.choice([(196, 184, 154), (170, 158, 130)]),
        )
    points = [(420 + k * 30, 90 + k * dice.randint(10, 34)) for k in range(14)]
    draw.line(points, fill=(90, 82, 72), width=5)


def _paper(draw: ImageDraw.ImageDraw, after: bool, dice: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=(150, 130, 108))
    draw.rectangle((210, 40, 750, 620), fill=(250, 249, 244))
    draw.rectangle((330, 80, 630, 104), fill=(60, 62, 66))
    for k in range(9):
        draw.rectangle((260, 150 + k * 40, 260 + dice.randint(260, 440), 158 + k * 40), fill=(150, 152, 156))
    if after:
        x, y = dice.randint(520, 600), dice.randint(430, 480)
        draw.ellipse((x, y, x + 130, y + 130), outline=(204, 48, 42), width=8)
        draw.regular_polygon((x + 65, y + 65, 26), 5, fill=(204, 48, 42))


MOTIFS: dict[str, Callable[[ImageDraw.ImageDraw, bool, random.Random], None]] = {
    "road": _road, "lamp": _lamp, "water": _water, "rubbish": _rubbish, "drain": _drain, "river": _river,
    "smoke": _smoke, "wall": _wall, "paper": _paper,
}  # fmt: skip
