"""cond_fn of Disco Diffusion 5.x in torch, for looking at pictures while training. The product has its own engine.

Many pictures are guided at once, each with its own random draws. Hue jitter is left out.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from .cutouts import apply_cuts, rotate, to_grey, whole_box
from .networks.clip import RESOLUTION, Clip
from .networks.secondary import Secondary
from .noise import ABAR, angle


@dataclass(frozen=True)
class Guidance:
    """Disco Diffusion's parameters; schedules as functions of the index 0 (noise) … 999 (picture)."""

    clip_guidance_scale: float = 500
    clamp_max: float = 0.15
    cut_overview: int = 4
    cut_innercut: tuple[int, int] = (2, 3)  # before and after index 400
    cut_ic_pow: float = 1.0
    cut_icgray_p: tuple[float, float] = (0.2, 0.0)


def _uniform(low: float, high: float, n: int) -> Tensor:
    return torch.rand(n) * (high - low) + low


def _cuts(pictures: Tensor, g: Guidance, index: int) -> Tensor:
    """pictures [n, 3, h, w] in 0..1 → [n · k, 3, 32, 32], the cuts of one picture side by side."""
    n, _, h, w = pictures.shape
    base = apply_cuts(pictures, [whole_box(h, w)] * n, RESOLUTION)
    kinds = [base, to_grey(base), base.flip(-1), to_grey(base.flip(-1))]
    cuts = kinds[:g.cut_overview] if g.cut_overview <= 4 else [base] * g.cut_overview
    inner = g.cut_innercut[index >= 400]
    low, high = min(w, h, RESOLUTION), min(w, h)
    for k in range(inner):
        boxes = []
        for u in torch.rand(n).tolist():
            size = int(u**g.cut_ic_pow * (high - low) + low)
            boxes.append((int(torch.randint(0, w - size + 1, (1,))), int(torch.randint(0, h - size + 1, (1,))), size))
        cut = apply_cuts(pictures, boxes, RESOLUTION)
        cuts.append(to_grey(cut) if k <= int(g.cut_icgray_p[index >= 400] * inner) else cut)
    return torch.stack(cuts, 1).flatten(0, 1)


def _noised(cuts: Tensor) -> Tensor:
    return cuts + 0.01 * torch.randn_like(cuts)


def _augmented(cuts: Tensor, pictures: int) -> Tensor:
    """One draw per picture for all of its cuts, as the original does."""
    k = len(cuts) // pictures

    def each(values: Tensor) -> Tensor:
        return values.repeat_interleave(k, 0)

    def where(share: float, changed: Tensor, otherwise: Tensor) -> Tensor:
        return torch.where(each(torch.rand(pictures) < share)[:, None, None, None], changed, otherwise)

    cuts = _noised(where(0.5, cuts.flip(-1), cuts))
    ten_degrees = 0.1745
    cuts = rotate(cuts, each(_uniform(-ten_degrees, ten_degrees, pictures)), each(_uniform(-0.05, 0.05, 2 * pictures).reshape(-1, 2)))
    cuts = _noised(cuts)
    cuts = _noised(where(0.1, to_grey(cuts), cuts))
    bright, contrast, saturation = (each(_uniform(0.9, 1.1, pictures))[:, None, None, None] for _ in range(3))
    cuts = (cuts * bright).clamp(0, 1)
    cuts = (cuts * contrast + (1 - contrast) * to_grey(cuts).mean((1, 2, 3), keepdim=True)).clamp(0, 1)
    return (cuts * saturation + (1 - saturation) * to_grey(cuts)).clamp(0, 1)


def guidance_gradient(x: Tensor, t: int, secondary: Secondary, clip: Clip, targets: Tensor, weights: Tensor,
                      g: Guidance) -> Tensor:
    """x [n, 3, h, w] at integer timestep t; targets [n, p, embed], weights [n, p] → descent direction, clamped."""
    n = len(x)
    alpha, sigma = ABAR[t].sqrt().float(), (1 - ABAR[t]).sqrt().float()
    with torch.enable_grad():
        x = x.detach().requires_grad_()
        guess = alpha * x - sigma * secondary(x, angle(torch.full((n,), t)))
        x_in = guess * sigma + x * (1 - sigma)
        cuts = _augmented(_cuts((x_in + 1) / 2, g, 999 - t), n)
        image = F.normalize(clip.encode_image(cuts), dim=-1).reshape(n, -1, 1, targets.shape[-1])
        chord = (image - F.normalize(targets, dim=-1)[:, None]).norm(dim=-1)  # [n, k, p]
        distance = 2 * torch.asin((chord / 2).clamp(max=1 - 1e-6)).square()
        loss = (distance.mean(1) * weights).sum() * g.clip_guidance_scale
        grad = -torch.autograd.grad(loss, x)[0]
    size = grad.square().mean((1, 2, 3), keepdim=True).sqrt()
    return grad * size.clamp(max=g.clamp_max) / size.clamp_min(1e-12)
