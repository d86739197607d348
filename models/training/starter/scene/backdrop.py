"""Sky and ground: colour gradients with a few large details, so that nothing competes with the subject."""

import numpy as np
from PIL import Image, ImageDraw

from .pen import Colour, mix
from .vocabulary import COLOURS

# Top, middle and horizon of the sky.
SKY_TONES = {
    "sunset": ((84, 34, 104), (226, 84, 50), (255, 190, 92)),
    "sunrise": ((146, 186, 226), (250, 196, 206), (255, 232, 190)),
    "night": ((8, 8, 34), (14, 16, 58), (34, 38, 88)),
    "day": ((46, 118, 222), (112, 172, 242), (196, 226, 250)),
    "storm": ((48, 50, 58), (84, 86, 94), (132, 132, 136)),
    "fog": ((206, 210, 214), (218, 220, 222), (228, 228, 228)),
}
# Far and near edge of the ground.
GROUND_TONES = {
    "sea": ((52, 104, 160), (16, 50, 98)),
    "lake": ((142, 204, 214), (58, 148, 166)),
    "desert": ((236, 202, 136), (206, 154, 84)),
    "meadow": ((120, 186, 84), (56, 126, 46)),
    "snow": ((248, 250, 252), (206, 218, 234)),
    "forest": ((64, 98, 60), (38, 60, 40)),
}

# Side and height above the horizon's zero of the sun's disc: morning on the right, evening on the left.
SUNS = {"sunset": (-1, 0.84), "sunrise": (1, 0.84), "day": (-1, 0.2)}


def sky_tones(sky: str, sky_colour: str) -> tuple[Colour, Colour, Colour]:
    if sky != "coloured":
        return SKY_TONES[sky]
    base = COLOURS[sky_colour]
    return mix(base, (0, 0, 0), 0.22), base, mix(base, (255, 255, 255), 0.42)


def ground_tones(ground: str, ground_colour: str) -> tuple[Colour, Colour]:
    if ground != "coloured":
        return GROUND_TONES[ground]
    base = COLOURS[ground_colour]
    return mix(base, (255, 255, 255), 0.12), mix(base, (0, 0, 0), 0.3)


def _ramp(tones, rows: int, width: int) -> np.ndarray:
    """Rows from the first tone to the last, [rows, width, 3] uint8."""
    stops = np.linspace(0, 1, len(tones))
    at = np.linspace(0, 1, max(rows, 1))
    column = np.stack([np.interp(at, stops, [t[c] for t in tones]) for c in range(3)], -1)
    return np.repeat(column[:, None], width, 1).astype(np.uint8)


def draw_backdrop(scene, width: int, height: int, horizon: int, rng: np.random.Generator) -> Image.Image:
    """A picture of sky above `horizon` and ground below, all sizes in supersampled pixels."""
    near_night = 0.42 if scene.sky == "night" else 0.74 if scene.sky == "storm" else 1.0
    ground = ground_tones(scene.ground, scene.ground_colour)
    if scene.ground in ("sea", "lake"):  # water mirrors the horizon's colour
        ground = (mix(ground[0], sky_tones(scene.sky, scene.sky_colour)[2], 0.3), ground[1])
    ground = tuple(tuple(round(c * near_night) for c in tone) for tone in ground)
    pixels = np.concatenate([_ramp(sky_tones(scene.sky, scene.sky_colour), horizon, width),
                             _ramp(ground, height - horizon, width)])
    image = Image.fromarray(pixels)
    surface = ImageDraw.Draw(image, "RGBA")
    unit = min(width, height)
    _lights(surface, scene, width, horizon, unit, rng)
    _clouds(surface, scene, width, horizon, unit, rng)
    _details(surface, scene, width, height, horizon, unit, near_night)
    return image


def _disc(surface, x, y, rx, ry, ink) -> None:
    surface.ellipse([x - rx, y - ry, x + rx, y + ry], fill=ink)


def _scattered(width: int, unit: int, count: int, seed: int):
    """`count` places per square of picture, always the same: x in pixels, y in 0..1. Details that lie elsewhere in
    every picture cost a small denoiser more than the subject does."""
    places = np.random.default_rng(seed).random((round(count * width / unit), 2))
    return [(x * width, y) for x, y in places.tolist()]


def _lights(surface, scene, width, horizon, unit, rng) -> None:
    """Sun, moon and stars. The disc stays in the outer fifths, away from the subject."""
    if scene.sky == "night":
        for u, v in _scattered(width, unit, 12, seed=1):
            _disc(surface, u, v * horizon * 0.9, unit * 0.008, unit * 0.008, (236, 238, 255, 255))
        if rng.random() < 0.5:
            _disc(surface, width - unit * 0.14, horizon * 0.24, unit * 0.07, unit * 0.07, (242, 240, 216, 255))
    elif scene.sky in SUNS and rng.random() < 0.4:
        side, y = SUNS[scene.sky]
        x = unit * 0.14 if side < 0 else width - unit * 0.14
        _disc(surface, x, y * horizon, unit * 0.11, unit * 0.11, (255, 236, 170, 90))
        _disc(surface, x, y * horizon, unit * 0.075, unit * 0.075, (255, 240, 180, 255))


def _clouds(surface, scene, width, horizon, unit, rng) -> None:
    if scene.sky == "storm":
        bolt = [(0.0, 0.1), (-0.06, 0.34), (0.0, 0.34), (-0.05, 0.6), (0.08, 0.26), (0.02, 0.26), (0.06, 0.1)]
        surface.polygon([(width - unit * 0.16 + u * unit, v * horizon) for u, v in bolt], fill=(255, 244, 150, 255))
        places = ((unit * 0.16, 0.12), (width / 2, 0.05), (width - unit * 0.16, 0.12))
    elif scene.sky == "day" and rng.random() < 0.3:
        places = ((width - unit * 0.18, 0.16),)
    else:
        return
    tone = (52, 54, 62, 255) if scene.sky == "storm" else (255, 255, 255, 220)
    for x, y in places:
        for n in range(4):
            _disc(surface, x + (n - 1.5) * unit * 0.075, y * horizon, unit * 0.08, unit * 0.055, tone)


def _details(surface, scene, width, height, horizon, unit, light) -> None:
    def ink(colour, alpha=255):
        return (*(round(c * light) for c in colour), alpha)

    if scene.ground in ("sea", "lake"):
        for x, v in _scattered(width, unit, 9, seed=2):
            y = horizon + (0.12 + 0.88 * v) * (height - horizon)
            half = unit * 0.06
            surface.line([x - half, y, x + half, y], fill=ink((224, 238, 246), 120), width=max(1, unit // 96))
    if scene.ground == "lake":  # a far green shore tells the lake from the sea
        surface.rectangle([0, horizon - unit * 0.03, width, horizon], fill=ink((66, 112, 70)))
    if scene.ground == "forest":
        for n, x in enumerate(np.arange(0, width, unit * 0.085)):
            high = unit * (0.19, 0.13, 0.16)[n % 3]
            surface.polygon([(x - unit * 0.055, horizon + unit * 0.03), (x + unit * 0.055, horizon + unit * 0.03),
                             (x, horizon - high)], fill=ink((28, 66, 42)))
    if scene.ground == "desert":
        for n in range(2):
            x, y = (0.2 + 0.6 * n) * width, horizon + (height - horizon) * (0.45 + 0.4 * n)
            _disc(surface, x, y + unit * 0.06, unit * 0.5, unit * 0.08, ink((244, 214, 150), 120))
    if scene.ground == "meadow":
        for n, (x, v) in enumerate(_scattered(width, unit, 12, seed=3)):
            _disc(surface, x, horizon + (0.12 + 0.88 * v) * (height - horizon), unit * 0.014, unit * 0.014,
                  ink([(250, 240, 120), (244, 150, 180), (250, 250, 246)][n % 3]))
