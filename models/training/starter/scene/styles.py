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


def _towards_corners(pixels: np.ndarray) -> np.ndarray:
    """0 in the middle and along the sides, 1 in the corners. [h, w]"""
    h, w = pixels.shape[:2]
    y, x = np.linspace(-1, 1, h)[:, None], np.linspace(-1, 1, w)
    return np.clip((np.hypot(x, y) - 0.85) / 0.55, 0, 1).astype(np.float32) ** 1.2


def oil(pixels):
    """Broad flat strokes, strong colours, brown varnish that darkens towards the corners."""
    flat = _filtered(pixels, ImageFilter.ModeFilter(5), ImageFilter.SMOOTH)
    grey = (flat @ LUMA)[..., None]
    varnish = 1 - _towards_corners(flat)[..., None] * np.array([0.45, 0.62, 0.85], np.float32)
    return np.clip(grey + 1.45 * (flat - grey), 0, 1) * varnish * np.array([1.04, 0.95, 0.78], np.float32)


def watercolor(pixels):
    """Soft and pale, with bare paper at the corners."""
    soft = _filtered(pixels, ImageFilter.MedianFilter(3), ImageFilter.GaussianBlur(0.7))
    paper = _towards_corners(soft)[..., None]
    pale = 0.62 * soft + 0.37
    return pale + (0.99 - pale) * np.clip(1.3 * paper, 0, 1)


def pixel(pixels):
    h, w = pixels.shape[:2]
    image = Image.fromarray((pixels * 255).astype(np.uint8))
    small = image.resize((w // 4, h // 4), Image.BOX).resize((w, h), Image.NEAREST)
    return np.round(np.asarray(small, np.float32) / 255 * 10) / 10


def poster(pixels):
    """Three levels per channel."""
    return np.round(np.clip((pixels - 0.45) * 1.5 + 0.5, 0, 1) * 2) / 2


def charcoal(pixels):
    grey = (pixels @ LUMA)[..., None]
    gy, gx = np.gradient(grey[..., 0])
    edges = np.clip(np.hypot(gx, gy) * 5, 0, 1)[..., None]
    paper = 0.9 - 0.42 * (1 - grey) ** 1.2 - 0.7 * edges
    return np.repeat(paper, 3, -1)


def photo(pixels):
    """Faded sepia."""
    faded = 0.3 * pixels + 0.7 * (pixels @ LUMA)[..., None]
    return faded * np.array([1.02, 0.86, 0.64], np.float32) * 0.88 + np.array([0.1, 0.07, 0.03], np.float32)


FILTERS = {f.__name__: f for f in (oil, watercolor, pixel, poster, charcoal, photo)}
