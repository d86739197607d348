"""A scene as pixels, and how near each of them is."""

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
    return render_with_depth(scene, rng, width, height)[0]


def render_with_depth(scene: Scene, rng: np.random.Generator, width: int = 64,
                      height: int = 64) -> tuple[np.ndarray, np.ndarray]:
    """[height, width, 3] uint8, and nearness [height, width] float32: 0 the sky, 0.2 the ground at the horizon,
    1 the ground at the lower edge, the subject as near as its foot."""
    wide, high = ((side + 2 * MARGIN) * SUPERSAMPLE for side in (width, height))
    unit = min(width, height) * SUPERSAMPLE
    horizon = round(high * rng.uniform(0.65, 0.69))
    image = draw_backdrop(scene, wide, high, horizon, rng)

    # The places differ little: a denoiser that sees 100,000 pictures draws firm outlines only where it expects them.
    subject_height = rng.uniform(0.96, 1.04) * HEIGHTS.get(scene.subject, USUAL_HEIGHT) * unit
    x = wide / 2 + rng.uniform(-0.045, 0.045) * unit
    foot = horizon + (0.02 if scene.subject in ("mountain", "volcano") else 0.1 + rng.uniform(-0.02, 0.02)) * unit
    dim = {"night": 0.8, "storm": 0.9}.get(scene.sky, 1.0)
    pen = Pen(image, x, foot, subject_height, dim)
    if scene.subject in ("mountain", "volcano"):
        pass
    elif scene.ground in ("sea", "lake"):
        pen.ellipse(0, 0.0, 0.5, 0.04, (20, 40, 66), alpha=0.35)
    elif scene.subject != "balloon":
        pen.ellipse(0.08, 0.0, 0.42, 0.04, (20, 20, 24), alpha=0.3)
    before = np.asarray(image)
    DRAWINGS[scene.subject](pen, scene.colour)
    ground = np.clip((np.arange(high) - horizon) / (high - MARGIN * SUPERSAMPLE - horizon), 0, 1)
    near = np.repeat(np.where(np.arange(high) < horizon, 0, 0.2 + 0.8 * ground)[:, None], wide, 1)
    near[(np.asarray(image) != before).any(-1)] = near[min(round(foot), high - 1), 0]
    near = near.reshape(high // SUPERSAMPLE, SUPERSAMPLE, wide // SUPERSAMPLE, SUPERSAMPLE).mean((1, 3))

    pixels = np.asarray(image.reduce(SUPERSAMPLE), np.float32) / 255
    if scene.sky == "fog":
        pixels = 0.7 * pixels + 0.3 * np.array([0.87, 0.88, 0.89], np.float32)
    if scene.style != "plain":
        pixels = FILTERS[scene.style](np.ascontiguousarray(pixels))
    if scene.tint:
        tone = np.array(COLOURS[scene.tint], np.float32) / 255
        light = (pixels @ LUMA)[..., None]
        pixels = 0.4 * pixels + 0.6 * np.clip(light * (0.5 * tone + 0.1) * 2.2, 0, 1)
    inside = (slice(MARGIN, -MARGIN), slice(MARGIN, -MARGIN))
    return (np.clip(pixels[inside], 0, 1) * 255).round().astype(np.uint8), near[inside].astype(np.float32)
