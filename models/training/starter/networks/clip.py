"""CLIP: OpenAI's text transformer with its vision transformer or its ResNet, small, with the parameter names of
its checkpoints.

Input 32 × 32 on purpose: with 64 × 64 every inner cut of a 64-pixel picture would be the whole
picture, and `cut_ic_pow` would do nothing.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..tokenizer import CONTEXT, ROWS
from .resnet import ResNet

RESOLUTION, PATCH, WIDTH, LAYERS, TEXT_LAYERS, EMBED = 32, 4, 128, 4, 2, 128
MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073])[:, None, None]
STD = torch.tensor([0.26862954, 0.26130258, 0.27577711])[:, None, None]


class _Attention(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.in_proj_weight = nn.Parameter(torch.randn(3 * width, width) * width**-0.5)
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * width))
        self.out_proj = nn.Linear(width, width)
        self.heads = width // 64

    def forward(self, x: Tensor, causal: bool) -> Tensor:
        n, length, width = x.shape
        q, k, v = (t.reshape(n, length, self.heads, 64).transpose(1, 2)
                   for t in F.linear(x, self.in_proj_weight, self.in_proj_bias).chunk(3, -1))
        out = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
        return self.out_proj(out.transpose(1, 2).reshape(n, length, width))


class _Block(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attn = _Attention(width)
        self.mlp = nn.ModuleDict({"c_fc": nn.Linear(width, 4 * width), "c_proj": nn.Linear(4 * width, width)})

    def forward(self, x: Tensor, causal: bool) -> Tensor:
        x = x + self.attn(self.ln_1(x), causal)
        h = self.mlp["c_fc"](self.ln_2(x))
        return x + self.mlp["c_proj"](h * torch.sigmoid(1.702 * h))  # QuickGELU


class _Transformer(nn.Module):
    def __init__(self, width: int, layers: int):
        super().__init__()
        self.resblocks = nn.ModuleList(_Block(width) for _ in range(layers))

    def forward(self, x: Tensor, causal: bool = False) -> Tensor:
        for block in self.resblocks:
            x = block(x, causal)
        return x


class _Visual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, WIDTH, PATCH, stride=PATCH, bias=False)
        self.class_embedding = nn.Parameter(torch.randn(WIDTH) * WIDTH**-0.5)
        self.positional_embedding = nn.Parameter(torch.randn((RESOLUTION // PATCH) ** 2 + 1, WIDTH) * WIDTH**-0.5)
        self.ln_pre, self.ln_post = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.transformer = _Transformer(WIDTH, LAYERS)
        self.proj = nn.Parameter(torch.randn(WIDTH, EMBED) * WIDTH**-0.5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv1(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.class_embedding.expand(len(x), 1, -1), x], 1) + self.positional_embedding
        return self.ln_post(self.transformer(self.ln_pre(x))[:, 0]) @ self.proj


class Clip(nn.Module):
    def __init__(self, resnet: bool = False):
        super().__init__()
        self.visual = ResNet(RESOLUTION, EMBED) if resnet else _Visual()
        self.transformer = _Transformer(WIDTH, TEXT_LAYERS)
        self.token_embedding = nn.Embedding(ROWS, WIDTH)
        self.positional_embedding = nn.Parameter(torch.randn(CONTEXT, WIDTH) * 0.01)
        self.ln_final = nn.LayerNorm(WIDTH)
        self.text_projection = nn.Parameter(torch.randn(WIDTH, EMBED) * WIDTH**-0.5)
        self.logit_scale = nn.Parameter(torch.tensor(2.66))
        nn.init.normal_(self.token_embedding.weight, std=0.02)

    def encode_image(self, cuts: Tensor) -> Tensor:
        """[n, 3, 32, 32] in 0..1 → [n, embed], not normalised."""
        return self.visual((cuts - MEAN) / STD)

    def encode_text(self, ids: Tensor) -> Tensor:
        """[n, length ≤ 64] → [n, embed], read at the end-of-text id, the largest."""
        x = self.token_embedding(ids) + self.positional_embedding[:ids.shape[1]]
        x = self.ln_final(self.transformer(x, causal=True))
        return x[torch.arange(len(x)), ids.argmax(1)] @ self.text_projection
