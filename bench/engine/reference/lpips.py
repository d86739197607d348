"""LPIPS 0.1 on VGG16."""

import torch
import torch.nn.functional as F

STAGES = [(0, 2), (5, 7), (10, 12, 14), (17, 19, 21), (24, 26, 28)]
SHIFT = torch.tensor([-0.03, -0.088, -0.188]).view(3, 1, 1)
SCALE = torch.tensor([0.458, 0.448, 0.45]).view(3, 1, 1)


class Lpips:
    def __init__(self, weights):
        self.w = weights

    def taps(self, x):
        h = (x - SHIFT) / SCALE
        found = []
        for stage, convolutions in enumerate(STAGES):
            if stage > 0:
                h = F.max_pool2d(h, 2)
            for k in convolutions:
                w, b = self.w[f"features.{k}.weight"], self.w[f"features.{k}.bias"]
                h = F.relu(F.conv2d(h, w, b, padding=1))
            found.append(h / (h.square().sum(1, keepdim=True).sqrt() + 1e-10))

        return found

    def distance(self, x, reference):
        """Distance [1] to a picture whose taps are known."""
        parts = [
            F.conv2d((tap - known).square(), self.w[f"lin{k}.model.1.weight"]).mean()
            for k, (tap, known) in enumerate(zip(self.taps(x), reference))
        ]

        return sum(parts)
