"""Makes the starter pack. One command per part; `all` runs them in order. See README.md."""

import argparse
import subprocess
import sys

from .dataset import build_dataset
from .evaluate import evaluate
from .export import export_pack
from .judge import train_judge
from .train_clip import train_clip
from .train_denoiser import train_denoiser

# Minutes of training time, on a core that other work keeps half busy.
MINUTES = {"unet": 88, "secondary": 41, "clip": 39, "judge": 4}
# CLIP learns from the secondary model's guesses: first from rough ones, in the end from those it will be used with.
SECOND_CORE = (("secondary", "--pause-after", "0.16"), ("clip", "--pause-after", "0.87"), ("secondary",), ("clip",),
               ("judge",))


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
    evaluate()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="starter", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("all", help="everything, in order")
    commands.add_parser("data", help="draw the pictures")
    for name, minutes in MINUTES.items():
        command = commands.add_parser(name, help=f"train it, or go on ({minutes} minutes)")
        command.add_argument("--minutes", type=float, default=minutes, help="training time, earlier starts included")
        if name != "judge":
            command.add_argument("--pause-after", type=float, default=1.0, help="stop at this share of it")
    commands.add_parser("export", help="write the pack from the newest checkpoints")
    command = commands.add_parser("evaluate", help="contact sheets and hit rates of the exported pack")
    command.add_argument("--count", type=int, default=80)
    command.add_argument("--steps", type=int, default=25)
    command.add_argument("--clamp-max", type=float, default=0.15)
    return parser


def main() -> None:
    args = _parser().parse_args()
    match args.command:
        case "all":
            _run_all()
        case "data":
            build_dataset()
        case "unet":
            train_denoiser("unet", args.minutes, small=0.24, odd=0.1, pause_after=args.pause_after)
        case "secondary":
            train_denoiser("secondary", args.minutes, small=0.0, odd=0.1, pause_after=args.pause_after)
        case "clip":
            train_clip(args.minutes, args.pause_after)
        case "judge":
            train_judge(args.minutes)
        case "export":
            export_pack()
        case "evaluate":
            evaluate(args.count, args.steps, args.clamp_max)


if __name__ == "__main__":
    main()
