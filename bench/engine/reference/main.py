"""One row of the table in torch: python main.py ROW FOLDER SECONDS. Prints one line of JSON."""

import json
import resource
import sys
import time

import torch

from clip import Clip
from guided_step import guided_step
from lpips import Lpips
from shared_numbers import read_numbers
from secondary import Secondary
from unet import Unet
from weights import channels_last, read_weights

torch.set_num_threads(int(sys.argv[4]))
torch.set_flush_denormal(True)


def by_input(x, f):
    """Gradient by x of the number f(x); weights need none."""
    x = x.detach().requires_grad_()

    return torch.autograd.grad(f(x), x)[0]


def rows(folder):
    given = lambda name, *shape: read_numbers(folder, name).reshape(shape)
    weights = lambda name, last: (channels_last if last else lambda w: w)(read_weights(f"{folder}/{name}.safetensors"))
    layout = lambda x, last: x.to(memory_format=torch.channels_last) if last else x

    def clip_net(name, last):
        visual = {k: w for k, w in weights(name, last).items() if k.startswith("visual.")}

        return Clip(visual)

    def clip(name, embed):
        def open_(last):
            net = clip_net(name, last)
            cuts, targets = layout(given("cuts", 16, 3, 224, 224), last), given("targets", 1, -1)[:, :embed]

            return lambda: by_input(cuts, lambda x: net.loss(x, targets))

        return open_

    def secondary(last):
        net = Secondary(weights("secondary", last))
        x, g = layout(given("x", 1, 3, 256, 256), last), given("g", 1, 3, 256, 256)

        return lambda: by_input(x, lambda v: (net(v, 0.6) * g).sum())

    def unet_forward(last):
        net = Unet(weights("unet", last))
        x = layout(given("x", 1, 3, 256, 256), last)

        def run():
            with torch.no_grad():
                return net(x, 333.25)

        return run

    def unet(last):
        net = Unet(weights("unet", last))
        x, g = layout(given("x", 1, 3, 256, 256), last), given("g", 1, 3, 256, 256)

        return lambda: by_input(x, lambda v: (net(v, 333.25) * g).sum())

    def lpips(last):
        net = Lpips(weights("lpips", last))
        x = layout(given("x", 1, 3, 256, 256), last)
        with torch.no_grad():
            reference = net.taps(layout(given("g", 1, 3, 256, 256), last))

        return lambda: by_input(x, lambda v: net.distance(v, reference))

    def step(last):
        networks = Unet(weights("unet", last)), Secondary(weights("secondary", last))
        targets = given("targets", 1, -1)
        clips = [(clip_net(name, last), targets[:, :embed]) for name, embed in (("vit", 512), ("rn50", 1024))]
        x = layout(given("x", 1, 3, 256, 256), last)

        return lambda: guided_step(x, *networks, clips)

    return {
        "step": step,
        "vit": clip("vit", 512),
        "rn50": clip("rn50", 1024),
        "secondary": secondary,
        "unet-forward": unet_forward,
        "unet": unet,
        "lpips": lpips,
    }


def best(run, seconds):
    """Shortest of the runs that fit into so many seconds, at least two."""
    run()
    times = []
    started = time.perf_counter()
    while len(times) < 2 or time.perf_counter() - started < seconds:
        before = time.perf_counter()
        run()
        times.append(time.perf_counter() - before)

    return min(times)


def main():
    row, folder, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    last = sys.argv[5] == "channels_last"
    if row == "gemm":
        a, b = torch.randn(2, 2048, 2048)
        with torch.no_grad():
            print(json.dumps({"seconds": best(lambda: a @ b, seconds), "peak": 0}))
        return
    run = rows(folder)[row](last)
    found = best(run, seconds)
    run().detach().contiguous().numpy().tofile(f"{folder}/{row}.theirs.f32")
    print(json.dumps({"seconds": found, "peak": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


main()
