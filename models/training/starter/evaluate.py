"""Looks at a pack: contact sheets, and how often the judge sees what the prompt asked for.

The pictures come from this project's own sampler (`evaluate`) or from the product: `captions` writes what to render,
`judge-folder` judges the PNGs.
"""

import json
import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file
from torch import Tensor

from .captions import article
from .cutouts import apply_cuts, whole_box
from .dataset import load_pictures
from .guidance import Guidance
from .judge import load_judge, right
from .networks.clip import RESOLUTION, Clip
from .networks.secondary import Secondary
from .networks.unet import UNet
from .one_core import use_one_core
from .paths import PACK, RUNS
from .sampler import sample
from .scene import vocabulary as words
from .scene.draw_scene import Scene
from .sheet import from_pixels, save_sheet, to_pixels
from .tokenizer import tokenize
from .views import augmented_cuts

PROMPTS = [
    "a lighthouse by a stormy sea at night", "a castle in the snow on a clear day", "a sailboat on a calm sea at sunset",
    "a hot air balloon in a desert, blue sky", "a volcano in a forest under a purple sky",
    "a watercolor of a cottage in a meadow at sunrise", "a charcoal drawing of a mountain", "a whale in the sea in fog",
    "a pink tree in a meadow on a clear day", "a windmill in a desert at sunset", "pixel art of a blue windmill by a lake",
    "a red lighthouse on a rocky island at sunset, watercolor", "a yellow castle in a storm by andy warhol",
    "A beautiful painting of a singular lighthouse, shining its light across a tumultuous sea of blood by greg rutkowski "
    "and thomas kinkade, Trending on artstation.",
]
BATCH = 25


def load_pack(folder: Path = PACK) -> tuple[UNet, Secondary, Clip]:
    networks = UNet(), Secondary(), Clip()
    for network, name in zip(networks, ("unet", "secondary", "clip")):
        network.load_state_dict({k: v.float() for k, v in load_file(folder / f"{name}.safetensors").items()})
        network.eval().requires_grad_(False)
        if name != "clip":
            network.to(memory_format=torch.channels_last)
    return networks


def fresh_scenes(count: int, seed: int = 7) -> list[Scene]:
    """Subjects in turn; a third as drawn by default, a third repainted, a third in a style."""
    rng, scenes = random.Random(seed), []
    for n in range(count):
        subject, kind = words.SUBJECT_NAMES[n % 10], rng.choice(["default", "colour", "style"])
        colours = [c for c in words.COLOURS if c not in words.OWN_COLOURS[subject]]
        scenes.append(Scene(subject, rng.choice(colours) if kind == "colour" else "own",
                            rng.choice(list(words.SKIES)), "", rng.choice(list(words.GROUNDS)), "",
                            rng.choice(list(words.STYLES)) if kind == "style" else "plain", ""))
    return scenes


def prompt(scene: Scene) -> str:
    subject = words.SUBJECTS[scene.subject][0]
    if scene.colour != "own":
        subject = f"{scene.colour} {subject}"
    text = f"{article(subject)} {words.GROUNDS[scene.ground][0]} {words.SKIES[scene.sky][0]}"
    return text if scene.style == "plain" else f"{article(words.STYLES[scene.style][0])} of {text}"


def hit_rates(pictures: Tensor, scenes: list[Scene]) -> dict:
    """What the judge sees. Sky and ground count where no style was asked, colour and style where one was."""
    hits = right(load_judge(), pictures.clamp(-1, 1), scenes)
    asked = {"subject": [True for _ in scenes], "sky": [s.style == "plain" for s in scenes],
             "ground": [s.style == "plain" for s in scenes], "colour": [s.colour != "own" for s in scenes],
             "style": [s.style != "plain" for s in scenes]}
    rates = {n: round(hits[n][torch.tensor(a)].float().mean().item(), 3) for n, a in asked.items() if any(a)}
    by_subject = {s: round(hits["subject"][torch.tensor([x.subject == s for x in scenes])].float().mean().item(), 2)
                  for s in words.SUBJECT_NAMES if any(x.subject == s for x in scenes)}
    return {**rates, "by subject": by_subject}


@torch.no_grad()
def retrieval(clip: Clip, cuts: Tensor, scenes: list[Scene], among: int = 64) -> float:
    """Share of cuts [n, 3, 32, 32] whose own caption is the nearest among `among`."""
    image = F.normalize(clip.encode_image(cuts), dim=-1)
    text = F.normalize(clip.encode_text(tokenize([prompt(s) for s in scenes])), dim=-1)
    right_ones = []
    for at in range(0, len(scenes) - among + 1, among):
        near = image[at:at + among] @ text[at:at + among].T
        # Two scenes may read the same: either caption is right then.
        right_ones += [prompt(scenes[at + k]) == prompt(scenes[at + j]) for k, j in enumerate(near.argmax(1).tolist())]
    return round(sum(right_ones) / len(right_ones), 3)


def whole(pictures: Tensor) -> Tensor:
    return apply_cuts((pictures + 1) / 2, [whole_box(*pictures.shape[2:])] * len(pictures), RESOLUTION)


def held_out_retrieval(clip: Clip) -> dict[str, float]:
    held_out = load_pictures("held-out")
    named = [n for n, s in enumerate(held_out.scenes) if "coloured" not in (s.sky, s.ground) and not s.tint][:256]
    pictures = from_pixels(held_out.pixels[named])
    scenes = [held_out.scenes[n] for n in named]
    cuts = augmented_cuts(pictures, 0.5, torch.Generator().manual_seed(5))
    return {"held out": retrieval(clip, whole(pictures), scenes), "cutouts": retrieval(clip, cuts, scenes)}


def print_retrieval() -> None:
    use_one_core()
    print(json.dumps(held_out_retrieval(load_pack()[2])))


def draw(networks, scenes: list[Scene], guidance: Guidance | None, steps: int, width: int, height: int, seed: int) -> Tensor:
    parts = [sample(*networks, [[(prompt(s), 1.0)] for s in scenes[at:at + BATCH]], seed=seed + at, steps=steps,
                    guidance=guidance, width=width, height=height) for at in range(0, len(scenes), BATCH)]
    return torch.cat(parts)


def prompt_sheet(networks, guidance: Guidance, steps: int, path: Path, seeds: int = 4) -> None:
    pictures = [sample(*networks, [[(p, 1.0)]] * seeds, seed=n, steps=steps, guidance=guidance) for n, p in enumerate(PROMPTS)]
    save_sheet([[to_pixels(x) for x in row] for row in pictures], path, PROMPTS)


def evaluate(count: int = 100, steps: int = 25, clamp_max: float = 0.15, scale: float = 500, width: int = 64,
             height: int = 64, seed: int = 100, pack: Path = PACK, sheet: bool = False, unguided: bool = False) -> dict:
    use_one_core()
    folder = RUNS / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    networks, scenes = load_pack(pack), fresh_scenes(count)
    guidance = Guidance(clip_guidance_scale=scale, clamp_max=clamp_max)
    figures = {"pack": pack.name, "size": f"{width}x{height}", "steps": steps, "clamp_max": clamp_max,
               "clip_guidance_scale": scale, "pictures": count, "seed": seed}
    for name, g in {"guided": guidance, **({"unguided": None} if unguided else {})}.items():
        pictures = draw(networks, scenes, g, steps, width, height, seed)
        figures[name] = hit_rates(pictures, scenes)
        if count >= 64:
            figures[name]["retrieval"] = retrieval(networks[2], whole(pictures), scenes)
        tiles = [to_pixels(p) for p in pictures[:100]]
        save_sheet([tiles[r:r + 10] for r in range(0, len(tiles) - 9, 10)],
                   folder / f"{pack.name}-{name}-{steps}-{clamp_max}-{width}x{height}.png")
    if sheet:
        prompt_sheet(networks, guidance, steps, folder / f"{pack.name}-prompts-{steps}-{clamp_max}.png")
        figures["retrieval"] = held_out_retrieval(networks[2])
    print(json.dumps(figures), flush=True)
    with open(folder / "figures.jsonl", "a") as log:
        log.write(json.dumps(figures) + "\n")
    return figures


def write_captions(folder: Path, count: int) -> None:
    """captions.json: what to render, one picture each, as `file`."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{"file": f"{n:03}.png", "caption": prompt(s), "scene": s.as_dict()} for n, s in enumerate(fresh_scenes(count))]
    (folder / "captions.json").write_text(json.dumps(rows, indent=1) + "\n")


def judge_folder(folder: Path) -> dict:
    """Judges the pictures of captions.json that are there, all of one size; writes judged.json."""
    use_one_core()
    rows = [r for r in json.loads((folder / "captions.json").read_text()) if (folder / r["file"]).exists()]
    pixels = np.stack([np.asarray(Image.open(folder / r["file"]).convert("RGB")) for r in rows])
    pictures = from_pixels(pixels)
    scenes = [Scene(**r["scene"]) for r in rows]
    figures = {"pictures": len(rows), "size": f"{pixels.shape[2]}x{pixels.shape[1]}", **hit_rates(pictures, scenes)}
    if len(rows) >= 64:
        figures["retrieval"] = retrieval(load_pack()[2], whole(pictures), scenes)
    (folder / "judged.json").write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures))
    return figures
