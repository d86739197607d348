"""Disco Diffusion's cuts, for guidance and for image prompts, and torchvision's augmentations draw for draw."""

import math

import torch
import torch.nn.functional as F
from colour import gray, turn_hue


def cubic(t):
    t = t.abs()

    return torch.where(
        t <= 1, 1.5 * t**3 - 2.5 * t**2 + 1, torch.where(t <= 2, -0.5 * t**3 + 2.5 * t**2 - 4 * t + 2, 0 * t)
    )


def resize_matrix(size, out):
    """ResizeRight's cubic as a matrix [out, size]; what lies outside is zero but counts in the sum of the weights."""
    scale = out / size
    shrink = min(scale, 1)
    j = torch.arange(out, dtype=torch.float32)
    centre = j / scale + (size - 1) / 2 - (out - 1) / (2 * scale)
    support = 4 / shrink
    start = torch.ceil(centre - support / 2 - 1.1920929e-7).long()
    taps = start[:, None] + torch.arange(math.ceil(support - 1.1920929e-7))
    weights = shrink * cubic(shrink * (centre[:, None] - taps))
    weights = weights / weights.sum(1, keepdim=True)
    inside = (taps >= 0) & (taps < size)
    matrix = torch.zeros(out, size)

    return matrix.scatter_add_(1, taps.clamp(0, size - 1), weights * inside)


def resize(x, out):
    height, width = x.shape[-2:]
    if height != out:
        x = resize_matrix(height, out) @ x
    if width != out:
        x = x @ resize_matrix(width, out).T

    return x


def dango(x, side, overview, inner, power, gray_share):
    """MakeCutoutsDango without augmentations: x [1, 3, h, w] in 0..1."""
    height, width = x.shape[2:]
    largest, smallest = min(height, width), min(height, width, side)
    cuts = []
    if overview > 0:
        across, down = (height - largest) // 2, (width - largest) // 2
        whole = resize(F.pad(x, (across, across, down, down)), side)
        variants = [whole, gray(whole), whole.flip(-1), gray(whole.flip(-1))]
        cuts += variants[:overview] if overview <= 4 else [whole] * overview
    for k in range(inner):
        size = int(torch.rand([]) ** power * (largest - smallest) + smallest)
        left = torch.randint(0, width - size + 1, ())
        top = torch.randint(0, height - size + 1, ())
        cut = x[:, :, top : top + size, left : left + size]
        cuts.append(resize(gray(cut) if k <= int(gray_share * inner) else cut, side))

    return torch.cat(cuts)


def noisy(x):
    return x + torch.randn_like(x) * 0.01


def flipped(x, chance):
    return x.flip(-1) if torch.rand(1) < chance else x


def grayed(x, chance):
    return gray(x) if torch.rand(1) < chance else x


def sampled(x, grid, mode):
    mask = torch.ones_like(x[:, :1])
    grid = grid.expand(len(x), -1, -1, -1)
    picture = F.grid_sample(x, grid, mode, "zeros", align_corners=False)
    mask = F.grid_sample(mask, grid, mode, "zeros", align_corners=False)

    return picture * (mask >= 0.5) if mode == "nearest" else picture * mask


def turned(x, degrees, share, mode):
    height, width = x.shape[-2:]
    angle = math.radians(torch.empty(1).uniform_(-degrees, degrees).item())
    shift = [round(torch.empty(1).uniform_(-share * side, share * side).item()) for side in (width, height)]
    cos, sin = math.cos(angle), math.sin(angle)
    theta = torch.tensor(
        [
            [cos, sin, -cos * shift[0] - sin * shift[1]],
            [-sin, cos, sin * shift[0] - cos * shift[1]],
        ]
    )
    ones = torch.ones(height, width)
    columns = torch.linspace(-width / 2 + 0.5, width / 2 - 0.5, width).expand(height, width)
    rows = torch.linspace(-height / 2 + 0.5, height / 2 - 0.5, height)[:, None].expand(height, width)
    places = torch.stack([columns, rows, ones], -1).view(1, -1, 3)
    grid = places @ (theta.T / torch.tensor([width / 2, height / 2]))

    return sampled(x, grid.view(1, height, width, 2), mode)


def slanted(x, distortion, chance):
    if not torch.rand(1) < chance:
        return x
    height, width = x.shape[-2:]
    a, b = int(distortion * (width // 2)), int(distortion * (height // 2))
    one = lambda low, high: torch.randint(low, high, (1,)).item()
    near_x, near_y = (lambda: one(0, a + 1)), (lambda: one(0, b + 1))
    far_x, far_y = (lambda: one(width - a - 1, width)), (lambda: one(height - b - 1, height))
    moved = [(near_x(), near_y()), (far_x(), near_y()), (far_x(), far_y()), (near_x(), far_y())]
    own = [(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)]
    lines, ends = [], []
    for (x1, y1), (x2, y2) in zip(moved, own):
        lines += [[x1, y1, 1, 0, 0, 0, -x2 * x1, -x2 * y1], [0, 0, 0, x1, y1, 1, -y2 * x1, -y2 * y1]]
        ends += [x2, y2]
    m = torch.linalg.solve(torch.tensor(lines, dtype=torch.float64), torch.tensor(ends, dtype=torch.float64)).float()
    columns = (torch.arange(width) + 0.5).expand(height, width)
    rows = (torch.arange(height) + 0.5)[:, None].expand(height, width)
    depth = m[6] * columns + m[7] * rows + 1
    u = (m[0] * columns + m[1] * rows + m[2]) / depth / (width / 2) - 1
    v = (m[3] * columns + m[4] * rows + m[5]) / depth / (height / 2) - 1

    return sampled(x, torch.stack([u, v], -1)[None], "bilinear")


def blend(a, b, share):
    return (share * a + (1 - share) * b).clamp(0, 1)


def jittered(x, hue):
    order = torch.randperm(4).tolist()
    amounts = [torch.empty(1).uniform_(0.9, 1.1).item() for _ in range(3)]
    turn = torch.empty(1).uniform_(-hue, hue).item()
    for which in order:
        if which == 0:
            x = blend(x, torch.zeros_like(x), amounts[0])
        elif which == 1:
            x = blend(x, gray(x)[:, :1].mean((-3, -2, -1), keepdim=True), amounts[1])
        elif which == 2:
            x = blend(x, gray(x), amounts[2])
        else:
            x = turn_hue(x, turn)

    return x


def augment_still(x):
    x = turned(noisy(flipped(x, 0.5)), 10, 0.05, "bilinear")

    return jittered(noisy(grayed(noisy(x), 0.1)), 0.1)


def augment_prompt(x):
    x = turned(noisy(flipped(x, 0.5)), 15, 0.1, "nearest")

    return noisy(grayed(noisy(slanted(noisy(x), 0.4, 0.7)), 0.15))


def sinc(x):
    return torch.where(x != 0, torch.sin(math.pi * x) / (math.pi * x), torch.ones_like(x))


def lanczos_kernel(ratio):
    half = torch.arange(math.ceil(2 / ratio + 1), dtype=torch.float32) * ratio
    places = torch.cat([-half[1:].flip(0), half])[1:-1]
    kernel = torch.where(places.abs() < 2, sinc(places) * sinc(places / 2), torch.zeros_like(places))

    return kernel / kernel.sum()


def resample(x, side):
    """DD's `resample` of [1, 3, h, w] to side × side."""
    height, width = x.shape[-2:]
    x = x.transpose(0, 1)
    if side < height:
        kernel = lanczos_kernel(side / height)
        pad = (len(kernel) - 1) // 2
        x = F.conv2d(F.pad(x, (0, 0, pad, pad), "reflect"), kernel[None, None, :, None])
    if side < width:
        kernel = lanczos_kernel(side / width)
        pad = (len(kernel) - 1) // 2
        x = F.conv2d(F.pad(x, (pad, pad, 0, 0), "reflect"), kernel[None, None, None, :])

    return F.interpolate(x.transpose(0, 1), (side, side), mode="bicubic", align_corners=True)


def prompt_cuts(x, side, skip_augs, count=16):
    """MakeCutouts: x [1, 3, h, w] in -1..1."""
    x = F.pad(x, (x.shape[2] // 4,) * 4)
    height, width = x.shape[2:]
    largest = min(height, width)
    cuts = []
    for k in range(count):
        cut = x
        if k <= count - count // 4:
            size = int(largest * torch.zeros(1).normal_(mean=0.8, std=0.3).clip(side / largest, 1.0))
            left = torch.randint(0, abs(width - size + 1), ())
            top = torch.randint(0, abs(height - size + 1), ())
            cut = x[:, :, top : top + size, left : left + size]
        cuts.append(resample(cut if skip_augs else augment_prompt(cut), side))

    return torch.cat(cuts)
