"""An independent classifier that says what is in a picture: a plain convolutional network that shares
nothing with CLIP but the data. It is not shipped; it measures whether guidance works.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .dataset import load_pictures
from .muon import descend, optimisers
from .networks.group_norm import GroupNorm
from .one_core import use_one_core
from .paths import RUNS
from .run import Run
from .scene import vocabulary as words
from .sheet import from_pixels
from .train_denoiser import load_batch

SEED, BATCH = 40, 64
# Attribute: names and weight. Where a sky or a ground is coloured, which colour it is counts as well.
NAMES = {"subject": (words.SUBJECT_NAMES, 1.0), "colour": (words.COLOUR_NAMES, 1.0),
         "sky": ([*words.SKIES, *(f"{c} sky" for c in words.SKY_COLOURS)], 0.7),
         "ground": ([*words.GROUNDS, *(f"{c} ground" for c in words.GROUND_COLOURS)], 0.7),
         "style": (words.STYLE_NAMES, 0.7)}


class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        widths = (3, 24, 48, 96, 128)
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in zip(widths, widths[1:]))
        self.norms = nn.ModuleList(GroupNorm(8, b) for b in widths[1:])
        self.heads = nn.ModuleDict({n: nn.Linear(3 * widths[-1], len(names)) for n, (names, _) in NAMES.items()})

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        """x [n, 3, h, w] in −1..1 → logits per attribute. The shorter side is brought to 64 px first."""
        if (side := min(x.shape[2:])) > 64:
            x = F.avg_pool2d(x, side // 64)
        x = x.contiguous(memory_format=torch.channels_last)
        for conv, norm in zip(self.convs, self.norms):
            x = norm(conv(x), act=True)
        h, w = x.shape[2:]
        middle = x[:, :, h // 4:h - h // 4, w // 2 - 1:w // 2 + 1]  # where the subject stands
        features = torch.cat([x.mean((2, 3)), x.amax((2, 3)), middle.mean((2, 3))], 1)
        return {n: head(features) for n, head in self.heads.items()}


def _label(scene, attribute: str) -> str:
    value = getattr(scene, attribute)
    return f"{getattr(scene, attribute + '_colour')} {attribute}" if value == "coloured" else value


def labels(scenes) -> dict[str, Tensor]:
    return {n: torch.tensor([names.index(_label(s, n)) for s in scenes]) for n, (names, _) in NAMES.items()}


def load_judge() -> Judge:
    judge = Judge()
    judge.load_state_dict(torch.load(RUNS / "judge" / "checkpoint.pt", weights_only=True)["model"])
    return judge.eval().requires_grad_(False)


@torch.no_grad()
def right(judge: Judge, pictures: Tensor, scenes) -> dict[str, Tensor]:
    """Per attribute and picture, whether the judge sees what the scene says."""
    truth = labels(scenes)
    return {n: logits.argmax(1) == truth[n] for n, logits in judge(pictures).items()}


def _as_generated(x: Tensor, generator: torch.Generator) -> Tensor:
    """Generated pictures are softer than drawn ones, and stand elsewhere."""
    if torch.rand(1, generator=generator) < 0.5:
        x = F.interpolate(F.avg_pool2d(x, 2), scale_factor=2.0, mode="bilinear")
    across, down = torch.randint(-4, 5, (2,), generator=generator).tolist()
    h, w = x.shape[2:]
    x = F.pad(x, (4, 4, 4, 4), mode="replicate")[:, :, 4 + down:4 + down + h, 4 + across:4 + across + w]
    return x + 0.1 * torch.rand(1, generator=generator) * torch.randn(x.shape, generator=generator)


def train_judge(minutes: float) -> None:
    use_one_core()
    torch.manual_seed(SEED)
    run, judge = Run("judge", minutes), Judge()
    opts = optimisers(judge, 0.01, 1e-3)
    if state := run.load():
        judge.load_state_dict(state["model"])
    generator = torch.Generator().manual_seed(SEED + run.step)
    shapes = [load_pictures(n) for n in ("square", "square", "wide", "tall")]
    while run.progress < 1:
        x, scenes = load_batch(shapes[run.step % 4], BATCH, generator)
        run.apply_learning_rate(opts)
        truth = labels(scenes)
        logits = judge(_as_generated(x, generator))
        loss = sum(weight * F.cross_entropy(logits[n], truth[n]) for n, (_, weight) in NAMES.items())
        descend(loss, opts)
        run.advance(BATCH, loss=loss.item())
        if run.due("save", 60):
            run.save(model=judge.state_dict())
    run.save(model=judge.state_dict())
    held_out = load_pictures("held-out")
    pixels = from_pixels(held_out.pixels)
    seen = {n: round(hit.float().mean().item(), 3) for n, hit in right(judge, pixels, held_out.scenes).items()}
    run.write_row("held-out.csv", {"seen": run.seen, **seen})
    print("judge on held-out pictures:", seen)
