"""Contact sheets."""

import textwrap
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from .noise import ABAR


def save_sheet(rows: list[list[np.ndarray]], path: Path, labels: list[str] | None = None, zoom: int = 2) -> None:
    """Rows of [h, w, 3] uint8 pictures, one label per row."""
    sheet = np.concatenate([np.concatenate(row, 1) for row in rows])
    picture = Image.fromarray(sheet).resize((sheet.shape[1] * zoom, sheet.shape[0] * zoom), Image.NEAREST)
    if labels:
        margin = 230
        wide = Image.new("RGB", (picture.width + margin, picture.height), "white")
        wide.paste(picture, (margin, 0))
        for n, label in enumerate(labels):
            ImageDraw.Draw(wide).text((4, n * rows[0][0].shape[0] * zoom + 4), textwrap.fill(label, 34), fill="black")
        picture = wide
    picture.save(path)


def to_pixels(x: torch.Tensor) -> np.ndarray:
    """[3, h, w] in −1..1 → [h, w, 3] uint8."""
    return ((x.clamp(-1, 1) + 1) * 127.5).byte().permute(1, 2, 0).numpy()


def from_pixels(pixels: np.ndarray) -> torch.Tensor:
    """[n, h, w, 3] uint8, perhaps memory-mapped → [n, 3, h, w] in −1..1."""
    return torch.from_numpy(np.array(pixels)).permute(0, 3, 1, 2).float() / 127.5 - 1


@torch.no_grad()
def sample_sheet(unet: torch.nn.Module, path: Path, count: int = 16, steps: int = 20) -> None:
    """Unguided DDIM pictures with fixed noise: how well shapes are known."""
    x = torch.randn(count, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    times = list(range(0, 1000, 1000 // steps))
    for i in reversed(range(steps)):
        alpha, sigma = ABAR[times[i]].sqrt().float(), (1 - ABAR[times[i]]).sqrt().float()
        v = unet(x, torch.full((count,), times[i]))
        x0, eps = alpha * x - sigma * v, sigma * x + alpha * v
        if i:
            x = ABAR[times[i - 1]].sqrt().float() * x0 + (1 - ABAR[times[i - 1]]).sqrt().float() * eps
    pictures = [to_pixels(p) for p in x0]
    save_sheet([pictures[:count // 2], pictures[count // 2:]], path)
