"""How near each pixel is, from a picture alone: what 3D animation asks for. A small ReLU U-net of our own layout,
`down.{0…3}`, `up.{0…3}` and `out`, each a 3 × 3 convolution with weight and bias:

    h0 = x;  h(k+1) = relu(down.k(h(k)), stride 2);  g = h4
    for k = 0 … 3:  g = relu(up.k(cat[nearest-upsampled g, h(3−k)]))
    nearness = sigmoid(out(g))
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

DOWN, UP = (16, 32, 64, 96), (64, 32, 16, 12)


class Depth(nn.Module):
    def __init__(self):
        super().__init__()
        ins = (3, *DOWN[:-1])
        self.down = nn.ModuleList(nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in zip(ins, DOWN))
        above = (DOWN[-1], *UP[:-1])
        self.up = nn.ModuleList(nn.Conv2d(a + skip, b, 3, padding=1) for a, skip, b in zip(above, reversed(ins), UP))
        self.out = nn.Conv2d(UP[-1], 1, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """x [n, 3, h, w] in −1..1, sides multiples of 16 → nearness [n, 1, h, w] in 0 (sky) … 1."""
        skips = []
        for conv in self.down:
            skips.append(x)
            x = F.relu(conv(x))
        for conv in self.up:
            x = F.relu(conv(torch.cat([F.interpolate(x, scale_factor=2.0, mode="nearest"), skips.pop()], 1)))
        return torch.sigmoid(self.out(x))
