"""GroupNorm, its conditioning and SiLU as one operation with a hand-written backward pass.

On a CPU these element-wise passes cost more than the convolutions of a narrow UNet.
Forward:  y = act(x·A + B) with A = γ/σ and B = β − μγ/σ, where γ, β are per picture and channel.
Backward: with dz the gradient before A, S1 = Σ dz and S2 = Σ dz·x over pixels give all the rest.

Where there is a C++ compiler, norm_act.cpp does the same for channels-last pictures.
"""

import shutil
from functools import cache
from pathlib import Path

import torch
from torch import Tensor, nn

EPS = 1e-5


@cache
def _compiled():
    """norm_act.cpp, built once per machine and kept in torch's extension folder; None without compiler and ninja."""
    if not (shutil.which("g++") and shutil.which("ninja")):
        return None
    from torch.utils.cpp_extension import load

    flags = ["-O3", "-march=native", "-ffast-math", "-mprefer-vector-width=512"]
    return load("starter_norm_act", [str(Path(__file__).with_name("norm_act.cpp"))], extra_cflags=flags)


class _CompiledNormAct(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x: Tensor, gamma: Tensor, beta: Tensor, groups: int, act: bool) -> Tensor:
        gamma, beta = gamma.contiguous(), beta.contiguous()
        y, mean, rstd = _compiled().forward(x, gamma, beta, groups, act)
        ctx.save_for_backward(x, gamma, beta, mean, rstd)
        ctx.groups, ctx.act = groups, act
        return y

    @staticmethod
    def backward(ctx, g: Tensor):
        g = g.contiguous(memory_format=torch.channels_last)
        return *_compiled().backward(g, *ctx.saved_tensors, ctx.groups, ctx.act), None, None


class _NormAct(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x: Tensor, gamma: Tensor, beta: Tensor, groups: int, act: bool) -> Tensor:
        mean = _group_mean(_area_sum(x), x, groups)
        square = _group_mean(_area_sum(x * x), x, groups)
        rstd = ((square - mean.square()).clamp_min(0) + EPS).rsqrt()
        a = rstd * gamma
        b = beta - mean * a
        z = torch.addcmul(_planes(b, x), x, _planes(a, x))
        ctx.save_for_backward(x, gamma, mean, rstd, a, b)
        ctx.groups, ctx.act = groups, act
        return torch.nn.functional.silu(z) if act else z

    @staticmethod
    def backward(ctx, g: Tensor):
        x, gamma, mean, rstd, a, b = ctx.saved_tensors
        if ctx.act:
            z = torch.addcmul(_planes(b, x), x, _planes(a, x))
            g = torch.ops.aten.silu_backward(g, z)
        d_beta = _area_sum(g)
        d_gamma = rstd * (_area_sum(g * x) - mean * d_beta)
        m1 = _group_mean(gamma * d_beta, x, ctx.groups)
        m2 = _group_mean(gamma * d_gamma, x, ctx.groups)
        slope = -rstd * rstd * m2
        offset = -rstd * m1 - slope * mean
        dx = torch.addcmul(_planes(offset, x), x, _planes(slope, x)).addcmul_(g, _planes(a, x))
        return dx, d_gamma, d_beta, None, None


def _area_sum(x: Tensor) -> Tensor:
    """[n, c, …] → [n, c]; in this form it also reads channels_last pictures in one pass."""
    return x.sum(tuple(range(2, x.dim())))


def _group_mean(sums: Tensor, x: Tensor, groups: int) -> Tensor:
    """Per-channel sums over pixels → the group's mean, for each of its channels. [n, c]"""
    n, c = sums.shape
    mean = sums.reshape(n, groups, -1).sum(-1) * (groups / x[0].numel())
    return mean.repeat_interleave(c // groups, 1)


def _planes(v: Tensor, like: Tensor) -> Tensor:
    """[n, c] broadcastable to pictures."""
    return v.reshape(*v.shape, *([1] * (like.dim() - 2)))


class GroupNorm(nn.Module):
    """Norm over `groups` groups, optionally followed by (1 + scale)·y + shift, then SiLU."""

    def __init__(self, groups: int, channels: int):
        super().__init__()
        self.groups = groups
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor, scale_shift: Tensor | None = None, act: bool = False) -> Tensor:
        """x [n, c, …]; scale_shift [n, 2c], scale first."""
        gamma, beta = self.weight.expand(len(x), -1), self.bias.expand(len(x), -1)
        if scale_shift is not None:
            scale, shift = scale_shift.chunk(2, 1)
            gamma, beta = gamma * (1 + scale), beta * (1 + scale) + shift
        if x.dim() == 4 and x.is_contiguous(memory_format=torch.channels_last) and _compiled():
            return _CompiledNormAct.apply(x, gamma, beta, self.groups, act)
        return _NormAct.apply(x, gamma, beta, self.groups, act)
