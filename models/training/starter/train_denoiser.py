"""Trains the UNet or the secondary model: plain mean squared error of v on noised pictures."""

import numpy as np
import torch

from .average import Average, save, take_up
from .dataset import Pictures, load_pictures
from .muon import descend, optimisers
from .networks.secondary import Secondary
from .networks.unet import UNet
from .noise import alpha_sigma, angle, draw_timesteps
from .one_core import use_one_core
from .run import Run
from .sheet import from_pixels, sample_sheet

SEED = 20
SMALL_BATCH, BATCH = 48, 16  # at 32 px, at 64 px; other shapes in proportion to their pixels
ODD_SHAPES = ("wide", "tall", "wide", "tall", "wide", "tall", "large")  # in turn


def predict_v(model: torch.nn.Module, x: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    return model(x, angle(t)) if isinstance(model, Secondary) else model(x, t)


def load_batch(pictures: Pictures, count: int, generator: torch.Generator, half: bool = False):
    """Pictures [count, 3, h, w] in −1..1 and their scenes. `half` halves the resolution. Never mirrored: a second
    outline for every subject is what a small denoiser can afford least."""
    index = torch.randint(len(pictures.scenes), (count,), generator=generator)
    x = from_pixels(np.stack([pictures.pixels[i] for i in index.tolist()]))
    return torch.nn.functional.avg_pool2d(x, 2) if half else x, [pictures.scenes[i] for i in index.tolist()]


@torch.no_grad()
def held_out_errors(model: torch.nn.Module, pixels: torch.Tensor) -> dict[str, float]:
    """Mean squared error of x0 at four noise levels, on fixed noise."""
    errors = {}
    for level in (100, 300, 500, 700):
        noise = torch.randn(pixels.shape, generator=torch.Generator().manual_seed(level))
        t = torch.full((len(pixels),), level)
        alpha, sigma = alpha_sigma(t)
        x = alpha * pixels + sigma * noise
        x0 = alpha * x - sigma * predict_v(model, x, t)
        errors[f"x0@{level}"] = round((x0 - pixels).square().mean().item(), 5)
    return errors


def train_denoiser(name: str, minutes: float, small: float, odd: float, pause_after: float = 1.0,
                   start_from: str | None = None) -> None:
    """`small`: share of the time at 32 px. `odd`: share of batches that are not 64 × 64, after a third of the time.
    `pause_after`: stop at this share of the time; the same command without it goes on.
    `start_from`: a checkpoint of an earlier run whose averaged weights are the first ones of this run."""
    use_one_core()
    torch.manual_seed(SEED)
    run = Run(name, minutes)
    model = (UNet if name == "unet" else Secondary)().to(memory_format=torch.channels_last)  # 15 % faster here
    if start_from:
        model.load_state_dict(torch.load(start_from, weights_only=True)["average"])
    average, opts = Average(model), optimisers(model)
    take_up(run, model, average, opts)
    generator = torch.Generator().manual_seed(SEED + run.step)
    shapes = {n: load_pictures(n) for n in ("square", *ODD_SHAPES)}
    held_out = from_pixels(load_pictures("held-out").pixels[:64])

    def report():
        run.write_row("held-out.csv", {"minutes": round(run.spent / 60, 2), "seen": run.seen,
                                       **held_out_errors(average.model, held_out)})
        if name == "unet":
            sample_sheet(average.model, run.folder / "unguided.png")
        run.pause_clock()

    while run.progress < pause_after:
        in_small = run.progress < small
        if not in_small and run.progress > 0.33 and torch.rand(1, generator=generator) < odd:
            shape = ODD_SHAPES[run.step % len(ODD_SHAPES)]
            x0, _ = load_batch(shapes[shape], BATCH // 4 if shape == "large" else BATCH // 2, generator)
        else:
            x0, _ = load_batch(shapes["square"], SMALL_BATCH if in_small else BATCH, generator, half=in_small)
        t = draw_timesteps(len(x0), generator)
        alpha, sigma = alpha_sigma(t)
        noise = torch.randn(x0.shape, generator=generator)
        run.apply_learning_rate(opts)
        v = predict_v(model, (alpha * x0 + sigma * noise).contiguous(memory_format=torch.channels_last), t)
        loss = (v - (alpha * noise - sigma * x0)).square().mean()
        descend(loss, opts, clipped=model)
        average.update(model)
        run.advance(len(x0), loss=loss.item())
        if run.due("save", 120):
            save(run, model, average, opts)
        if run.due("report", 600):
            report()
    save(run, model, average, opts)
    report()
