"""Trains the depth network on drawings whose depth is known."""

import numpy as np
import torch

from .dataset import load_pictures
from .muon import descend, optimisers
from .networks.depth import Depth
from .one_core import use_one_core
from .paths import DATA, RUNS
from .run import Run
from .sheet import from_pixels, save_sheet, to_pixels

SEED, BATCH, HELD_OUT = 60, 32, 200


def _as_tensors(pixels: np.ndarray, near: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
    x = from_pixels(pixels)
    return x, torch.from_numpy(near.copy())[:, None].float() / 255


@torch.no_grad()
def held_out_error(depth: Depth, x: torch.Tensor, near: torch.Tensor) -> float:
    """Mean absolute error of nearness; a sheet of pictures and guesses beside it."""
    guess = depth(x)
    rows = [[to_pixels(p) for p in x[:10]], *([to_pixels(d.expand(3, -1, -1) * 2 - 1) for d in ds[:10]] for ds in (near, guess))]
    save_sheet(rows, RUNS / "depth" / "held-out.png")
    return (guess - near).abs().mean().item()


def train_depth(minutes: float) -> None:
    use_one_core()
    torch.manual_seed(SEED)
    run, depth = Run("depth", minutes), Depth()
    opts = optimisers(depth, 0.01, 1e-3)
    if state := run.load():
        depth.load_state_dict(state["average"])
    generator = torch.Generator().manual_seed(SEED + run.step)
    pictures, nearness = load_pictures("depth"), np.load(DATA / "depth-near.npy", mmap_mode="r")
    while run.progress < 1:
        index = torch.randint(HELD_OUT, len(pictures.scenes), (BATCH,), generator=generator).numpy()
        x, near = _as_tensors(pictures.pixels[index], nearness[index])
        x = x + 0.2 * torch.rand(1, generator=generator) * torch.randn(x.shape, generator=generator)
        run.apply_learning_rate(opts)
        loss = (depth(x) - near).abs().mean()
        descend(loss, opts)
        run.advance(BATCH, loss=loss.item())
        if run.due("save", 60):
            run.save(average=depth.state_dict())
    run.save(average=depth.state_dict())
    error = held_out_error(depth, *_as_tensors(pictures.pixels[:HELD_OUT], nearness[:HELD_OUT]))
    run.write_row("held-out.csv", {"seen": run.seen, "error": round(error, 4)})
    print("depth: mean error of nearness on held-out pictures:", round(error, 4))
