"""Trains CLIP on pictures and captions, with what a tiny CLIP needs on top of the contrast between pairs:

* two hard negatives per picture (its caption with another subject, and with another colour, style, sky or ground),
* groups of short texts of which one fits (short_texts.py),
* attribute heads on the picture's embedding, thrown away afterwards,
* half of every batch as guidance will show it (views.as_guidance_sees).
"""

import random

import torch
import torch.nn.functional as F

from . import short_texts
from .average import Average, save, take_up
from .captions import caption, wrong_captions
from .dataset import load_pictures
from .muon import Muon, descend
from .networks.clip import EMBED, Clip
from .networks.secondary import Secondary
from .one_core import use_one_core
from .paths import RUNS
from .run import Run
from .scene import vocabulary as words
from .sheet import from_pixels
from .tokenizer import tokenize
from .train_denoiser import load_batch
from .views import as_guidance_sees, augmented_cuts

SEED = 30
BATCH, ODD = 96, 8
HEADS = {"subject": (words.SUBJECT_NAMES, 2.5), "sky": (words.SKY_NAMES, 1.0), "ground": (words.GROUND_NAMES, 1.0),
         "colour": (words.COLOUR_NAMES, 1.5), "style": (words.STYLE_NAMES, 1.5)}


def _optimisers(model: torch.nn.Module):
    """Muon for the matrices and kernels of blocks, AdamW for embeddings, projections and vectors."""
    matrices, rest = [], []
    for name, p in model.named_parameters():
        in_blocks = p.dim() >= 2 and (".resblocks." in name or ".visual.layer" in name)
        (matrices if in_blocks else rest).append(p)
    return [Muon(matrices, lr=0.012), torch.optim.AdamW(rest, lr=1e-3, betas=(0.9, 0.98), weight_decay=0.01)]


def load_secondary() -> Secondary:
    model = Secondary()
    model.load_state_dict(torch.load(RUNS / "secondary" / "checkpoint.pt", weights_only=True)["average"])
    return model.eval().requires_grad_(False)


class _Lesson:
    """Draws one batch: cuts, scenes."""

    def __init__(self, generator: torch.Generator):
        self.generator = generator
        self.square, self.wide, self.tall = (load_pictures(n) for n in ("square", "wide", "tall"))
        self.secondary = load_secondary()

    def draw(self, smallest_crop: float, odd_turn: bool):
        g = self.generator
        pixels, scenes = load_batch(self.square, BATCH - ODD, g)
        odd_pixels, odd_scenes = load_batch(self.wide if odd_turn else self.tall, ODD, g)
        seen = BATCH // 2
        t = (torch.rand(seen, generator=g) * 850).long()
        odd_pixels[::2] = as_guidance_sees(self.secondary, odd_pixels[::2], t[:len(odd_pixels[::2])], g)
        guided = as_guidance_sees(self.secondary, pixels[:seen], t, g)
        cuts = torch.cat([augmented_cuts(torch.cat([guided, pixels[seen:]]), smallest_crop, g),
                          augmented_cuts(odd_pixels, 1.0, g)])
        return cuts, scenes + odd_scenes


def clip_loss(clip: Clip, heads: torch.nn.ModuleDict, cuts: torch.Tensor, scenes, rng: random.Random):
    groups = short_texts.groups(scenes)
    wrong = [wrong_captions(s, rng) for s in scenes]
    captions = [caption(s, rng) for s in scenes] + [a for a, _ in wrong] + [b for _, b in wrong]
    texts, spans = [], {}
    for name, group in groups.items():
        spans[name] = (len(texts), len(texts) + len(group.phrasings))
        texts += short_texts.pick(group, rng)
    recoloured = [n for n, label in enumerate(short_texts.colour_labels(scenes).tolist()) if label >= 0][:8]
    for n in recoloured:
        texts += short_texts.colour_texts(scenes[n].subject)

    features = clip.encode_image(cuts)
    image = F.normalize(features, dim=-1)
    text, short_text = (F.normalize(clip.encode_text(tokenize(t)), dim=-1) for t in (captions, texts))  # unequal lengths
    scale = clip.logit_scale.exp().clamp(max=50)
    n = len(scenes)
    target = torch.arange(n)

    pairs = scale * image @ text[:n].T
    refused = scale * torch.stack([(image * text[k:k + n]).sum(-1) for k in (n, 2 * n)], 1)
    contrast = (F.cross_entropy(torch.cat([pairs, refused], 1), target, label_smoothing=0.05)
                + F.cross_entropy(pairs.T, target, label_smoothing=0.05)) / 2

    short, correct = 0.0, {}
    for name, group in groups.items():
        labels = torch.tensor(group.labels)
        logits = scale * image @ short_text[slice(*spans[name])].T
        if (labels >= 0).any():
            short = short + group.weight / 3 * F.cross_entropy(logits, labels, ignore_index=-1, label_smoothing=0.03)
        if name == "subject":
            correct["subject"] = (logits.argmax(1) == labels).float().mean().item()
    if recoloured:
        offered = short_text[-len(recoloured) * len(words.COLOURS):].reshape(len(recoloured), len(words.COLOURS), -1)
        logits = scale * torch.einsum("nd,ncd->nc", image[recoloured], offered)
        short = short + 0.5 * F.cross_entropy(logits, short_texts.colour_labels(scenes)[recoloured])

    attributes = 0.0
    for name, (names, weight) in HEADS.items():
        labels = torch.tensor([names.index(getattr(s, name)) for s in scenes])
        attributes = attributes + weight / 7 * F.cross_entropy(heads[name](features), labels)
    return contrast + short + attributes, {"contrast": contrast.item(), **correct}


@torch.no_grad()
def accuracies(clip: Clip, secondary: Secondary) -> dict[str, float]:
    """Share of held-out pictures whose short text is the nearest: whole pictures, crops, and x_in at t = 300 and 600."""
    held_out = load_pictures("held-out")
    pixels = from_pixels(held_out.pixels[:256])
    scenes = held_out.scenes[:256]
    generator = torch.Generator().manual_seed(5)
    views = {"full": (torch.nn.functional.avg_pool2d(pixels, 2) + 1) / 2,
             "cuts": augmented_cuts(pixels, 0.5, generator)}
    for t in (300, 600):
        seen = as_guidance_sees(secondary, pixels, torch.full((len(pixels),), t), generator)
        views[f"t{t}"] = augmented_cuts(seen, 0.5, generator)
    result = {}
    for view, cuts in views.items():
        image = F.normalize(clip.encode_image(cuts), dim=-1)
        for name, group in short_texts.groups(scenes).items():
            text = F.normalize(clip.encode_text(tokenize(short_texts.pick(group))), dim=-1)
            labels = torch.tensor(group.labels)
            known = labels >= 0
            right = (image @ text.T).argmax(1) == labels
            result[f"{name}/{view}"] = round(right[known].float().mean().item(), 3)
    return result


def train_clip(name: str, minutes: float, pause_after: float = 1.0, start_from: str | None = None) -> None:
    """`clip`, or `clip-resnet`, which begins with the words of `clip` and learns to see.
    `pause_after`: stop at this share of the time; the same command without it goes on, with the secondary of then.
    `start_from`: a checkpoint of an earlier run whose averaged weights are the first ones of this run."""
    use_one_core()
    torch.manual_seed(SEED)
    run = Run(name, minutes, flat=0.3)
    clip = Clip(resnet=name == "clip-resnet")
    heads = torch.nn.ModuleDict({n: torch.nn.Linear(EMBED, len(names)) for n, (names, _) in HEADS.items()})
    both = torch.nn.ModuleDict({"clip": clip, "heads": heads})
    if start_from:
        earlier = torch.load(start_from, weights_only=True)
        both.load_state_dict(earlier["model"])
        clip.load_state_dict(earlier["average"])
    elif name == "clip-resnet":
        words_of = torch.load(RUNS / "clip" / "checkpoint.pt", weights_only=True)["average"]
        clip.load_state_dict({k: v for k, v in words_of.items() if not k.startswith("visual.")}, strict=False)
    average, opts = Average(clip), _optimisers(both)
    take_up(run, both, average, opts)
    lesson = _Lesson(torch.Generator().manual_seed(SEED + run.step))
    rng = random.Random(SEED + run.step)

    def report():
        run.write_row("held-out.csv", {"minutes": round(run.spent / 60, 2), "seen": run.seen,
                                       **accuracies(average.model, lesson.secondary)})
        run.pause_clock()

    while run.progress < pause_after:
        smallest = 0.8 if run.progress < 0.25 else 0.47
        cuts, scenes = lesson.draw(smallest, run.step % 2 == 0)
        run.apply_learning_rate(opts)
        loss, figures = clip_loss(clip, heads, cuts, scenes, rng)
        descend(loss, opts, clipped=both)
        average.update(clip)
        run.advance(len(scenes), loss=loss.item(), **figures)
        if run.due("save", 120):
            save(run, both, average, opts)
        if run.due("report", 300):
            report()
    save(run, both, average, opts)
    report()
