"""The secondary model: a guess of the finished picture by a small U-Net of convolutions."""

import math

import torch
import torch.nn.functional as F


class Secondary:
    def __init__(self, weights):
        self.w = weights

    def __call__(self, x, t):
        """pred [1, 3, h, w] of x at t in 0..1."""
        angles = 2 * math.pi * t * self.w["timestep_embed.weight"].flatten()
        features = torch.cat([angles.cos(), angles.sin()])
        planes = features[None, :, None, None].expand(1, 16, *x.shape[2:])
        h = self.block(self.block(torch.cat([x, planes], 1), "net.0"), "net.1")
        h = self.block(self.level(h, "net.2", 0), "net.3")
        v = F.conv2d(h, self.w["net.4.weight"], self.w["net.4.bias"], padding=1)

        return math.cos(t * math.pi / 2) * x - math.sin(t * math.pi / 2) * v

    def block(self, h, name):
        return F.relu(F.conv2d(h, self.w[f"{name}.0.weight"], self.w[f"{name}.0.bias"], padding=1))

    def level(self, h, name, depth):
        before, after = (4, 0) if depth == 4 else (2, 2)
        inner = F.avg_pool2d(h, 2)
        for k in range(1, before + 1):
            inner = self.block(inner, f"{name}.main.{k}")
        if depth < 4:
            inner = self.level(inner, f"{name}.main.3", depth + 1)
        for k in range(1, after + 1):
            inner = self.block(inner, f"{name}.main.{before + 1 + k}")
        inner = F.interpolate(inner, scale_factor=2, mode="bilinear", align_corners=False)

        return torch.cat([inner, h], 1)
