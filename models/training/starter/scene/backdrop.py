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
    _details(surface, scene, width, height, horizon, unit, near_night, rng)
    return image


def _disc(surface, x, y, rx, ry, ink) -> None:
    surface.ellipse([x - rx, y - ry, x + rx, y + ry], fill=ink)


def _lights(surface, scene, width, horizon, unit, rng) -> None:
    """Sun, moon and stars. The disc stays in the outer fifths, away from the subject."""
    side = rng.uniform(0.07, 0.18)
    x = width * (side if rng.random() < 0.5 else 1 - side)
    if scene.sky == "night":
        for _ in range(int(14 * width / unit)):
            r = unit * rng.uniform(0.005, 0.009)
            _disc(surface, rng.uniform(0, width), rng.uniform(0, horizon * 0.9), r, r, (236, 238, 255, 255))
        if rng.random() < 0.35:
            _disc(surface, x, horizon * rng.uniform(0.15, 0.35), unit * 0.055, unit * 0.055, (242, 240, 216, 255))
    elif scene.sky in ("sunset", "sunrise", "day") and rng.random() < 0.3:
        y = horizon * (rng.uniform(0.12, 0.3) if scene.sky == "day" else rng.uniform(0.72, 0.95))
        _disc(surface, x, y, unit * 0.1, unit * 0.1, (255, 236, 170, 90))
        _disc(surface, x, y, unit * 0.066, unit * 0.066, (255, 240, 180, 255))


def _clouds(surface, scene, width, horizon, unit, rng) -> None:
    if rng.random() >= {"storm": 0.6, "fog": 0.0, "night": 0.0}.get(scene.sky, 0.14):
        return
    tone = (62, 64, 72, 225) if scene.sky == "storm" else (255, 255, 255, 190)
    for _ in range(3 if scene.sky == "storm" else 1):
        x, y = rng.uniform(0.05, 0.95) * width, rng.uniform(0.08, 0.3) * horizon
        for n in range(4):
            _disc(surface, x + (n - 1.5) * unit * 0.07, y + rng.uniform(-0.02, 0.02) * unit,
                  unit * 0.075, unit * 0.05, tone)


def _details(surface, scene, width, height, horizon, unit, light, rng) -> None:
    def ink(colour, alpha=255):
        return (*(round(c * light) for c in colour), alpha)

    if scene.ground in ("sea", "lake"):
        for _ in range(int(9 * width / unit)):
            x, y = rng.uniform(0, width), rng.uniform(horizon + unit * 0.04, height)
            half = unit * rng.uniform(0.03, 0.07)
            surface.line([x - half, y, x + half, y], fill=ink((224, 238, 246), 120), width=max(1, unit // 96))
    if scene.ground == "lake":  # a far green shore tells the lake from the sea
        surface.rectangle([0, horizon - unit * 0.03, width, horizon], fill=ink((66, 112, 70)))
    if scene.ground == "forest":
        for x in np.arange(0, width, unit * 0.085):
            x, high = x + rng.uniform(-0.02, 0.02) * unit, unit * rng.uniform(0.12, 0.2)
            surface.polygon([(x - unit * 0.055, horizon + unit * 0.03), (x + unit * 0.055, horizon + unit * 0.03),
                             (x, horizon - high)], fill=ink((28, 66, 42)))
    if scene.ground == "desert":
        for n in range(2):
            x, y = rng.uniform(0.1, 0.9) * width, horizon + (height - horizon) * (0.45 + 0.4 * n)
            _disc(surface, x, y + unit * 0.06, unit * 0.5, unit * 0.08, ink((244, 214, 150), 120))
    if scene.ground == "meadow":
        for _ in range(int(10 * width / unit)):
            r = unit * 0.011
            _disc(surface, rng.uniform(0, width), rng.uniform(horizon + unit * 0.04, height), r, r,
                  ink([(250, 240, 120), (244, 150, 180), (250, 250, 246)][rng.integers(3)]))
