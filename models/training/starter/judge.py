"""An independent classifier that says what is in a picture: a plain convolutional network that shares
nothing with CLIP but the data. It is not shipped; it measures whether guidance works.
"""

import random

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .dataset import load_pictures
from .muon import optimisers
from .networks.group_norm import GroupNorm
from .one_core import use_one_core
from .run import Run
from .scene import vocabulary as words
from .train_denoiser import load_batch

SEED, BATCH = 40, 64
NAMES = {"subject": words.SUBJECT_NAMES, "sky": words.SKY_NAMES, "ground": words.GROUND_NAMES}


class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        widths = (3, 24, 48, 96, 128)
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in zip(widths, widths[1:]))
        self.norms = nn.ModuleList(GroupNorm(8, b) for b in widths[1:])
        self.heads = nn.ModuleDict({n: nn.Linear(2 * widths[-1], len(names)) for n, names in NAMES.items()})

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        """x [n, 3, 64, 64] in −1..1 → logits per attribute."""
        for conv, norm in zip(self.convs, self.norms):
            x = norm(conv(x), act=True)
        features = torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1)
        return {n: head(features) for n, head in self.heads.items()}


def labels(scenes) -> dict[str, Tensor]:
    return {n: torch.tensor([names.index(getattr(s, n)) for s in scenes]) for n, names in NAMES.items()}


@torch.no_grad()
def hits(judge: Judge, pictures: Tensor, scenes) -> dict[str, float]:
    return {n: (logits.argmax(1) == labels(scenes)[n]).float().mean().item() for n, logits in judge(pictures).items()}


def train_judge(minutes: float) -> None:
    use_one_core()
    torch.manual_seed(SEED)
    run, judge = Run("judge", minutes), Judge()
    opts, generator, rng = optimisers(judge, 0.01, 1e-3), torch.Generator().manual_seed(SEED), random.Random(SEED)
    square = load_pictures("square")
    while run.progress < 1:
        x, scenes = load_batch(square, BATCH, generator)
        if rng.random() < 0.5:  # generated pictures are softer than drawn ones
            x = F.interpolate(F.avg_pool2d(x, 2), scale_factor=2.0, mode="bilinear")
        x = x + 0.1 * rng.random() * torch.randn(x.shape, generator=generator)
        run.apply_learning_rate(opts)
        truth = labels(scenes)
        loss = sum(F.cross_entropy(logits, truth[n]) for n, logits in judge(x).items())
        for opt in opts:
            opt.zero_grad()
        loss.backward()
        for opt in opts:
            opt.step()
        run.advance(BATCH, loss=loss.item())
    run.save(model=judge.state_dict())
    held_out = load_pictures("held-out")
    pixels = torch.from_numpy(held_out.pixels[:]).permute(0, 3, 1, 2).float() / 127.5 - 1
    print("judge on held-out pictures:", {k: round(v, 3) for k, v in hits(judge, pixels, held_out.scenes).items()})
