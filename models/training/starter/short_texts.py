"""Groups of short texts of which exactly one fits a picture: the other half of CLIP's lesson.

Prompts in a study are short and weighted ("at night:2"), so each attribute must act on its own.
"""

import random
from dataclasses import dataclass

import torch

from .captions import article, with_weight
from .scene import vocabulary as words
from .scene.draw_scene import Scene


@dataclass(frozen=True)
class Group:
    weight: float
    phrasings: list[list[str]]  # per class
    labels: list[int]  # per picture, −1 where no class fits


def groups(scenes: list[Scene]) -> dict[str, Group]:
    def labels(names, attribute):
        return [names.index(getattr(s, attribute)) if getattr(s, attribute) in names else -1 for s in scenes]

    skies, grounds, styles = list(words.SKIES), list(words.GROUNDS), list(words.STYLES)
    return {
        "subject": Group(2.0, [[n, article(n)] for name in words.SUBJECT_NAMES for n in [words.SUBJECTS[name][0]]],
                         labels(words.SUBJECT_NAMES, "subject")),
        "sky": Group(0.5, [words.SKIES[n] for n in skies] + [[f"{c} sky", f"under a {c} sky"] for c in words.SKY_COLOURS],
                     [skies.index(s.sky) if s.sky in skies else len(skies) + words.SKY_COLOURS.index(s.sky_colour)
                      for s in scenes]),
        "ground": Group(0.5, [words.GROUNDS[n] for n in grounds]
                        + [[f"{c} ground", f"on {c} ground"] for c in words.GROUND_COLOURS],
                        [grounds.index(s.ground) if s.ground in grounds
                         else len(grounds) + words.GROUND_COLOURS.index(s.ground_colour) for s in scenes]),
        "style": Group(1.0, [words.STYLES[n] for n in styles], labels(styles, "style")),
        "tint": Group(0.2, [[f"{c} color scheme", f"{c} colors"] for c in words.TINTS], labels(words.TINTS, "tint")),
    }


def pick(group: Group, rng: random.Random | None = None) -> list[str]:
    """One text per class; the canonical one without `rng`."""
    return [with_weight(rng.choice(texts), rng) if rng else texts[0] for texts in group.phrasings]


def colour_texts(subject: str) -> list[str]:
    """`a red cottage`, `a teal cottage` …: binds a colour to its subject."""
    return [article(f"{c} {words.SUBJECTS[subject][0]}") for c in words.COLOURS]


def colour_labels(scenes: list[Scene]) -> torch.Tensor:
    names = list(words.COLOURS)
    return torch.tensor([names.index(s.colour) if s.colour in names else -1 for s in scenes])
