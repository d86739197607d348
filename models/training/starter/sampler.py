"""DDIM with guidance, as Disco Diffusion runs it: the picture is the last *unguided* guess."""

import torch
from torch import Tensor

from .guidance import Guidance, guidance_gradient
from .networks.clip import Clip
from .networks.secondary import Secondary
from .networks.unet import UNet
from .noise import ABAR
from .tokenizer import tokenize


@torch.no_grad()
def embed_prompts(clip: Clip, prompts: list[list[tuple[str, float]]]) -> tuple[Tensor, Tensor]:
    """Per picture the same number of weighted texts → targets [n, p, embed], weights [n, p]."""
    n, p = len(prompts), len(prompts[0])
    texts = clip.encode_text(tokenize([text for row in prompts for text, _ in row]))
    weights = torch.tensor([[w for _, w in row] for row in prompts])
    return texts.reshape(n, p, -1), weights / weights.sum(1, keepdim=True).abs()


@torch.no_grad()
def sample(unet: UNet, secondary: Secondary, clip: Clip, prompts: list[list[tuple[str, float]]], *, seed: int,
           guidance: Guidance | None = Guidance(), steps: int = 25, eta: float = 1.0,
           width: int = 64, height: int = 64) -> Tensor:
    """[n, 3, h, w] in −1..1, one picture per prompt; `guidance=None` draws freely."""
    torch.manual_seed(seed)
    n = len(prompts)
    targets, weights = embed_prompts(clip, prompts)
    stride = 1000 // steps
    x = torch.randn(n, 3, height, width)
    for i in reversed(range(steps)):
        t = i * stride
        abar, before = ABAR[t].float(), ABAR[t - stride].float() if i else torch.tensor(1.0)
        v = unet(x, torch.full((n,), t))
        x0 = abar.sqrt() * x - (1 - abar).sqrt() * v
        if i == 0:
            return x0
        guided = x0
        if guidance:
            guided = x0 + (1 - abar) / abar.sqrt() * guidance_gradient(x, t, secondary, clip, targets, weights, guidance)
        eps = (x - abar.sqrt() * guided) / (1 - abar).sqrt()
        spread = eta * ((1 - before) / (1 - abar) * (1 - abar / before)).sqrt()
        x = before.sqrt() * guided + (1 - before - spread**2).clamp_min(0).sqrt() * eps + spread * torch.randn_like(x)
