"""LPIPS: VGG16's thirteen convolutions, narrow, compared stage by stage, with the parameter names of torchvision's
`features` and of the linear layers of Zhang et al. (2018).
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# VGG16's stages: places of the convolutions within `features`; a pooling by 2 lies between stages.
STAGES = ((0, 2), (5, 7), (10, 12, 14), (17, 19, 21), (24, 26, 28))
WIDTHS = (16, 24, 32, 48, 64)
SHIFT = torch.tensor([-0.03, -0.088, -0.188])[:, None, None]
SCALE = torch.tensor([0.458, 0.448, 0.45])[:, None, None]


class Lpips(nn.Module):
    def __init__(self):
        super().__init__()
        self.features, ins = nn.ModuleDict(), 3
        for places, width in zip(STAGES, WIDTHS):
            for place in places:
                self.features[str(place)] = nn.Conv2d(ins, width, 3, padding=1)
                nn.init.kaiming_normal_(self.features[str(place)].weight, nonlinearity="relu")
                ins = width
        for stage, width in enumerate(WIDTHS):
            lin = nn.ModuleDict({"1": nn.Conv2d(width, 1, 1, bias=False)})
            nn.init.constant_(lin["1"].weight, 1 / width)
            self.add_module(f"lin{stage}", nn.ModuleDict({"model": lin}))

    def stages(self, x: Tensor) -> list[Tensor]:
        """x [n, 3, h, w] in −1..1, sides multiples of 16 → the five stages' outputs."""
        h, outs = (x - SHIFT) / SCALE, []
        for stage, places in enumerate(STAGES):
            if stage:
                h = F.max_pool2d(h, 2)
            for place in places:
                h = F.relu(self.features[str(place)](h))
            outs.append(h)
        return outs

    def lin(self, stage: int) -> nn.Parameter:
        return getattr(self, f"lin{stage}")["model"]["1"].weight

    def forward(self, x: Tensor, reference: Tensor) -> Tensor:
        """Distance per picture, [n]."""
        total = 0.0
        for stage, (a, b) in enumerate(zip(self.stages(x), self.stages(reference))):
            apart = (a / (a.norm(dim=1, keepdim=True) + 1e-10) - b / (b.norm(dim=1, keepdim=True) + 1e-10)).square()
            total = total + F.conv2d(apart, self.lin(stage)).mean((1, 2, 3))
        return total
