"""Figures of a few pictures by NumPy and scikit-image, an implementation that shares nothing with ours.

    pip install numpy==2.4.6 scikit-image==0.26.0
    python charts/effects/measures/make_golden.py > charts/effects/measures/golden.json

Pictures are made by integer formulas that measure-pixels.test.ts repeats.
"""
import json

import numpy as np
from scipy.ndimage import laplace
from skimage.color import rgb2gray, rgb2hsv
from skimage.filters import sobel


def made(formula, width, height):
    y, x, c = np.meshgrid(range(height), range(width), range(3), indexing="ij")
    return np.asarray(formula(x, y, c) % 256, dtype=np.uint8)


pictures = {
    "ramp": made(lambda x, y, c: x * 5 + y * 3 + c * 40, 31, 17),
    "weave": made(lambda x, y, c: x * x * 7 + y * y * 13 + c * x * y * 29, 40, 24),
    "checker": made(lambda x, y, c: ((x // 4 + y // 4) % 2) * (255 - 60 * c), 32, 32),
    "flat": made(lambda x, y, c: 128 + 0 * x, 9, 9),
    "red": made(lambda x, y, c: (c == 0) * 255 + 0 * x, 8, 8),
}


def measures(rgb):
    luma = rgb2gray(rgb)  # Rec. 709: 0.2125, 0.7154, 0.0721
    exact = rgb.astype(float) @ np.array([0.2126, 0.7152, 0.0722]) / 255
    assert np.abs(luma - exact).max() < 5e-4
    r, g, b = (rgb[..., k].astype(float) for k in range(3))
    rg, yb = r - g, (r + g) / 2 - b
    return {
        "luminance": exact.mean(),
        "contrast": exact.std(),
        "saturation": rgb2hsv(rgb)[..., 1].mean(),
        "colourfulness": np.hypot(rg.std(), yb.std()) + 0.3 * np.hypot(rg.mean(), yb.mean()),
        "sharpness": laplace(exact * 255, mode="mirror").var(),
        "edgeDensity": (sobel(exact, mode="mirror") > 0.1).mean(),
    }


print(json.dumps({name: measures(rgb) for name, rgb in pictures.items()}, indent=2))
