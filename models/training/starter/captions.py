"""Words for a scene, different every time a picture is seen."""

import random
from dataclasses import replace

from .scene import vocabulary as words
from .scene.draw_scene import Scene

FILLERS = ["trending on artstation", "highly detailed", "by greg rutkowski", "by thomas kinkade", "4k", "masterpiece",
           "by greg rutkowski and thomas kinkade", "beautiful", "matte painting", "concept art", "dramatic", "serene",
           "very nice", "by an unknown artist", "award winning", "shining its light", "of blood", "wide angle", "cinematic"]
_SYLLABLES = ["ka", "lor", "vin", "ne", "sto", "mi", "ra", "tel", "bu", "shi", "on", "ard", "qua", "fel", "gri", "po"]


def _unknown_word(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(1, 4)))


def _name(rng: random.Random, names: list[str], canonical: float = 0.6) -> str:
    return names[0] if rng.random() < canonical else rng.choice(names)


def subject_words(scene: Scene, rng: random.Random) -> str:
    noun = _name(rng, words.SUBJECTS[scene.subject], 0.75)
    return noun if scene.colour == "own" else f"{scene.colour} {noun}"


def sky_words(scene: Scene, rng: random.Random) -> str:
    if scene.sky == "coloured":
        return rng.choice(["under a {} sky", "with a {} sky", "{} sky", "in {} light"]).format(scene.sky_colour)
    return _name(rng, words.SKIES[scene.sky], 0.4)


def ground_words(scene: Scene, rng: random.Random) -> str:
    if scene.ground == "coloured":
        return rng.choice(["on {} ground", "on a {} plain", "on {} land", "{} ground"]).format(scene.ground_colour)
    return _name(rng, words.GROUNDS[scene.ground], 0.4)


def article(phrase: str) -> str:
    """With `a` or `an` before it."""
    return ("an " if phrase[0] in "aeiou" else "a ") + phrase


def caption(scene: Scene, rng: random.Random, must: str = "") -> str:
    """A sentence or a list of tags; about every third detail is left out, now and then the subject.
    `must` names an attribute that is never left out."""
    subject = subject_words(scene, rng)
    details = []
    if rng.random() < 0.68 or must == "ground":
        details.append(ground_words(scene, rng))
    if rng.random() < 0.68 or must == "sky":
        details.append(sky_words(scene, rng))
    rng.shuffle(details)
    style, artist = "", ""
    if scene.style != "plain" and (rng.random() < 0.8 or must == "style"):
        if rng.random() < 0.12:
            artist = rng.choice(words.ARTISTS[scene.style])
        else:
            style = _name(rng, words.STYLES[scene.style])
    if not style and not artist and scene.style == "plain" and rng.random() < 0.1:
        style = rng.choice(["picture", "image", "illustration"])

    if rng.random() < 0.2:
        tags = [subject, *details, *([style] if style else [])]
        rng.shuffle(tags)
        text = ", ".join(tags)
    elif details and rng.random() < 0.06 and must not in ("subject", "colour"):
        text = ", ".join(details)
    else:
        text = " ".join([article(subject) if rng.random() < 0.85 else subject, *details])
        if style:
            text = f"{article(style)} of {text}" if rng.random() < 0.75 else f"{text}, {style}"
    if artist:
        text += rng.choice([" by {}", ", by {}", ", in the style of {}"]).format(artist)
    if scene.tint and rng.random() < 0.9:
        text += rng.choice([", {} color scheme", ", {} colors", " in {} tones"]).format(scene.tint)
    if rng.random() < 0.25:
        text += (", " if rng.random() < 0.7 else " ") + rng.choice(FILLERS)
    if rng.random() < 0.1:
        text += " " + _unknown_word(rng)
    return with_weight(text, rng)


def with_weight(text: str, rng: random.Random, share: float = 0.12) -> str:
    """Disco Diffusion leaves `:weight` in the text it encodes, so it must mean nothing to CLIP."""
    return f"{text}:{rng.choice(['1', '2', '3', '5', '-1', '0.5', '1.5', '10', '.5', '-0.5'])}" if rng.random() < share else text


# What a caption may get wrong beside its subject, and how often.
_SLIPS = {"colour": 0.45, "style": 0.35, "sky": 0.1, "ground": 0.1}


def wrong_captions(scene: Scene, rng: random.Random) -> tuple[str, str]:
    """Two captions that CLIP must learn to refuse: of another subject, and of this one with another colour, style,
    sky or ground. What is wrong is always said."""
    slip = rng.choices(list(_SLIPS), list(_SLIPS.values()))[0]
    changed = {"colour": _other_colour, "style": _other_style, "sky": _other_sky, "ground": _other_ground}[slip](scene, rng)
    return caption(_other_subject(scene, rng), rng, "subject"), caption(changed, rng, slip)


def _other(names, mine: str, rng: random.Random) -> str:
    return rng.choice([n for n in names if n != mine])


def _other_subject(scene: Scene, rng: random.Random) -> Scene:
    subject = _other(words.SUBJECT_NAMES, scene.subject, rng)
    keeps = scene.colour not in words.OWN_COLOURS[subject]
    return replace(scene, subject=subject, colour=scene.colour if keeps else "own")


def _other_colour(scene: Scene, rng: random.Random) -> Scene:
    return replace(scene, colour=_other([c for c in words.COLOURS if c not in words.OWN_COLOURS[scene.subject]],
                                        scene.colour, rng))


def _other_style(scene: Scene, rng: random.Random) -> Scene:
    return replace(scene, style=_other(words.STYLES, scene.style, rng))


def _other_sky(scene: Scene, rng: random.Random) -> Scene:
    return replace(scene, sky=_other(words.SKIES, scene.sky, rng), sky_colour="")


def _other_ground(scene: Scene, rng: random.Random) -> Scene:
    return replace(scene, ground=_other(words.GROUNDS, scene.ground, rng), ground_colour="")
