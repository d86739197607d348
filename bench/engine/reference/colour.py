"""Colours of cuts, as torchvision turns them; also for the second reading in `diffusion/testing/reference`."""

import torch

LUMA = torch.tensor([0.2989, 0.587, 0.114]).view(3, 1, 1)


def gray(cuts):
    return (cuts * LUMA).sum(-3, keepdim=True).expand_as(cuts)


def turn_hue(cuts, turn):
    r, g, b = cuts.unbind(-3)
    high, low = cuts.max(-3).values, cuts.min(-3).values
    flat = high == low
    span = high - low
    s = span / torch.where(flat, torch.ones_like(high), high)
    divisor = torch.where(flat, torch.ones_like(span), span)
    rc, gc, bc = (high - r) / divisor, (high - g) / divisor, (high - b) / divisor
    red = high == r
    green = (high == g) & ~red
    raw = torch.where(red, bc - gc, torch.where(green, 2 + rc - bc, 4 + gc - rc))
    h = (torch.fmod(raw / 6 + 1, 1) + turn) % 1
    sector = torch.floor(h * 6)
    f = h * 6 - sector
    p = (high * (1 - s)).clamp(0, 1)
    q = (high * (1 - s * f)).clamp(0, 1)
    t = (high * (1 - s * (1 - f))).clamp(0, 1)
    index = (sector.long() % 6)[None]
    choose = lambda *parts: torch.stack(parts).gather(0, index)[0]

    return torch.stack(
        (choose(high, q, p, p, t, high), choose(t, high, high, q, p, p), choose(p, p, t, high, high, q)), -3
    )
