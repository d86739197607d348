"""Trains the perceptual distance: first its features, as a classifier of what is in a distorted picture, then the
weights of its channels, by telling the less distorted of two pictures. One run: the second lesson takes its last fifth.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .dataset import load_pictures
from .judge import NAMES, labels
from .muon import optimisers
from .networks.lpips import WIDTHS, Lpips
from .one_core import use_one_core
from .run import Run
from .sheet import from_pixels
from .train_denoiser import load_batch

SEED, BATCH, CHANNELS_FROM = 50, 48, 0.8
# Mean distance of two unrelated pictures, as of the published network, so that init_scale keeps its usual size.
UNRELATED = 0.7


def distorted(x: Tensor, strength: Tensor, kind: int, generator: torch.Generator) -> Tensor:
    """x [n, 3, h, w] in −1..1; strength [n] in 0..1; kind 0 … 3: blur, noise, other colours, moved."""
    amount = strength[:, None, None, None]
    if kind == 0:
        soft = F.interpolate(F.avg_pool2d(x, 4), scale_factor=4.0, mode="bilinear")
        return x.lerp(soft, amount)
    if kind == 1:
        return x + 0.5 * amount * torch.randn(x.shape, generator=generator)
    if kind == 2:
        return x + 0.6 * amount * (2 * torch.rand(len(x), 3, 1, 1, generator=generator) - 1)
    theta = torch.eye(2, 3).repeat(len(x), 1, 1)
    theta[:, :, 2] = 0.3 * strength[:, None] * torch.randn(len(x), 2, generator=generator)
    grid = F.affine_grid(theta, list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def _draw_kind(generator: torch.Generator) -> int:
    return int(torch.randint(4, (1,), generator=generator))


def _feature_loss(lpips: Lpips, heads: nn.ModuleDict, x: Tensor, scenes, generator: torch.Generator) -> Tensor:
    x = distorted(x, 0.6 * torch.rand(len(x), generator=generator), _draw_kind(generator), generator)
    outs = lpips.stages(x)
    seen = torch.cat([*(o.mean((2, 3)) for o in outs), F.adaptive_avg_pool2d(outs[-1], 4).flatten(1)], 1)
    truth = labels(scenes)
    return sum(F.cross_entropy(heads[n](seen), truth[n]) for n in NAMES)


def triple(x: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """Pictures, each less distorted and more distorted in one way; a quarter of the latter are other pictures."""
    kind, weak = _draw_kind(generator), 0.5 * torch.rand(len(x), generator=generator)
    strong = weak + 0.15 + (0.85 - weak) * torch.rand(len(x), generator=generator)
    more = distorted(x, strong, kind, generator)
    other = torch.rand(len(x), generator=generator) < 0.25
    return x, distorted(x, weak, kind, generator), torch.where(other[:, None, None, None], x.roll(1, 0), more)


@torch.no_grad()
def share_in_order(lpips: Lpips) -> float:
    """Held-out triples of which the less distorted picture is the nearer one."""
    pixels = from_pixels(load_pictures("held-out").pixels)
    generator = torch.Generator().manual_seed(SEED)
    order = []
    for part in pixels.split(32):
        x, near, far = triple(part, generator)
        order.append(lpips(near, x) < lpips(far, x))
    return torch.cat(order).float().mean().item()


def train_lpips(minutes: float) -> None:
    use_one_core()
    torch.manual_seed(SEED)
    run, lpips = Run("lpips", minutes), Lpips()
    seen = sum(WIDTHS) + 16 * WIDTHS[-1]
    both = nn.ModuleDict({"lpips": lpips, "heads": nn.ModuleDict(
        {n: nn.Linear(seen, len(names)) for n, (names, _) in NAMES.items()})})
    lins = [lpips.lin(k) for k in range(len(WIDTHS))]
    opts = optimisers(both, 0.005, 1e-3)
    lin_opt = torch.optim.Adam(lins, lr=2e-3)
    if state := run.load():
        both.load_state_dict(state["model"])
    generator = torch.Generator().manual_seed(SEED + run.step)
    square = load_pictures("square")

    def save():
        run.save(model=both.state_dict(), average=lpips.state_dict())

    while run.progress < 1:
        x, scenes = load_batch(square, BATCH, generator)
        if run.progress < CHANNELS_FROM:
            loss, used = _feature_loss(lpips, both["heads"], x, scenes, generator), opts
        else:
            reference, near, far = triple(x, generator)
            loss = F.softplus(12 * (lpips(near, reference) - lpips(far, reference))).mean()
            used = [lin_opt]
        both.zero_grad()
        loss.backward()
        if used is opts:
            for lin in lins:
                lin.grad = None
            run.apply_learning_rate(opts)
        for opt in used:
            opt.step()
        with torch.no_grad():
            for lin in lins:
                lin.clamp_(min=0)
        run.advance(len(x), loss=loss.item())
        if run.due("save", 60):
            save()
    with torch.no_grad():
        x = load_batch(square, 128, generator)[0]
        mean = lpips(x, x.roll(1, 0)).mean()
        for lin in lins:
            lin.mul_(UNRELATED / mean)
    save()
    in_order = share_in_order(lpips)
    run.write_row("held-out.csv", {"seen": run.seen, "in order": round(in_order, 3)})
    print("lpips: held-out triples in order:", in_order)
