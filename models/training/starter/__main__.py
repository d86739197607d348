"""Makes the starter pack. One command per part; `all` runs them in order. See README.md."""

import argparse
import subprocess
import sys
from pathlib import Path

from .dataset import build_dataset
from .evaluate import evaluate, judge_folder, print_retrieval, write_captions
from .export import export_pack
from .judge import train_judge
from .paths import PACK
from .train_clip import train_clip
from .train_denoiser import train_denoiser
from .train_depth import train_depth
from .train_lpips import train_lpips

# Minutes of training time, on a core that other work keeps half busy.
MINUTES = {"unet": 120, "secondary": 45, "clip": 45, "clip-resnet": 45, "judge": 5, "lpips": 8, "depth": 5}
# CLIP learns from the secondary model's guesses: first from rough ones, in the end from those it will be used with.
SECOND_CORE = (("secondary", "--pause-after", "0.16"), ("clip", "--pause-after", "0.87"), ("secondary",), ("clip",),
               ("clip-resnet",), ("judge",), ("lpips",), ("depth",))


def _start(*command: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "starter", *command])


def _run_all() -> None:
    """The UNet on one core, the other networks on the second."""
    build_dataset()
    unet = _start("unet")
    try:
        for command in SECOND_CORE:
            if _start(*command).wait():
                sys.exit(f"{command[0]} failed")
        if unet.wait():
            sys.exit("unet failed")
    finally:
        unet.terminate()
    export_pack()
    evaluate(sheet=True, unguided=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="starter", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("all", help="everything, in order")
    commands.add_parser("data", help="draw the pictures")
    for name, minutes in MINUTES.items():
        command = commands.add_parser(name, help=f"train it, or go on ({minutes} minutes)")
        command.add_argument("--minutes", type=float, default=minutes, help="training time, earlier starts included")
        if name in ("unet", "secondary", "clip", "clip-resnet"):
            command.add_argument("--pause-after", type=float, default=1.0, help="stop at this share of it")
            command.add_argument("--start-from", help="a checkpoint whose weights a new run starts with")
    command = commands.add_parser("export", help="write the pack from the newest checkpoints")
    command.add_argument("--folder", type=Path, default=PACK)
    command = commands.add_parser("evaluate", help="contact sheets and hit rates of the exported pack")
    command.add_argument("--count", type=int, default=100)
    command.add_argument("--steps", type=int, default=25)
    command.add_argument("--clamp-max", type=float, default=0.15)
    command.add_argument("--scale", type=float, default=500, help="clip_guidance_scale")
    command.add_argument("--width", type=int, default=64)
    command.add_argument("--height", type=int, default=64)
    command.add_argument("--seed", type=int, default=100)
    command.add_argument("--pack", type=Path, default=PACK, help="folder of the weights")
    command.add_argument("--sheet", action="store_true", help="some well-known prompts too, and retrieval of held-out pictures")
    command.add_argument("--unguided", action="store_true", help="the same without guidance, to compare")
    commands.add_parser("retrieval", help="how often the pack's CLIP finds the caption of a held-out picture among 64")
    command = commands.add_parser("captions", help="write FOLDER/captions.json: what to render for judge-folder")
    command.add_argument("folder", type=Path)
    command.add_argument("--count", type=int, default=100)
    command = commands.add_parser("judge-folder", help="judge the pictures of FOLDER/captions.json")
    command.add_argument("folder", type=Path)
    return parser


def main() -> None:
    args = _parser().parse_args()
    match args.command:
        case "all":
            _run_all()
        case "data":
            build_dataset()
        case "unet":
            train_denoiser("unet", args.minutes, 0.0 if args.start_from else 0.24, 0.12, args.pause_after, args.start_from)
        case "secondary":
            train_denoiser("secondary", args.minutes, 0.0, 0.12, args.pause_after, args.start_from)
        case "clip" | "clip-resnet":
            train_clip(args.command, args.minutes, args.pause_after, args.start_from)
        case "judge":
            train_judge(args.minutes)
        case "lpips":
            train_lpips(args.minutes)
        case "depth":
            train_depth(args.minutes)
        case "export":
            export_pack(args.folder)
        case "evaluate":
            evaluate(args.count, args.steps, args.clamp_max, args.scale, args.width, args.height, args.seed,
                     args.pack, args.sheet, args.unguided)
        case "retrieval":
            print_retrieval()
        case "captions":
            write_captions(args.folder, args.count)
        case "judge-folder":
            judge_folder(args.folder)


if __name__ == "__main__":
    main()
