"""
Whole stills by Disco Diffusion's rules in PyTorch with its autograd, written from their description and apart from
the engine: `python disco.py` renders the cases of cases.json with the tiny pack and writes what they came to.
Needs torch, numpy and pillow. Every draw is torch's own, from one generator, as in the notebook on a processor.
"""

import json
import math
import sys
from pathlib import Path

import torch
import torch.nn.functional as F

here = Path(__file__).parent
sys.path.append(str(here / "../../../bench/engine/reference"))

from clip import DEVIATION, MEAN, Clip  # noqa: E402
from cutouts import augment_still, dango, prompt_cuts  # noqa: E402
from lpips import Lpips  # noqa: E402
from secondary import Secondary  # noqa: E402
from start import clouds, init_picture, to_tensor  # noqa: E402
from text import Tokenizer, encode_text  # noqa: E402
from unet import Unet  # noqa: E402
from weights import read_weights  # noqa: E402

pack = here / "../parity/packs/tiny-std"
inputs = here / "../parity/inputs"
stored = lambda name: read_weights(str(pack / f"{name}.safetensors"))


class Model:
    """One CLIP with both of its sides."""

    def __init__(self, name, file, side):
        self.name, self.side, self.weights = name, side, stored(file)
        self.net = Clip({k: v for k, v in self.weights.items() if k.startswith("visual.")})


models = [Model("ViTB32", "clip-vit", 32), Model("RN50", "clip-rn", 64)]
unet = Unet(stored("unet"), image_size=64, channels=32, attended=(16,), head_width=32, mult=(1, 1, 2), blocks=1)
secondary, lpips = Secondary(stored("secondary")), Lpips(stored("lpips"))
tokenize = Tokenizer(here, json.load(open(pack / "pack.json"))["tokenizer"]["merges"])


class Spaced:
    """The diffusion process with `steps` of its moments."""

    def __init__(self, steps):
        stride = max(1000 // steps, 1)
        length = stride * steps
        betas = torch.linspace(0.1 / length, 20 / length, length, dtype=torch.float64)
        self.abar = torch.cumprod(1 - betas, 0)[::stride]
        self.prev = torch.cat([torch.ones(1, dtype=torch.float64), self.abar[:-1]])
        self.taus = torch.arange(0, length, stride).float() * (1000.0 / length)

    def x0(self, x, eps, i):
        return self.by(torch.sqrt(1 / self.abar[i])) * x - self.by(torch.sqrt(1 / self.abar[i] - 1)) * eps

    def eps(self, x, x0, i):
        return (self.by(torch.sqrt(1 / self.abar[i])) * x - x0) / self.by(torch.sqrt(1 / self.abar[i] - 1))

    def by(self, value):
        return value.float()


def weighted(prompt):
    text, colon, tail = prompt.rpartition(":")

    return (text, float(tail)) if colon else (prompt, 1.0)


def prompts_at_start(prompts):
    keys = sorted(int(key) for key in prompts)
    if not keys:
        return []

    return prompts[str(max([key for key in keys if key <= 0], default=keys[0]))]


def embed(s, model, size):
    targets, weights = [], []

    def add(embedding, weight):
        copies = [embedding]
        if s["fuzzy_prompt"]:
            copies = [(embedding + torch.randn(embedding.shape) * s["rand_mag"]).clamp(0, 1) for _ in range(25)]
        for copy in copies:
            targets.append(copy)
            weights.extend([weight / len(copy)] * len(copy))

    for prompt in prompts_at_start(s["text_prompts"]):
        add(encode_text(model.weights, tokenize(prompt)), weighted(prompt)[1])
    for prompt in prompts_at_start(s["image_prompts"]):
        from PIL import Image

        path, weight = weighted(prompt)
        picture = Image.open(inputs / path).convert("RGB")
        short = min(*size, *picture.size)
        scale = lambda side: side if min(picture.size) == short else int(short * side / min(picture.size))
        sides = [short if side == min(picture.size) else scale(side) for side in picture.size]
        seen = to_tensor(picture.resize(sides, Image.LANCZOS))[None] * 2 - 1
        add(model.net.embed((prompt_cuts(seen, model.side, s["skip_augs"]) - MEAN) / DEVIATION), weight)
    weights = torch.tensor(weights)

    return torch.cat(targets), weights / weights.sum().abs()


def spherical(x, y):
    return (F.normalize(x, dim=-1) - F.normalize(y, dim=-1)).norm(dim=-1).div(2).arcsin().pow(2).mul(2)


def conditioning(s, process, guides, init, schedules, losses):
    """DD's cond_fn. `i` is the step being executed, `tau` tells which cuts are due."""

    def guide(x, tau, i):
        with torch.enable_grad():
            x = x.detach().requires_grad_()
            abar = process.abar[i]
            fac = torch.sqrt(1 - abar).item()
            if s["use_secondary_model"]:
                t = torch.atan2(torch.sqrt(1 - abar).float(), torch.sqrt(abar).float()) * 2 / math.pi
                guess = secondary(x, t.item())
            else:
                guess = process.x0(x, unet(x, process.taus[i]), i)
            seen = guess * fac + x * (1 - fac)
            total = torch.zeros_like(seen)
            at = 1000 - (int(tau) + 1)
            overview, inner, power, gray_share = (schedule[at] for schedule in schedules)
            for model, targets, weights in guides:
                for _ in range(s["cutn_batches"]):
                    cuts = dango((seen + 1) / 2, model.side, overview, inner, power, gray_share)
                    if not s["skip_augs"]:
                        cuts = augment_still(cuts)
                    embedded = model.net.embed((cuts - MEAN) / DEVIATION)
                    loss = (spherical(embedded[:, None], targets[None]) * weights).sum(1).mean()
                    losses.append(loss.item())
                    scaled = loss * s["clip_guidance_scale"]
                    total += torch.autograd.grad(scaled, seen, retain_graph=True)[0] / s["cutn_batches"]
            wide = F.pad(seen, (0, 1, 0, 1), "replicate")
            dx, dy = wide[..., :-1, 1:] - wide[..., :-1, :-1], wide[..., 1:, :-1] - wide[..., :-1, :-1]
            loss = (dx**2 + dy**2).mean() * s["tv_scale"] + (seen - seen.clamp(-1, 1)).abs().mean() * s["sat_scale"]
            if init is not None and s["init_scale"]:
                with torch.no_grad():
                    known = lpips.taps(init)
                loss = loss + lpips.distance(seen, known).sum() * s["init_scale"]
            total += torch.autograd.grad(loss, seen, retain_graph=True)[0]
            if total.isnan().any():
                return torch.zeros_like(x)
            gradient = -torch.autograd.grad(seen, x, total)[0]
        if s["clamp_grad"]:
            size = gradient.square().mean().sqrt()
            gradient = gradient * size.clamp(max=s["clamp_max"]) / size

        return gradient

    return guide


def sample(s, process, guide, init, size):
    """Yields (i, gradient, x0) of every step."""
    steps, skip = s["steps"], s["skip_steps"]
    f = lambda value: value.float()
    x = torch.randn(1, 3, size[1], size[0])
    if skip > 0 and init is None:
        init = torch.zeros_like(x)
    if init is not None:
        a = process.abar[steps - skip - 1]
        x = f(torch.sqrt(a)) * init + f(torch.sqrt(1 - a)) * x
    mirrored = {int((steps - skip) * (1 - share)) for share in s["transformation_percent"]}

    def look(x, at, i):
        """Unguided estimate, guided estimate, its eps, and the gradient, at spaced index `at` of step i."""
        with torch.no_grad():
            x0 = process.x0(x, unet(x, process.taus[at]), at)
        if s["clip_denoised"]:
            x0 = x0.clamp(-1, 1)
        gradient = guide(x, process.taus[at].item(), i)
        eps = process.eps(x, x0, at) - torch.sqrt(1 - f(process.abar[at])) * gradient
        guided = process.x0(x, eps, at)

        return x0, guided, process.eps(x, guided, at), gradient

    before = None
    for i in range(steps - skip - 1, -1, -1):
        prev = f(process.prev[i])
        if s["diffusion_sampling_mode"] == "plms":
            x0, guided, eps, gradient = look(x, i, i)
            towards = lambda x0, eps: torch.sqrt(prev) * x0 + torch.sqrt(1 - prev) * eps
            if before is None:
                mixed = (eps + look(towards(guided, eps), i - 1, i)[2]) / 2
            else:
                mixed = (3 * eps - before) / 2
            before = eps
            x = towards(process.x0(x, mixed, i), mixed) if i > 0 else guided
        else:
            if i in mirrored and s["use_horizontal_symmetry"]:
                left = x[..., : size[0] // 2]
                x = torch.cat([left, left.flip(-1)], -1)
            if i in mirrored and s["use_vertical_symmetry"]:
                top = x[..., : size[1] // 2, :]
                x = torch.cat([top, top.flip(-2)], -2)
            x0, guided, eps, gradient = look(x, i, i)
            a = f(process.abar[i])
            sigma = s["eta"] * torch.sqrt((1 - prev) / (1 - a)) * torch.sqrt(1 - a / prev)
            noise = torch.randn_like(x)
            x = torch.sqrt(prev) * guided + torch.sqrt(1 - prev - sigma**2) * eps + (i > 0) * sigma * noise
        yield gradient, x0


def ahead():
    """The next two 24-bit values of the generator, which stays where it is."""
    state = torch.get_rng_state()
    values = (torch.rand(2) * 2**24).long().tolist()
    torch.set_rng_state(state)

    return values


def looked_at(x, count=24):
    flat = x.detach().flatten()
    at = torch.linspace(0, len(flat) - 1, count).long()

    return {"at": at.tolist(), "values": flat[at].tolist()}


def render(s):
    size = s["width_height"]
    torch.manual_seed(s["seed"])
    guides = [(model, *embed(s, model, size)) for model in models if s[model.name]]
    process = Spaced(s["steps"])
    schedules = [eval(s[name]) for name in ("cut_overview", "cut_innercut", "cut_ic_pow", "cut_icgray_p")]
    init = init_picture(inputs / s["init_image"], size) if s["init_image"] else None
    if s["perlin_init"]:
        clouds(s["perlin_mode"], size)
    runs = []
    for _ in range(s["n_batches"]):
        if s["perlin_init"]:
            init = clouds(s["perlin_mode"], size)
        losses, steps = [], []
        guide = conditioning(s, process, guides, init, schedules, losses)
        for gradient, x0 in sample(s, process, guide, init, size):
            seen = {"clip_losses": losses.copy(), "grad": looked_at(gradient), "x0": looked_at(x0)}
            steps.append({"rng_after": ahead(), "seen": seen})
            losses.clear()
        for step in steps[2:-1]:
            del step["seen"]
        runs.append(steps)

    return {"target_embeds": [looked_at(targets) for _, targets, _ in guides], "runs": runs}


def main():
    cases = json.load(open(here / "cases.json"))
    found = {name: render(cases["base"] | patch) for name, patch in cases["cases"].items()}
    text = json.dumps(found, separators=(",", ":"))
    text = json.dumps(json.loads(text, parse_float=lambda v: float(f"{float(v):.7g}")), separators=(",", ":"))
    (here / "recorded.json").write_text(text + "\n")


with torch.no_grad():
    main()
