"""guided-diffusion's UNet in the layout of the 512 and 256 checkpoints: scale and shift, resampling blocks."""

import math

import torch
import torch.nn.functional as F

MULT = {512: (0.5, 1, 1, 2, 2, 4, 4), 256: (1, 1, 2, 2, 4, 4)}


class Unet:
    def __init__(
        self, weights, image_size=512, channels=256, attended=(32, 16, 8), head_width=64, mult=None, blocks=2
    ):
        self.w = weights
        self.mult = mult or MULT[image_size]
        self.blocks = blocks
        self.channels = channels
        self.attended = [image_size // side for side in attended]
        self.head_width = head_width

    def __call__(self, x, tau):
        """The first three output channels of x [1, 3, h, w] at model time tau."""
        half = self.channels // 2
        angles = tau * torch.exp(-math.log(10_000) * torch.arange(half) / half)
        features = torch.cat([angles.cos(), angles.sin()])[None]
        emb = F.silu(self.linear(F.silu(self.linear(features, "time_embed.0")), "time_embed.2"))

        h = self.conv(x, "input_blocks.0.0")
        skips, block, factor = [h], 1, 1
        for level in range(len(self.mult)):
            for _ in range(self.blocks):
                h = self.residual(h, emb, f"input_blocks.{block}.0")
                if factor in self.attended:
                    h = self.attention(h, f"input_blocks.{block}.1")
                skips.append(h)
                block += 1
            if level < len(self.mult) - 1:
                h = self.residual(h, emb, f"input_blocks.{block}.0", lambda v: F.avg_pool2d(v, 2))
                skips.append(h)
                block += 1
                factor *= 2

        h = self.residual(h, emb, "middle_block.0")
        h = self.attention(h, "middle_block.1")
        h = self.residual(h, emb, "middle_block.2")

        block = 0
        for level in reversed(range(len(self.mult))):
            for k in range(self.blocks + 1):
                h = self.residual(torch.cat([h, skips.pop()], 1), emb, f"output_blocks.{block}.0")
                layer = 1
                if factor in self.attended:
                    h = self.attention(h, f"output_blocks.{block}.1")
                    layer = 2
                if level > 0 and k == self.blocks:
                    double = lambda v: F.interpolate(v, scale_factor=2, mode="nearest")
                    h = self.residual(h, emb, f"output_blocks.{block}.{layer}", double)
                    factor //= 2
                block += 1

        return self.conv(F.silu(self.norm(h, "out.0")), "out.2")[:, :3]

    def linear(self, h, name):
        return F.linear(h, self.w[f"{name}.weight"], self.w[f"{name}.bias"])

    def conv(self, h, name):
        weight = self.w[f"{name}.weight"]

        return F.conv2d(h, weight, self.w[f"{name}.bias"], padding=weight.shape[-1] // 2)

    def norm(self, h, name):
        return F.group_norm(h, 32, self.w[f"{name}.weight"], self.w[f"{name}.bias"])

    def residual(self, x, emb, name, resample=lambda v: v):
        h = self.conv(resample(F.silu(self.norm(x, f"{name}.in_layers.0"))), f"{name}.in_layers.2")
        scale, shift = self.linear(emb, f"{name}.emb_layers.1")[:, :, None, None].chunk(2, 1)
        h = self.norm(h, f"{name}.out_layers.0") * (1 + scale) + shift
        h = self.conv(F.silu(h), f"{name}.out_layers.3")
        skip = resample(x)
        if f"{name}.skip_connection.weight" in self.w:
            skip = self.conv(skip, f"{name}.skip_connection")

        return skip + h

    def attention(self, x, name):
        n, channels, height, width = x.shape
        heads = channels // self.head_width
        pixels = self.norm(x, f"{name}.norm").flatten(2)
        qkv = F.conv1d(pixels, self.w[f"{name}.qkv.weight"], self.w[f"{name}.qkv.bias"])
        q, k, v = qkv.view(n, heads, 3, self.head_width, -1).transpose(3, 4).unbind(2)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(2, 3).reshape(n, channels, -1)
        out = F.conv1d(mixed, self.w[f"{name}.proj_out.weight"], self.w[f"{name}.proj_out.bias"])

        return x + out.view_as(x)
