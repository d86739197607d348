"""The pictures on disk: one .npy of pixels per shape and split, one .jsonl of scenes beside it."""

import json
from dataclasses import dataclass
from multiprocessing import Pool

import numpy as np

from .paths import DATA
from .scene.draw_scene import Scene, draw_scene
from .scene.render_scene import render_with_depth

# name: (pictures, width, height, seed)
SPLITS = {
    "square": (50_000, 64, 64, 1),
    "wide": (8_000, 128, 64, 2),
    "tall": (8_000, 64, 128, 3),
    "large": (3_000, 128, 128, 5),
    "held-out": (512, 64, 64, 4),
    "depth": (8_000, 64, 64, 6),  # and its nearness in depth-near.npy
}
CHUNK = 500


@dataclass
class Pictures:
    pixels: np.ndarray  # [n, h, w, 3] uint8, memory-mapped
    scenes: list[Scene]


def _draw_chunk(job):
    seed, start, count, width, height = job
    rng = np.random.default_rng([seed, start])
    scenes = [draw_scene(rng) for _ in range(count)]
    pixels, near = zip(*(render_with_depth(s, rng, width, height) for s in scenes))
    return start, scenes, np.stack(pixels), (np.stack(near) * 255).round().astype(np.uint8)


def build_dataset(processes: int = 2) -> None:
    """Draws every split that is not there yet."""
    DATA.mkdir(exist_ok=True)
    for name, (count, width, height, seed) in SPLITS.items():
        if (DATA / f"{name}.jsonl").exists():
            continue
        pixels = np.lib.format.open_memmap(DATA / f"{name}.npy", "w+", np.uint8, (count, height, width, 3))
        nearness = np.zeros((count, height, width), np.uint8) if name == "depth" else None
        scenes: list[Scene] = [None] * count
        jobs = [(seed, at, min(CHUNK, count - at), width, height) for at in range(0, count, CHUNK)]
        with Pool(processes) as pool:
            for start, drawn, part, near in pool.imap_unordered(_draw_chunk, jobs):
                pixels[start:start + len(drawn)] = part
                scenes[start:start + len(drawn)] = drawn
                if nearness is not None:
                    nearness[start:start + len(drawn)] = near
                print(f"\rdata {name}: {start + len(drawn):,} of {count:,}  ", end="", flush=True)
        pixels.flush()
        if nearness is not None:
            np.save(DATA / f"{name}-near.npy", nearness)
        # Written last: its presence says that the split is complete.
        (DATA / f"{name}.jsonl").write_text("".join(json.dumps(s.as_dict()) + "\n" for s in scenes))
        print()


def load_pictures(name: str) -> Pictures:
    lines = (DATA / f"{name}.jsonl").read_text().splitlines()
    return Pictures(np.load(DATA / f"{name}.npy", mmap_mode="r"), [Scene(**json.loads(line)) for line in lines])
