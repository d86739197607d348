"""What a run starts from: Perlin clouds or a picture."""

import numpy
import torch
import torch.nn.functional as F
from PIL import Image, ImageOps


def to_tensor(picture):
    return torch.from_numpy(numpy.asarray(picture).astype(numpy.float32) / 255).permute(2, 0, 1).contiguous()


def init_picture(path, size):
    picture = Image.open(path).convert("RGB").resize(size, Image.LANCZOS)

    return to_tensor(picture)[None] * 2 - 1


def perlin(across, down, scale):
    gx, gy = torch.randn(2, across + 1, down + 1, 1, 1)
    at = torch.arange(scale) / scale
    a, b = at[None, None, :, None], at[None, None, None, :]
    fade = lambda t: 3 * t**2 - 2 * t**3
    wx, wy = 1 - fade(a), 1 - fade(b)
    field = wx * wy * (gx[:-1, :-1] * a + gy[:-1, :-1] * b)
    field = field + (1 - wx) * wy * (-gx[1:, :-1] * (1 - a) + gy[1:, :-1] * b)
    field = field + wx * (1 - wy) * (gx[:-1, 1:] * a - gy[:-1, 1:] * (1 - b))
    field = field + (1 - wx) * (1 - wy) * (-gx[1:, 1:] * (1 - a) - gy[1:, 1:] * (1 - b))

    return field.permute(0, 2, 1, 3).reshape(across * scale, down * scale)


def cloud(octaves, cells, coloured, size):
    planes = []
    for _ in range(3 if coloured else 1):
        plane = torch.tensor(0.5)
        for k in range(octaves):
            plane = plane + perlin(cells * 2**k, cells * 2**k, 2 ** (octaves - k)) * (1.5**-k * 0.5)
        planes.append(plane)
    field = F.interpolate(torch.stack(planes)[None], size[::-1], mode="bilinear", align_corners=False)[0]
    levels = (field.clamp(0, 1) * 255).to(torch.uint8).numpy()
    picture = Image.fromarray(levels[0]).convert("RGB") if len(levels) == 1 else Image.fromarray(levels.transpose(1, 2, 0))

    return to_tensor(ImageOps.autocontrast(picture))


def clouds(mode, size):
    first = cloud(12, 1, mode != "gray", size)
    second = cloud(8, 4, mode == "color", size)

    return ((first + second) / 2)[None] * 2 - 1
