"""A scene as pixels."""

import numpy as np

from .backdrop import draw_backdrop
from .draw_scene import Scene
from .pen import SUPERSAMPLE, Pen
from .styles import FILTERS, LUMA
from .subjects import DRAWINGS, HEIGHTS, USUAL_HEIGHT
from .vocabulary import COLOURS

MARGIN = 4  # pixels drawn around the picture for the filters of styles.py


def render_scene(scene: Scene, rng: np.random.Generator, width: int = 64, height: int = 64) -> np.ndarray:
    """[height, width, 3] uint8."""
    wide, high = ((side + 2 * MARGIN) * SUPERSAMPLE for side in (width, height))
    unit = min(width, height) * SUPERSAMPLE
    horizon = round(high * rng.uniform(0.58, 0.74))
    image = draw_backdrop(scene, wide, high, horizon, rng)

    subject_height = rng.uniform(*HEIGHTS.get(scene.subject, USUAL_HEIGHT)) * unit
    x = wide / 2 + rng.uniform(-0.1, 0.1) * wide
    if scene.subject == "balloon":  # floats: its basket may hang above the ground
        foot = horizon + rng.uniform(0.02, 0.18) * unit
    elif scene.subject in ("mountain", "volcano"):
        foot = horizon + rng.uniform(0.0, 0.05) * unit
    else:
        foot = min(horizon + rng.uniform(0.06, 0.16) * unit, high - (MARGIN + 3) * SUPERSAMPLE)
    dim = {"night": 0.72, "storm": 0.86}.get(scene.sky, 1.0)
    pen = Pen(image, x, foot, subject_height, dim)
    if scene.subject in ("mountain", "volcano"):
        pass
    elif scene.ground in ("sea", "lake"):
        pen.ellipse(0, 0.0, 0.5, 0.04, (20, 40, 66), alpha=0.35)
    elif scene.subject != "balloon":
        pen.ellipse(0.08, 0.0, 0.42, 0.04, (20, 20, 24), alpha=0.3)
    DRAWINGS[scene.subject](pen, scene.colour, rng)

    pixels = np.asarray(image.reduce(SUPERSAMPLE), np.float32) / 255
    if scene.sky == "fog":
        pixels = 0.62 * pixels + 0.38 * np.array([0.87, 0.88, 0.89], np.float32)
    if scene.style != "plain":
        pixels = FILTERS[scene.style](np.ascontiguousarray(pixels), rng)
    if scene.tint:
        tone = np.array(COLOURS[scene.tint], np.float32) / 255
        light = (pixels @ LUMA)[..., None]
        pixels = 0.4 * pixels + 0.6 * np.clip(light * (0.5 * tone + 0.1) * 2.2, 0, 1)
    pixels = pixels[MARGIN:-MARGIN, MARGIN:-MARGIN]
    return (np.clip(pixels, 0, 1) * 255).round().astype(np.uint8)
