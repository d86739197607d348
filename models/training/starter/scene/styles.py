"""Ways a picture can be made. Filters work on a picture with a margin, which is cut off afterwards,
or the denoiser would learn the filter's own border.

All take and return [h, w, 3] float32 in 0..1 at the final resolution.
"""

import numpy as np
from PIL import Image, ImageFilter

LUMA = np.array([0.2989, 0.587, 0.114], np.float32)


def _filtered(pixels: np.ndarray, *filters) -> np.ndarray:
    image = Image.fromarray((pixels * 255).astype(np.uint8))
    for f in filters:
        image = image.filter(f)
    return np.asarray(image, np.float32) / 255


def oil(pixels, rng):
    flat = _filtered(pixels, ImageFilter.ModeFilter(5), ImageFilter.SMOOTH)
    strokes = rng.standard_normal((*pixels.shape[:2], 1)).astype(np.float32)
    strokes = (strokes + np.roll(strokes, 1, 1) + np.roll(strokes, 2, 1)) / 3
    return flat * 1.06 - 0.02 + 0.028 * strokes


def watercolor(pixels, rng):
    soft = _filtered(pixels, ImageFilter.MedianFilter(3), ImageFilter.GaussianBlur(0.7))
    return 0.62 * soft + 0.36 + 0.012 * rng.standard_normal((*pixels.shape[:2], 1)).astype(np.float32)


def pixel(pixels, rng):
    h, w = pixels.shape[:2]
    image = Image.fromarray((pixels * 255).astype(np.uint8))
    small = image.resize((w // 4, h // 4), Image.BOX).resize((w, h), Image.NEAREST)
    return np.round(np.asarray(small, np.float32) / 255 * 10) / 10


def poster(pixels, rng):
    return np.round(np.clip((pixels - 0.5) * 1.3 + 0.5, 0, 1) * 3) / 3


def charcoal(pixels, rng):
    grey = (pixels @ LUMA)[..., None]
    gy, gx = np.gradient(grey[..., 0])
    edges = np.clip(np.hypot(gx, gy) * 5, 0, 1)[..., None]
    paper = 0.9 - 0.42 * (1 - grey) ** 1.2 - 0.7 * edges
    return np.repeat(paper + 0.018 * rng.standard_normal(grey.shape).astype(np.float32), 3, -1)


def photo(pixels, rng):
    faded = 0.6 * pixels + 0.4 * (pixels @ LUMA)[..., None]
    grain = 0.02 * rng.standard_normal((*pixels.shape[:2], 1)).astype(np.float32)
    return faded * np.array([1.06, 0.98, 0.84], np.float32) * 0.9 + 0.05 + grain


FILTERS = {f.__name__: f for f in (oil, watercolor, pixel, poster, charcoal, photo)}
