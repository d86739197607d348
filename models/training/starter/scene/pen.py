"""Drawing in picture units on a supersampled canvas.

A pen has an origin and a scale: (0, 0) is the foot of the subject, y points up,
and 1 is the subject's height. All shapes are opaque unless `alpha` is given.
"""

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
SUPERSAMPLE = 4  # box-reduced afterwards, which is the anti-aliasing


def mix(a: Colour, b: Colour, share: float) -> Colour:
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b))


class Pen:
    def __init__(self, image: Image.Image, x: float, y: float, scale: float, dim: float = 1.0):
        self.surface = ImageDraw.Draw(image, "RGBA")
        self.x, self.y, self.scale, self.dim = x, y, scale, dim

    def at(self, x: float, y: float, scale: float = 1.0) -> "Pen":
        """The same pen with its origin moved and its unit shrunk, for parts of a subject."""
        other = object.__new__(Pen)
        other.surface, other.dim = self.surface, self.dim
        other.x, other.y = self._point(x, y)
        other.scale = self.scale * scale
        return other

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return self.x + x * self.scale, self.y - y * self.scale

    def _ink(self, colour: Colour, alpha: float, glow: bool) -> tuple[int, int, int, int]:
        dim = 1.0 if glow else self.dim
        return (*(round(c * dim) for c in colour), round(255 * alpha))

    def polygon(self, points, colour: Colour, alpha: float = 1.0, glow: bool = False) -> None:
        self.surface.polygon([self._point(*p) for p in points], fill=self._ink(colour, alpha, glow))

    def box(self, left: float, bottom: float, right: float, top: float, colour: Colour, **ink) -> None:
        self.polygon([(left, bottom), (right, bottom), (right, top), (left, top)], colour, **ink)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour,
                alpha: float = 1.0, glow: bool = False) -> None:
        left, top = self._point(x - rx, y + ry)
        right, bottom = self._point(x + rx, y - ry)
        self.surface.ellipse([left, top, right, bottom], fill=self._ink(colour, alpha, glow))

    def line(self, points, width: float, colour: Colour, alpha: float = 1.0, glow: bool = False) -> None:
        self.surface.line([self._point(*p) for p in points], fill=self._ink(colour, alpha, glow),
                          width=max(1, round(width * self.scale)), joint="curve")
