"""The linear noise schedule of guided-diffusion: x = α·x0 + σ·ε with α² = abar, α² + σ² = 1."""

import torch
from torch import Tensor

ABAR = torch.cumprod(1 - torch.linspace(1e-4, 2e-2, 1000, dtype=torch.float64), 0)


def alpha_sigma(t: Tensor) -> tuple[Tensor, Tensor]:
    """Integer timesteps [n] → α, σ as [n, 1, 1, 1]."""
    abar = ABAR[t].float()[:, None, None, None]
    return abar.sqrt(), (1 - abar).sqrt()


def angle(t: Tensor) -> Tensor:
    """Timesteps as the secondary model reads them, in 0..1."""
    alpha, sigma = alpha_sigma(t)
    return torch.atan2(sigma, alpha).flatten() * 2 / torch.pi


def draw_timesteps(count: int, generator: torch.Generator) -> Tensor:
    """75 % in [120, 620), where outlines are decided, 25 % anywhere; stratified to steady the loss."""
    u = (torch.arange(count) + torch.rand(count, generator=generator)) / count
    middle = torch.rand(count, generator=generator) < 0.75
    t = torch.where(middle, 120 + 500 * u, 1000 * u)
    return t.long().clamp(0, 999)
