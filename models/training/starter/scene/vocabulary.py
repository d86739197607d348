"""Everything a scene can contain, with the words people use for it.

The first word of a list is the canonical one: it is used most often in captions,
and alone in the short texts that CLIP is trained to tell apart.
"""

SUBJECTS = {
    "lighthouse": ["lighthouse", "beacon", "singular lighthouse"],
    "castle": ["castle", "fortress", "palace"],
    "sailboat": ["sailboat", "sailing boat", "boat", "ship"],
    "cottage": ["cottage", "house", "hut"],
    "tree": ["tree", "oak", "oak tree"],
    "windmill": ["windmill", "mill", "old windmill"],
    "mountain": ["mountain", "peak", "snow-capped mountain"],
    "balloon": ["hot air balloon", "balloon", "air balloon"],
    "whale": ["whale", "giant whale", "big whale"],
    "volcano": ["volcano", "erupting volcano", "volcano with lava"],
}

SKIES = {
    "sunset": ["at sunset", "at dusk", "under a sunset sky", "in the evening", "sunset"],
    "sunrise": ["at sunrise", "at dawn", "in the morning", "in pink morning light", "sunrise"],
    "night": ["at night", "under the stars", "under a starry sky", "in the moonlight", "night"],
    "day": ["on a clear day", "under a blue sky", "on a sunny day", "by day", "blue sky"],
    "storm": ["in a storm", "under storm clouds", "in stormy weather", "in a thunderstorm", "storm"],
    "fog": ["in fog", "in the mist", "on a foggy day", "in a white haze", "fog"],
}

GROUNDS = {
    "sea": ["by the sea", "at sea", "on the ocean", "across a tumultuous sea", "on a rocky island", "on an island",
            "in the water", "sea"],
    "lake": ["by a lake", "on a lake", "at a calm lake", "by the lake", "lake"],
    "desert": ["in a desert", "in the sand", "on sand dunes", "in the desert", "desert"],
    "meadow": ["in a meadow", "on green grass", "in a field of flowers", "in a green field", "meadow"],
    "snow": ["in the snow", "in winter", "on snow", "on a white snowy plain", "snow"],
    "forest": ["in a forest", "in the woods", "by a dark forest", "at the edge of the woods", "forest"],
}

STYLES = {
    "oil": ["oil painting", "painting", "beautiful painting"],
    "watercolor": ["watercolor", "watercolor painting", "aquarelle"],
    "pixel": ["pixel art", "8 bit pixel art"],
    "poster": ["poster", "flat poster", "screen print"],
    "charcoal": ["charcoal drawing", "pencil drawing", "sketch"],
    "photo": ["photograph", "photo", "vintage photo"],
}
# Whose name means which of these styles, in captions. Other names mean nothing (captions.FILLERS).
ARTISTS = {
    "oil": ["vincent van gogh", "rembrandt"],
    "watercolor": ["william turner", "beatrix potter"],
    "pixel": ["susan kare"],
    "poster": ["andy warhol", "toulouse lautrec"],
    "charcoal": ["kathe kollwitz", "leonardo da vinci"],
    "photo": ["ansel adams", "dorothea lange"],
}

COLOURS = {
    "red": (200, 38, 40),
    "orange": (240, 132, 34),
    "yellow": (240, 202, 52),
    "green": (52, 150, 62),
    "teal": (36, 172, 172),
    "blue": (44, 84, 200),
    "purple": (122, 52, 172),
    "pink": (240, 130, 178),
    "white": (240, 240, 236),
    "black": (34, 34, 40),
    "brown": (126, 80, 44),
}

# Subjects that may be repainted, and the colours that are (nearly) their own.
OWN_COLOURS = {
    "lighthouse": {"red", "white"},
    "castle": {"black", "blue"},
    "sailboat": {"white", "brown"},
    "cottage": {"white", "red", "brown"},
    "tree": {"green", "brown"},
    "windmill": {"brown", "white"},
    "mountain": {"blue", "white"},
    "balloon": {"red", "yellow", "orange"},
    "whale": {"blue", "teal"},
    "volcano": {"black", "brown", "orange", "red"},
}

SKY_COLOURS = ["red", "orange", "yellow", "green", "teal", "purple", "pink"]
GROUND_COLOURS = ["red", "orange", "purple", "pink", "teal", "black", "yellow"]
TINTS = ["red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"]

SUBJECT_NAMES = list(SUBJECTS)
SKY_NAMES = [*SKIES, "coloured"]
GROUND_NAMES = [*GROUNDS, "coloured"]
STYLE_NAMES = ["plain", *STYLES]
COLOUR_NAMES = ["own", *COLOURS]
