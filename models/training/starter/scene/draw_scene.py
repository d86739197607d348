"""Which scene: a random choice of everything that a caption may mention."""

from dataclasses import asdict, dataclass

import numpy as np

from . import vocabulary as words


@dataclass(frozen=True)
class Scene:
    subject: str
    colour: str  # "own", or the colour the subject is repainted in
    sky: str
    sky_colour: str  # "" unless sky is "coloured"
    ground: str
    ground_colour: str  # "" unless ground is "coloured"
    style: str
    tint: str  # "" or the colour scheme of the whole picture

    def as_dict(self) -> dict:
        return asdict(self)


def draw_scene(rng: np.random.Generator) -> Scene:
    """Nearly independent choices: combinations never seen must still be understood."""
    subject = str(rng.choice(words.SUBJECT_NAMES))
    colour = "own"
    if subject in words.OWN_COLOURS and rng.random() < 0.42:
        colour = str(rng.choice([c for c in words.COLOURS if c not in words.OWN_COLOURS[subject]]))

    sky = str(rng.choice(list(words.SKIES))) if rng.random() < 0.86 else "coloured"
    sky_colour = str(rng.choice(words.SKY_COLOURS)) if sky == "coloured" else ""

    ground = str(rng.choice(list(words.GROUNDS))) if rng.random() < 0.88 else "coloured"
    if subject in ("sailboat", "whale") and rng.random() < 0.5:
        ground = str(rng.choice(["sea", "lake"]))
    ground_colour = str(rng.choice(words.GROUND_COLOURS)) if ground == "coloured" else ""

    style = str(rng.choice(list(words.STYLES))) if rng.random() < 0.4 else "plain"
    tint = str(rng.choice(words.TINTS)) if style == "plain" and rng.random() < 0.06 else ""
    return Scene(subject, colour, sky, sky_colour, ground, ground_colour, style, tint)
