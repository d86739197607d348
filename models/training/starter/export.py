"""Writes the pack: six .safetensors in half precision and the pack.json that names the product's five of them.

Files are written under temporary names and renamed last, pack.json at the very end.
"""

import hashlib
import json
import os
from pathlib import Path

import torch
from safetensors.torch import save_file

from .networks.unet import CONFIG
from .paths import PACK, RUNS

DEFAULTS = {
    "width_height": [64, 64],
    "text_prompts": {"0": ["a sailboat on a calm sea at sunset"]},
    "steps": 40,
    "skip_steps": 0,
    "display_rate": 1,
    "clip_guidance_scale": 500,
    "clamp_max": 0.15,
    "eta": 1.0,
    "tv_scale": 0,
    "sat_scale": 0,
    "range_scale": 0,
    "init_scale": 100,
    "frames_scale": 150,
    "cutn_batches": 1,
    "cut_overview": "[4]*1000",
    "cut_innercut": "[2]*400+[3]*600",
    "cut_ic_pow": "[1]*1000",
    "cut_icgray_p": "[0.2]*400+[0]*600",
    "use_secondary_model": False,
    "ViTB32": True,
    "ViTB16": False,
    "RN50": True,
}
# Where a parameter visibly acts with networks of this size; Disco Diffusion's own ranges are for 512 px and more.
USUAL = {
    "steps": [10, 100],
    "clip_guidance_scale": [0, 1000],
    "clamp_max": [0.02, 0.2],
    "init_scale": [0, 1000],
    "frames_scale": [0, 1500],
    "cutn_batches": [1, 4],
    "tv_scale": [0, 30_000],
    "sat_scale": [0, 5000],
    "range_scale": [0, 20_000],
    "skip_steps": [0, 25],
    "cut_ic_pow": [0.5, 20],
}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_weights(weights: dict[str, torch.Tensor], folder: Path, name: str) -> tuple[Path, dict]:
    path = folder / f"{name}.part"
    save_file({k: v.detach().half().contiguous() for k, v in sorted(weights.items())}, path)
    return path, {"file": name, "sha256": _sha256(path)}


def _clip(name: str, title: str, entry: dict) -> dict:
    return {"name": name, "title": title, **entry, "architecture": "openai-clip", "activation": "quick_gelu"}


def export_pack(folder: Path = PACK) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    written, entries = [], {}
    for run in ("unet", "secondary", "clip", "clip-resnet", "lpips", "depth"):
        weights = torch.load(RUNS / run / "checkpoint.pt", weights_only=True)["average"]
        path, entries[run] = _write_weights(weights, folder, f"{run}.safetensors")
        written.append(path)
    pack = {
        "name": "starter",
        "title": "Starter pack",
        "licence": "MIT",
        "native_size": [64, 64],
        "defaults": DEFAULTS,
        "usual": USUAL,
        "denoiser": {**entries["unet"], "architecture": "guided-diffusion", "config": CONFIG},
        "secondary": {**entries["secondary"], "architecture": "secondary-diffusion-2"},
        "clip": [_clip("ViTB32", "Starter CLIP", entries["clip"]),
                 _clip("RN50", "Starter CLIP, ResNet", entries["clip-resnet"])],
        "lpips": {**entries["lpips"], "architecture": "lpips-vgg16"},
    }
    manifest = folder / "pack.json.part"
    manifest.write_text(json.dumps(pack, indent=2) + "\n")
    for path in (*written, manifest):
        path.chmod(0o644)  # safetensors writes for the owner alone
        os.replace(path, path.with_suffix(""))
    size = sum(f.stat().st_size for f in folder.glob("*.safetensors"))
    print(f"exported {folder.name}: {size / 1e6:.1f} MB")
