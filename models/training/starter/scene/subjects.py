"""Ten subjects with distinct outlines *and* palettes.

Each is drawn standing on (0, 0), one unit high. Networks this small learn shapes only
if they are large, always lit from the left, and few: hence no variants beyond `colour`, and
nothing random within a drawing.
"""

import numpy as np

from .pen import Colour, Pen, mix
from .vocabulary import COLOURS

WHITE, BLACK = (244, 242, 236), (28, 26, 30)
WINDOW, LAMP = (252, 214, 110), (255, 240, 170)
BARK = (104, 70, 42)


def _own(colour: str, default: Colour) -> Colour:
    return default if colour == "own" else COLOURS[colour]


def lighthouse(pen: Pen, colour: str) -> None:
    band = _own(colour, (196, 34, 38))
    for side in (-1, 1):
        pen.polygon([(0, 0.87), (side * 0.62, 1.0), (side * 0.62, 0.74)], LAMP, alpha=0.5, glow=True)
    pen.polygon([(-0.32, 0), (-0.25, 0.07), (0.25, 0.07), (0.32, 0)], (92, 84, 84))
    edges = np.linspace(0.06, 0.8, 6)
    for n, (low, high) in enumerate(zip(edges, edges[1:])):
        a, b = (0.19 - 0.07 * (e - 0.06) / 0.74 for e in (low, high))
        tone = band if n % 2 == 0 else WHITE
        pen.polygon([(-a, low), (a, low), (b, high), (-b, high)], tone)
        pen.polygon([(a * 0.3, low), (a, low), (b, high), (b * 0.3, high)], mix(tone, BLACK, 0.28))
    pen.box(-0.17, 0.79, 0.17, 0.825, (58, 54, 58))
    pen.box(-0.09, 0.825, 0.09, 0.91, LAMP, glow=True)
    pen.polygon([(-0.14, 0.905), (0.14, 0.905), (0, 1.02)], mix(band, BLACK, 0.3))


def castle(pen: Pen, colour: str) -> None:
    wall = _own(colour, (146, 140, 148))
    roof = (52, 66, 150) if colour == "own" else mix(wall, BLACK, 0.45)
    shade = mix(wall, BLACK, 0.24)
    pen.box(-0.42, 0, 0.42, 0.36, wall)
    for x, half, top in ((-0.42, 0.12, 0.52), (0.42, 0.12, 0.52), (0.0, 0.15, 0.66)):
        pen.box(x - half, 0, x + half, top, wall)
        pen.box(x + half * 0.25, 0, x + half, top, shade)
        pen.polygon([(x - half - 0.035, top), (x + half + 0.035, top), (x, top + (0.32 if x == 0 else 0.27))], roof)
        pen.polygon([(x + half * 0.2, top), (x + half + 0.035, top), (x, top + (0.32 if x == 0 else 0.27))],
                    mix(roof, BLACK, 0.3))
        pen.box(x - 0.04, top - 0.2, x + 0.04, top - 0.07, WINDOW, glow=True)
    pen.box(-0.09, 0, 0.09, 0.18, (48, 36, 34))
    pen.ellipse(0, 0.18, 0.09, 0.08, (48, 36, 34))


def sailboat(pen: Pen, colour: str) -> None:
    sail = _own(colour, (246, 244, 240))
    hull = (112, 62, 38)
    pen.box(-0.02, 0.1, 0.02, 1.0, (74, 52, 40))
    pen.polygon([(-0.04, 0.24), (-0.04, 0.95), (-0.42, 0.24)], mix(sail, BLACK, 0.2))
    pen.polygon([(0.04, 0.24), (0.04, 0.99), (0.46, 0.24)], sail)
    pen.polygon([(-0.48, 0.19), (0.54, 0.19), (0.38, 0.0), (-0.34, 0.0)], hull)
    pen.polygon([(-0.48, 0.19), (0.54, 0.19), (0.51, 0.14), (-0.45, 0.14)], mix(hull, WHITE, 0.25))


def cottage(pen: Pen, colour: str) -> None:
    wall = _own(colour, (240, 222, 176))
    roof = (186, 60, 42) if colour == "own" else mix(wall, BLACK, 0.45)
    pen.box(0.2, 0.68, 0.32, 1.0, (120, 66, 56))
    pen.box(-0.44, 0, 0.44, 0.54, wall)
    pen.box(0.2, 0, 0.44, 0.54, mix(wall, BLACK, 0.12))
    pen.polygon([(-0.56, 0.52), (0.56, 0.52), (0.3, 0.92), (-0.3, 0.92)], roof)
    pen.polygon([(-0.56, 0.52), (0.56, 0.52), (0.54, 0.57), (-0.54, 0.57)], mix(roof, BLACK, 0.35))
    pen.box(-0.09, 0, 0.09, 0.34, (94, 54, 36))
    for x in (-0.27, 0.27):
        pen.box(x - 0.1, 0.2, x + 0.1, 0.4, WHITE)
        pen.box(x - 0.075, 0.225, x + 0.075, 0.375, (96, 152, 206))


def tree(pen: Pen, colour: str) -> None:
    leaf = _own(colour, (48, 138, 52))
    pen.polygon([(-0.1, 0), (0.1, 0), (0.055, 0.5), (-0.055, 0.5)], BARK)
    pen.polygon([(0.03, 0), (0.1, 0), (0.055, 0.5), (0.02, 0.5)], mix(BARK, BLACK, 0.35))
    for x, y, r in ((-0.22, 0.58, 0.2), (0.22, 0.58, 0.2), (0, 0.5, 0.2), (-0.15, 0.78, 0.2), (0.15, 0.78, 0.2), (0, 0.68, 0.26)):
        pen.ellipse(x, y, r, r, mix(leaf, BLACK, 0.18 if x > 0 or y < 0.55 else 0.0))
    pen.ellipse(-0.1, 0.78, 0.15, 0.14, mix(leaf, WHITE, 0.16))


def windmill(pen: Pen, colour: str) -> None:
    body = _own(colour, (150, 96, 54))
    pen.polygon([(-0.23, 0), (0.23, 0), (0.13, 0.6), (-0.13, 0.6)], body)
    pen.polygon([(0.06, 0), (0.23, 0), (0.13, 0.6), (0.04, 0.6)], mix(body, BLACK, 0.28))
    pen.ellipse(0, 0.62, 0.145, 0.12, (74, 50, 42))
    pen.box(-0.06, 0, 0.06, 0.18, (58, 40, 32))
    pen.box(-0.035, 0.3, 0.035, 0.4, WINDOW, glow=True)
    hub_x, hub_y, reach = 0.0, 0.6, 0.5
    turn = np.pi / 4
    for n in range(4):
        angle = turn + n * np.pi / 2
        along = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-along[1], along[0]])
        hub = np.array([hub_x, hub_y])
        blade = [hub + 0.08 * along, hub + reach * along,
                 hub + reach * along + 0.14 * across, hub + 0.08 * along + 0.14 * across]
        pen.polygon([tuple(p + 0.025 * (p - hub) - 0.015 * across) for p in blade], (70, 50, 40))
        pen.polygon([tuple(p) for p in blade], WHITE)
        pen.line([tuple(hub), tuple(hub + reach * along)], 0.04, (70, 50, 40))
    pen.ellipse(hub_x, hub_y, 0.045, 0.045, (60, 44, 38))


def mountain(pen: Pen, colour: str) -> None:
    rock, peak = _own(colour, (96, 110, 146)), 0.0
    pen.polygon([(-0.84, 0), (0.84, 0), (peak, 1.0)], rock)
    pen.polygon([(peak, 1.0), (0.84, 0), (0.12, 0), (peak + 0.04, 0.5)], mix(rock, BLACK, 0.34))
    left, right = (peak - 0.27, 0.68), (peak + 0.27, 0.68)
    pen.polygon([(peak, 1.0), left, (peak - 0.13, 0.62), (peak - 0.04, 0.7), (peak + 0.05, 0.56),
                 (peak + 0.14, 0.7), right], (246, 248, 252))
    pen.polygon([(peak, 1.0), (peak + 0.04, 0.66), (peak + 0.05, 0.56), (peak + 0.14, 0.7), right], (198, 206, 224))


def balloon(pen: Pen, colour: str) -> None:
    main = _own(colour, (206, 40, 40))
    stripe = (246, 202, 66) if colour == "own" else WHITE
    low, high = 0.28, 1.0
    for n, share in enumerate((1.0, 0.72, 0.44, 0.16)):
        tone = main if n % 2 == 0 else stripe
        pen.ellipse(0, 0.67, 0.35 * share, 0.33, tone)
        pen.polygon([(-0.33 * share, 0.58), (0.33 * share, 0.58), (0.09 * share, low), (-0.09 * share, low)], tone)
    pen.ellipse(0.22, 0.62, 0.1, 0.26, BLACK, alpha=0.16)
    for x in (-0.075, 0.075):
        pen.line([(x, low), (x * 0.9, 0.14)], 0.014, (70, 52, 40))
    pen.box(-0.09, 0, 0.09, 0.15, (126, 82, 46))
    pen.box(-0.09, 0.11, 0.09, 0.15, (170, 118, 70))


def whale(pen: Pen, colour: str) -> None:
    skin = _own(colour, (44, 84, 158))
    spout = (226, 240, 250)
    for bend in (-1, 1):
        pen.line([(-0.34, 0.62), (-0.34 + bend * 0.06, 0.82), (-0.34 + bend * 0.16, 0.96), (-0.34 + bend * 0.27, 0.86)],
                 0.07, spout)
    pen.polygon([(0.3, 0.5), (0.5, 0.5), (0.62, 0.76), (0.74, 0.74), (0.74, 0.3), (0.44, 0.02)], skin)
    pen.polygon([(0.6, 0.7), (0.74, 0.66), (0.7, 0.82), (0.4, 1.02), (0.44, 0.86)], skin)
    pen.polygon([(0.66, 0.72), (0.76, 0.66), (1.0, 0.9), (0.98, 1.04), (0.72, 0.84)], skin)
    pen.ellipse(-0.12, 0.3, 0.68, 0.32, skin)
    pen.polygon([(-0.74, 0.2), (-0.1, 0.16), (0.34, 0.08), (0.1, -0.02), (-0.34, -0.02), (-0.62, 0.06)], (236, 240, 244))
    pen.polygon([(-0.14, 0.22), (0.14, 0.16), (0.1, -0.06)], mix(skin, BLACK, 0.35))
    pen.ellipse(-0.5, 0.34, 0.06, 0.06, WHITE)
    pen.ellipse(-0.51, 0.34, 0.035, 0.035, BLACK)


def volcano(pen: Pen, colour: str) -> None:
    rock, lava = _own(colour, (52, 42, 44)), (255, 116, 20)
    for x, y, r, tone in ((0.0, 0.92, 0.12, (120, 104, 104)), (-0.14, 1.0, 0.13, (142, 126, 124)),
                          (0.12, 1.02, 0.15, (106, 94, 96)), (0.0, 1.1, 0.13, (150, 136, 134))):
        pen.ellipse(x, y, r, r * 0.8, tone, alpha=0.8)
    pen.polygon([(-0.76, 0), (0.76, 0), (0.17, 0.84), (-0.17, 0.84)], rock)
    pen.polygon([(0.1, 0), (0.76, 0), (0.17, 0.84), (0.06, 0.84)], mix(rock, BLACK, 0.4))
    pen.ellipse(0, 0.84, 0.17, 0.06, (255, 178, 60), glow=True)
    for path in (((0, 0.86), (0.02, 0.56), (-0.03, 0.28)), ((-0.1, 0.85), (-0.2, 0.6), (-0.34, 0.34)),
                 ((0.1, 0.85), (0.22, 0.58), (0.3, 0.3))):
        pen.line(path, 0.075, lava, glow=True)


DRAWINGS = {f.__name__: f for f in (lighthouse, castle, sailboat, cottage, tree, windmill, mountain, balloon, whale, volcano)}

# Height as a share of the picture's shorter side. The wide ones are lower.
HEIGHTS = {"mountain": 0.58, "volcano": 0.58, "whale": 0.5, "cottage": 0.6}
USUAL_HEIGHT = 0.73
