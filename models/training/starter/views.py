"""What CLIP looks at while it learns: cuts of pictures, as sharp or as blurred as Disco Diffusion will show them."""

import torch
from torch import Tensor

from .cutouts import apply_cuts, rotate, to_grey, whole_box
from .networks.clip import RESOLUTION
from .networks.secondary import Secondary
from .noise import alpha_sigma, angle


@torch.no_grad()
def as_guidance_sees(secondary: Secondary, pictures: Tensor, t: Tensor, generator: torch.Generator) -> Tensor:
    """x_in of cond_fn: the secondary's guess of the picture blended with the noisy picture. −1..1 in and out."""
    alpha, sigma = alpha_sigma(t)
    x = alpha * pictures + sigma * torch.randn(pictures.shape, generator=generator)
    guess = alpha * x - sigma * secondary(x, angle(t))
    return guess * sigma + x * (1 - sigma)


def augmented_cuts(pictures: Tensor, smallest: float, generator: torch.Generator) -> Tensor:
    """pictures [n, 3, h, w] in −1..1 → [n, 3, 32, 32] near 0..1: a third whole, the rest crops of at least
    `smallest` of the side; turned, mirrored, greyed, relit and noised."""
    n, _, h, w = pictures.shape

    def uniform(low, high, *shape):
        return torch.rand(*shape, generator=generator) * (high - low) + low

    boxes = []
    for _ in range(n):
        if h != w or uniform(0, 1, 1) < 0.34:
            boxes.append(whole_box(h, w))
            continue
        size = int(uniform(smallest * h, h + 1, 1))
        x, y = (int(uniform(0, h - size + 1, 1)) for _ in range(2))
        boxes.append((x, y, size))
    cuts = apply_cuts((pictures + 1) / 2, boxes, RESOLUTION)

    turned = torch.rand(n, generator=generator) < 0.6
    cuts = torch.where(turned[:, None, None, None],
                       rotate(cuts, uniform(-0.2, 0.2, n), uniform(-0.06, 0.06, n, 2)), cuts)
    mirrored = torch.rand(n, generator=generator) < 0.5
    cuts[mirrored] = cuts[mirrored].flip(-1)
    grey = torch.rand(n, generator=generator) < 0.15
    cuts[grey] = to_grey(cuts[grey])
    contrast, light = uniform(0.85, 1.15, n, 1, 1, 1), uniform(-0.1, 0.1, n, 1, 1, 1)
    noise = uniform(0, 0.12, n, 1, 1, 1) * torch.randn(cuts.shape, generator=generator)
    return (cuts - 0.5) * contrast + 0.5 + light + noise
