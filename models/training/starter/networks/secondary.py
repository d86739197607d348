"""The secondary model: Katherine Crowson's secondary-diffusion-2, narrow.

A ReLU U-net whose gradient is cheap; guidance goes through it instead of the denoiser.
"""

import math

import torch
from torch import Tensor, nn

CHANNELS = (16, 24, 40, 64, 96, 128)


def _conv(c_in: int, c_out: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(c_in, c_out, 3, padding=1), nn.ReLU())


class _Skip(nn.Module):
    def __init__(self, *main: nn.Module):
        super().__init__()
        self.main = nn.Sequential(*main)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([self.main(x), x], 1)


def _level(cs) -> _Skip:
    """The part below a resolution: cs[0] channels come in and go out, cs[1] are used inside."""
    outer, inner, *deeper = cs
    core = [_level((inner, *deeper)), _conv(2 * inner, inner)] if deeper else [_conv(inner, inner)]
    return _Skip(nn.AvgPool2d(2), _conv(outer, inner), _conv(inner, inner), *core, _conv(inner, outer),
                 nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False))


class Secondary(nn.Module):
    def __init__(self, cs=CHANNELS):
        super().__init__()
        self.timestep_embed = nn.Module()
        self.timestep_embed.weight = nn.Parameter(torch.randn(8, 1), requires_grad=False)
        self.net = nn.Sequential(_conv(3 + 16, cs[0]), _conv(cs[0], cs[0]), _level(cs),
                                 _conv(2 * cs[0], cs[0]), nn.Conv2d(cs[0], 3, 3, padding=1))

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        """x [n, 3, h, w], t [n] in 0..1 (the angle atan2(σ, α)·2/π) → v [n, 3, h, w]."""
        f = 2 * math.pi * t[:, None] @ self.timestep_embed.weight.T
        planes = torch.cat([f.cos(), f.sin()], 1)[..., None, None].expand(-1, -1, *x.shape[2:])
        return self.net(torch.cat([x, planes], 1))
