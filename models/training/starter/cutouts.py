"""Disco Diffusion's cutouts as matrix products: crop and resize along an axis are one [cut, side] matrix.

Resize kernel: ResizeRight's antialiased cubic, zero outside the picture.
"""

import math
from functools import lru_cache

import torch
from torch import Tensor

GREY = torch.tensor([0.2989, 0.587, 0.114])


def _cubic(t: Tensor) -> Tensor:
    a = t.abs()
    near = 1.5 * a**3 - 2.5 * a**2 + 1
    far = -0.5 * a**3 + 2.5 * a**2 - 4 * a + 2
    return torch.where(a <= 1, near, torch.where(a <= 2, far, torch.zeros_like(a)))


@lru_cache(maxsize=4096)
def axis_matrix(side: int, offset: int, size: int, cut: int) -> Tensor:
    """Crops [offset, offset + size) of an axis of length `side`, then resizes it to `cut`. [cut, side].
    Where the crop reaches beyond the picture (padding), it reads zero."""
    matrix = torch.zeros(cut, size, dtype=torch.float64)
    scale = cut / size
    if scale == 1:
        matrix = torch.eye(size, dtype=torch.float64)
    else:
        shrink = min(scale, 1.0)
        support = 4 / shrink
        for j in range(cut):
            centre = j / scale + (size - 1) / 2 - (cut - 1) / (2 * scale)
            start = math.ceil(centre - support / 2 - 1.2e-7)
            taps = torch.arange(start, start + math.ceil(support - 1.2e-7))
            weights = shrink * _cubic(shrink * (centre - taps.double()))
            weights = weights / weights.sum()
            inside = (taps >= 0) & (taps < size)
            matrix[j, taps[inside]] = weights[inside]
    whole = torch.zeros(cut, side, dtype=torch.float64)
    first, last = max(0, offset), min(side, offset + size)
    whole[:, first:last] = matrix[:, first - offset:last - offset]
    return whole.float()


def apply_cuts(pictures: Tensor, boxes: list[tuple[int, int, int]], cut: int) -> Tensor:
    """pictures [n, 3, h, w]; one (x, y, size) per picture, or for a single picture any number → [k, 3, cut, cut]."""
    h, w = pictures.shape[2:]
    rows = torch.stack([axis_matrix(h, y, size, cut) for _, y, size in boxes])[:, None]
    columns = torch.stack([axis_matrix(w, x, size, cut) for x, _, size in boxes])[:, None]
    return rows @ pictures @ columns.mT


def to_grey(cuts: Tensor) -> Tensor:
    return torch.einsum("nchw,c->nhw", cuts, GREY)[:, None].expand(-1, 3, -1, -1)


def whole_box(height: int, width: int) -> tuple[int, int, int]:
    """The overview cut: the picture centred in a black square."""
    side = max(height, width)
    return (width - side) // 2, (height - side) // 2, side


def rotate(cuts: Tensor, angle: Tensor, shift: Tensor) -> Tensor:
    """Per cut: radians [k], shift [k, 2] as a share of the side; zero outside."""
    cos, sin = angle.cos(), angle.sin()
    theta = torch.stack([torch.stack([cos, sin, 2 * shift[:, 0]], 1), torch.stack([-sin, cos, 2 * shift[:, 1]], 1)], 1)
    grid = torch.nn.functional.affine_grid(theta, list(cuts.shape), align_corners=False)
    return torch.nn.functional.grid_sample(cuts, grid, align_corners=False)
