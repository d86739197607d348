"""One DDIM step with Disco Diffusion's cond_fn: two CLIPs, the secondary model, augmentations on."""

import math

import torch

from cutouts import augment, take_cuts

ALPHA_BAR, ALPHA_BAR_BEFORE, TAU, ETA = 0.3, 0.4, 333.25, 0.8


def guided_step(x, unet, secondary, clips, overview=12, inner=4):
    """clips: pairs of a network and its targets [1, embed]."""
    with torch.no_grad():
        eps = unet(x, TAU)
    root, rest = math.sqrt(ALPHA_BAR), math.sqrt(1 - ALPHA_BAR)
    time = math.atan2(rest, root) * 2 / math.pi

    with torch.enable_grad():
        start = x.detach().requires_grad_()
        pred = secondary(start, time)
        mixed = pred * rest + start * (1 - rest)
        gradient = torch.zeros_like(x)
        for clip, targets in clips:
            cuts = augment(take_cuts((mixed + 1) / 2, 224, overview, inner, 1.0))
            loss = clip.loss(cuts, targets) * 5000
            gradient += torch.autograd.grad(loss, mixed, retain_graph=True)[0]
        range_loss = (mixed - mixed.clamp(-1, 1)).square().mean()
        gradient += torch.autograd.grad(range_loss * 150, mixed, retain_graph=True)[0]
        direction = -torch.autograd.grad(mixed, start, gradient)[0]

    size = direction.square().mean().sqrt()
    direction = direction * size.clamp(max=0.05) / size
    x0 = x / root - eps * math.sqrt(1 / ALPHA_BAR - 1)
    eps = eps - rest * direction
    x0 = x / root - eps * math.sqrt(1 / ALPHA_BAR - 1)
    sigma = ETA * math.sqrt((1 - ALPHA_BAR_BEFORE) / (1 - ALPHA_BAR)) * math.sqrt(1 - ALPHA_BAR / ALPHA_BAR_BEFORE)
    mean = x0 * math.sqrt(ALPHA_BAR_BEFORE) + math.sqrt(1 - ALPHA_BAR_BEFORE - sigma**2) * eps

    return mean + sigma * torch.randn_like(x)
