"""Disco Diffusion's cuts and augmentations as torch does them fastest: whole batches, its own antialiased resize."""

import math

import torch
import torch.nn.functional as F
from colour import LUMA, gray, turn_hue


def resize(cut, side):
    return F.interpolate(cut, (side, side), mode="bicubic", antialias=True, align_corners=False)


def take_cuts(picture, side, overview, inner, power):
    """Overview cuts of the whole square picture, then inner crops of random size and place; [n, 3, side, side]."""
    height, width = picture.shape[2:]
    whole = resize(picture, side)
    cuts = [whole] * overview
    largest, smallest = min(height, width), min(height, width, side)
    for k in range(inner):
        size = int(torch.rand([]) ** power * (largest - smallest) + smallest)
        x, y = (int(torch.randint(0, length - size + 1, ())) for length in (width, height))
        cut = resize(picture[:, :, y : y + size, x : x + size], side)
        cuts.append(gray(cut) if k == 0 else cut)

    return torch.cat(cuts)


def augment(cuts):
    noisy = lambda v: v + 0.01 * torch.randn_like(v)
    if torch.rand(1) < 0.5:
        cuts = cuts.flip(-1)
    cuts = noisy(turned(noisy(cuts)))
    if torch.rand(1) < 0.1:
        cuts = gray(cuts)

    return jitter(noisy(cuts))


def turned(cuts):
    side = cuts.shape[-1]
    angle = math.radians(float(torch.empty(1).uniform_(-10, 10)))
    shift = [round(float(torch.empty(1).uniform_(-0.05 * side, 0.05 * side))) / (side / 2) for _ in range(2)]
    cos, sin = math.cos(angle), math.sin(angle)
    dx, dy = shift
    matrix = torch.tensor([[cos, sin, -cos * dx - sin * dy], [-sin, cos, sin * dx - cos * dy]])
    grid = F.affine_grid(matrix[None].expand(len(cuts), 2, 3), list(cuts.shape), align_corners=False)
    sample = lambda v, g: F.grid_sample(v, g, align_corners=False)
    mask = sample(torch.ones(1, 1, side, side), grid[:1])

    return sample(cuts, grid) * mask


def jitter(cuts):
    blend = lambda a, b, share: (share * a + (1 - share) * b).clamp(0, 1)
    order = torch.randperm(4).tolist()
    by = [float(torch.empty(1).uniform_(0.9, 1.1)) for _ in range(3)]
    turn = float(torch.empty(1).uniform_(-0.1, 0.1))
    for op in order:
        if op == 0:
            cuts = (cuts * by[0]).clamp(0, 1)
        elif op == 1:
            cuts = blend(cuts, (cuts * LUMA).sum(-3, keepdim=True).mean((-3, -2, -1), keepdim=True), by[1])
        elif op == 2:
            cuts = blend(cuts, (cuts * LUMA).sum(-3, keepdim=True), by[2])
        else:
            cuts = turn_hue(cuts, turn)

    return cuts
