"""The picture half of OpenAI's ResNet CLIPs, small, with the parameter names of its checkpoints: three
convolutions as stem, average pools instead of strides, attention as the last pool."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDTH, BLOCKS = 24, (1, 1, 1, 1)


def _conv(inside: int, outside: int, kernel: int, stride: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inside, outside, kernel, stride=stride, padding=kernel // 2, bias=False)


class _Bottleneck(nn.Module):
    def __init__(self, inside: int, planes: int, stride: int):
        super().__init__()
        self.stride = stride
        self.conv1, self.bn1 = _conv(inside, planes, 1), nn.BatchNorm2d(planes)
        self.conv2, self.bn2 = _conv(planes, planes, 3), nn.BatchNorm2d(planes)
        self.conv3, self.bn3 = _conv(planes, 4 * planes, 1), nn.BatchNorm2d(4 * planes)
        widens = stride > 1 or inside != 4 * planes
        self.downsample = nn.Sequential(_conv(inside, 4 * planes, 1), nn.BatchNorm2d(4 * planes)) if widens else None

    def forward(self, x: Tensor) -> Tensor:
        h = F.relu(self.bn1(self.conv1(x)))
        h = F.relu(self.bn2(self.conv2(h)))
        h = self.bn3(self.conv3(F.avg_pool2d(h, self.stride)))
        return F.relu(h + (x if self.downsample is None else self.downsample(F.avg_pool2d(x, self.stride))))


class _AttentionPool(nn.Module):
    def __init__(self, positions: int, width: int, embed: int):
        super().__init__()
        self.positional_embedding = nn.Parameter(torch.randn(positions + 1, width) * width**-0.5)
        self.q_proj, self.k_proj, self.v_proj = (nn.Linear(width, width) for _ in range(3))
        self.c_proj = nn.Linear(width, embed)

    def forward(self, x: Tensor) -> Tensor:
        x = x.flatten(2).transpose(1, 2)
        x = torch.cat([x.mean(1, keepdim=True), x], 1) + self.positional_embedding
        q, k, v = (part.unflatten(-1, (-1, 64)).transpose(1, 2)
                   for part in (self.q_proj(x[:, :1]), self.k_proj(x), self.v_proj(x)))
        return self.c_proj(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(1))


class ResNet(nn.Module):
    """[n, 3, resolution, resolution], normalised → [n, embed]. The resolution is a multiple of 32."""

    def __init__(self, resolution: int, embed: int):
        super().__init__()
        self.conv1, self.bn1 = _conv(3, WIDTH // 2, 3, 2), nn.BatchNorm2d(WIDTH // 2)
        self.conv2, self.bn2 = _conv(WIDTH // 2, WIDTH // 2, 3), nn.BatchNorm2d(WIDTH // 2)
        self.conv3, self.bn3 = _conv(WIDTH // 2, WIDTH, 3), nn.BatchNorm2d(WIDTH)
        inside = WIDTH
        for n, blocks in enumerate(BLOCKS):
            planes = WIDTH * 2**n
            layer = nn.Sequential()
            for block in range(blocks):
                layer.append(_Bottleneck(inside, planes, 2 if n > 0 and block == 0 else 1))
                inside = 4 * planes
            self.add_module(f"layer{n + 1}", layer)
        self.attnpool = _AttentionPool((resolution // 32) ** 2, inside, embed)

    def forward(self, x: Tensor) -> Tensor:
        for conv, norm in ((self.conv1, self.bn1), (self.conv2, self.bn2), (self.conv3, self.bn3)):
            x = F.relu(norm(conv(x)))
        x = self.layer4(self.layer3(self.layer2(self.layer1(F.avg_pool2d(x, 2)))))
        return self.attnpool(x)
