"""Writes full-size checkpoints of random numbers, one per line of JSON on stdin, and answers each with a line.

A line names the key list (names and shapes), the container, the number format and where the file goes. The answer
holds the first and the last number of every tensor. Nothing is kept between lines, so memory and disk hold one
checkpoint at a time.
"""

import json
import math
import sys
import warnings
from collections import OrderedDict

import torch

warnings.filterwarnings("ignore", category=FutureWarning)

# Numbers are taken from one block of random ones, each tensor from another place of it.
length = 1 << 20
block = torch.randn(length, generator=torch.Generator().manual_seed(1)).repeat(2)


def tensor(shape, dtype, place):
    """Numbers of a size that keeps a network's activations finite."""
    count = math.prod(shape)
    start = place * 7919 % length
    part = block[start : start + min(count, length)]
    part = part / math.sqrt(count / shape[0]) if len(shape) > 1 else part * 0.1 + 1
    return part.to(dtype).repeat(-(-count // length))[:count].clone().reshape(shape)


def read_list(path, dtype):
    tensors = OrderedDict()
    for place, line in enumerate(open(path).read().strip().split("\n")):
        name, shape = line.split(" ", 1)
        whole = name.endswith("num_batches_tracked")
        tensors[name] = tensor(json.loads(shape), torch.int64 if whole else dtype, place)
    return tensors


class Part(torch.nn.Module):
    def forward(self, x: torch.Tensor):
        return x


def as_module(tensors):
    """The modules that these names describe."""
    root = Part()
    for name, value in tensors.items():
        *path, last = name.split(".")
        module = root
        for step in path:
            if step not in module._modules:
                module.add_module(step, Part())
            module = module._modules[step]
        module.register_buffer(last, value)
    return root.eval()


def save(tensors, container, path):
    if container == "zip":
        torch.save(tensors, path)
    elif container == "legacy":
        torch.save(tensors, path, _use_new_zipfile_serialization=False)
    elif container == "openclip":
        prefixed = OrderedDict((f"module.{name}", value) for name, value in tensors.items())
        torch.save({"epoch": 32, "name": "random", "state_dict": prefixed, "optimizer": {"state": {}}}, path)
    elif container == "torchscript":
        for number, name in enumerate(["input_resolution", "context_length", "vocab_size"]):
            tensors[name] = torch.tensor(number)
        torch.jit.save(torch.jit.script(as_module(tensors)), path)
    elif container == "huge":
        # More than 4 GB of nothing, so that what follows lies behind the reach of a plain zip.
        torch.save({"nothing": torch.zeros((1 << 32) + 1000, dtype=torch.uint8), **tensors}, path)
    else:
        raise ValueError(container)


def main():
    print(torch.__version__, flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        tensors = read_list(job["keys"], getattr(torch, job["dtype"]))
        ends = {name: [value.flatten()[0].item(), value.flatten()[-1].item()] for name, value in tensors.items()}
        save(tensors, job["container"], job["path"])
        del tensors
        print(json.dumps(ends), flush=True)


if __name__ == "__main__":
    main()
