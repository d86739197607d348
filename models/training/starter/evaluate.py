"""Looks at the exported pack: contact sheets, and how often the judge sees what the prompt asked for."""

import json
import random

import torch
from safetensors.torch import load_file

from .guidance import Guidance
from .judge import Judge, hits
from .networks.clip import Clip
from .networks.secondary import Secondary
from .networks.unet import UNet
from .one_core import use_one_core
from .paths import PACK, RUNS
from .sampler import sample
from .scene import vocabulary as words
from .scene.draw_scene import Scene
from .sheet import save_sheet, to_pixels

PROMPTS = [
    "a lighthouse by a stormy sea at night", "a castle in the snow on a clear day", "a sailboat on a calm sea at sunset",
    "a hot air balloon in a desert, blue sky", "a volcano in a forest under a purple sky",
    "a watercolor of a cottage in a meadow at sunrise", "a charcoal drawing of a mountain", "a whale in the sea in fog",
    "a pink tree in a meadow on a clear day", "a windmill in a desert at sunset",
    "A beautiful painting of a singular lighthouse, shining its light across a tumultuous sea of blood by greg rutkowski "
    "and thomas kinkade, Trending on artstation.",
]


def load_pack() -> tuple[UNet, Secondary, Clip]:
    networks = UNet(), Secondary(), Clip()
    for network, name in zip(networks, ("unet", "secondary", "clip")):
        network.load_state_dict({k: v.float() for k, v in load_file(PACK / f"{name}.safetensors").items()})
        network.eval().requires_grad_(False)
    return networks


def fresh_scenes(count: int, seed: int) -> list[Scene]:
    """Subjects in turn, plain colours: what the judge can tell."""
    rng = random.Random(seed)
    return [Scene(words.SUBJECT_NAMES[n % 10], "own", rng.choice(list(words.SKIES)), "", rng.choice(list(words.GROUNDS)),
                  "", "plain", "") for n in range(count)]


def prompt(scene: Scene) -> str:
    return f"a {words.SUBJECTS[scene.subject][0]} {words.GROUNDS[scene.ground][0]} {words.SKIES[scene.sky][0]}"


def prompt_sheet(networks, guidance: Guidance, steps: int, seeds: int = 4) -> None:
    pictures = [sample(*networks, [[(p, 1.0)]] * seeds, seed=n, steps=steps, guidance=guidance) for n, p in enumerate(PROMPTS)]
    save_sheet([[to_pixels(x) for x in row] for row in pictures], RUNS / "evaluation" / f"prompts-{steps}.png", PROMPTS)


def hit_rates(networks, guidance: Guidance | None, steps: int, count: int) -> dict[str, float]:
    """Share of pictures in which the judge sees the subject, sky and ground of the prompt."""
    judge = Judge()
    judge.load_state_dict(torch.load(RUNS / "judge" / "checkpoint.pt", weights_only=True)["model"])
    scenes = fresh_scenes(count, 7)
    x = sample(*networks, [[(prompt(s), 1.0)] for s in scenes], seed=100, steps=steps, guidance=guidance)
    name = f"{'guided' if guidance else 'unguided'}-{steps}.png"
    save_sheet([[to_pixels(p) for p in x[r:r + 10]] for r in range(0, min(count, 40), 10)], RUNS / "evaluation" / name)
    return {k: round(v, 3) for k, v in hits(judge, x.clamp(-1, 1), scenes).items()}


def evaluate(count: int = 80, steps: int = 25, clamp_max: float = 0.15, scale: float = 500) -> None:
    use_one_core()
    (RUNS / "evaluation").mkdir(parents=True, exist_ok=True)
    networks = load_pack()
    guidance = Guidance(clip_guidance_scale=scale, clamp_max=clamp_max)
    prompt_sheet(networks, guidance, steps)
    figures = {"steps": steps, "clamp_max": clamp_max, "clip_guidance_scale": scale, "pictures": count,
               "guided": hit_rates(networks, guidance, steps, count), "unguided": hit_rates(networks, None, steps, count)}
    print(json.dumps(figures))
    with open(RUNS / "evaluation" / "figures.jsonl", "a") as log:
        log.write(json.dumps(figures) + "\n")
