"""The denoiser: guided-diffusion's UNet (OpenAI), narrow, with the parameter names of its checkpoints.

Differences from the real ones, stated in pack.json: 8 norm groups, and channels 0–2 predict
v = α·ε − σ·x0 instead of ε. Channels 3–5 (the variance of the original) are zero and untrained.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .group_norm import GroupNorm

CONFIG = {
    "image_size": 64,
    "num_channels": 32,
    "channel_mult": "0.5,1,2,4",
    "num_res_blocks": 1,
    "attention_resolutions": "8",
    "num_heads": 4,
    "num_head_channels": 32,
    "resblock_updown": True,
    "use_scale_shift_norm": True,
    "learn_sigma": True,
    "class_cond": False,
    "noise_schedule": "linear",
    "rescale_timesteps": True,
    "use_new_attention_order": False,
    "norm_groups": 8,
    "predicts": "v",
}


def _zero(module: nn.Module) -> nn.Module:
    for p in module.parameters():
        nn.init.zeros_(p)
    return module


class ResBlock(nn.Module):
    """Keys in_layers.{0,2}, emb_layers.1, out_layers.{0,3}, skip_connection; 1 and 2 hold no parameters."""

    def __init__(self, c_in: int, c_out: int, emb: int, groups: int, resample: str = ""):
        super().__init__()
        self.resample = resample
        self.in_layers = nn.ModuleDict({"0": GroupNorm(groups, c_in), "2": nn.Conv2d(c_in, c_out, 3, padding=1)})
        self.emb_layers = nn.ModuleDict({"1": nn.Linear(emb, 2 * c_out)})
        self.out_layers = nn.ModuleDict({"0": GroupNorm(groups, c_out),
                                         "3": _zero(nn.Conv2d(c_out, c_out, 3, padding=1))})
        self.skip_connection = nn.Identity() if c_in == c_out else nn.Conv2d(c_in, c_out, 1)

    def forward(self, x: Tensor, emb: Tensor) -> Tensor:
        h = self._resampled(self.in_layers["0"](x, act=True))
        h = self.in_layers["2"](h)
        scale_shift = self.emb_layers["1"](F.silu(emb))
        h = self.out_layers["3"](self.out_layers["0"](h, scale_shift, act=True))
        return self.skip_connection(self._resampled(x)) + h

    def _resampled(self, x: Tensor) -> Tensor:
        if self.resample == "down":
            return F.avg_pool2d(x, 2)
        return F.interpolate(x, scale_factor=2.0, mode="nearest") if self.resample == "up" else x


class AttentionBlock(nn.Module):
    """Self-attention over pixels; qkv rows are grouped per head (the "legacy" order)."""

    def __init__(self, channels: int, head_channels: int, groups: int):
        super().__init__()
        self.heads = channels // head_channels
        self.norm = GroupNorm(groups, channels)
        self.qkv = nn.Conv1d(channels, 3 * channels, 1)
        self.proj_out = _zero(nn.Conv1d(channels, channels, 1))

    def forward(self, x: Tensor, emb: Tensor) -> Tensor:
        n, c, h, w = x.shape
        flat = x.reshape(n, c, h * w)
        qkv = self.qkv(self.norm(flat)).reshape(n, self.heads, 3, c // self.heads, h * w)
        q, k, v = (t.transpose(-1, -2) for t in qkv.unbind(2))  # [n, heads, pixels, head]
        out = F.scaled_dot_product_attention(q, k, v)
        out = out.transpose(-1, -2).reshape(n, c, h * w)
        return (flat + self.proj_out(out)).reshape(n, c, h, w)


class UNet(nn.Module):
    def __init__(self, config: dict = CONFIG):
        super().__init__()
        base, groups = config["num_channels"], config["norm_groups"]
        mults = [float(m) for m in config["channel_mult"].split(",")]
        attention = {config["image_size"] // int(r) for r in config["attention_resolutions"].split(",")}
        self.base, emb = base, 4 * base
        self.time_embed = nn.ModuleDict({"0": nn.Linear(base, emb), "2": nn.Linear(emb, emb)})

        def attend(c):
            return AttentionBlock(c, config["num_head_channels"], groups)

        c = int(mults[0] * base)
        self.input_blocks = nn.ModuleList([nn.ModuleList([nn.Conv2d(3, c, 3, padding=1)])])
        skips, scale = [c], 1
        for level, mult in enumerate(mults):
            for _ in range(config["num_res_blocks"]):
                block = [ResBlock(c, int(mult * base), emb, groups)]
                c = int(mult * base)
                if scale in attention:
                    block.append(attend(c))
                self.input_blocks.append(nn.ModuleList(block))
                skips.append(c)
            if level < len(mults) - 1:
                self.input_blocks.append(nn.ModuleList([ResBlock(c, c, emb, groups, "down")]))
                skips.append(c)
                scale *= 2
        self.middle_block = nn.ModuleList([ResBlock(c, c, emb, groups), attend(c), ResBlock(c, c, emb, groups)])
        self.output_blocks = nn.ModuleList()
        for level, mult in reversed(list(enumerate(mults))):
            for i in range(config["num_res_blocks"] + 1):
                block = [ResBlock(c + skips.pop(), int(mult * base), emb, groups)]
                c = int(mult * base)
                if scale in attention:
                    block.append(attend(c))
                if level and i == config["num_res_blocks"]:
                    block.append(ResBlock(c, c, emb, groups, "up"))
                    scale //= 2
                self.output_blocks.append(nn.ModuleList(block))
        self.out = nn.ModuleDict({"0": GroupNorm(groups, c), "2": _zero(nn.Conv2d(c, 6, 3, padding=1))})

    def forward(self, x: Tensor, tau: Tensor) -> Tensor:
        """x [n, 3, h, w], tau [n] in 0..1000 → v [n, 3, h, w]."""
        half = self.base // 2
        angles = tau.float()[:, None] * torch.exp(-math.log(10000) / half * torch.arange(half))
        wave = torch.cat([angles.cos(), angles.sin()], 1)
        emb = self.time_embed["2"](F.silu(self.time_embed["0"](wave)))
        skips = []
        h = x
        for block in self.input_blocks:
            for layer in block:
                h = layer(h) if isinstance(layer, nn.Conv2d) else layer(h, emb)
            skips.append(h)
        for layer in self.middle_block:
            h = layer(h, emb)
        for block in self.output_blocks:
            h = torch.cat([h, skips.pop()], 1)
            for layer in block:
                h = layer(h, emb)
        return self.out["2"](self.out["0"](h, act=True))[:, :3]
