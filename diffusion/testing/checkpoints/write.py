"""Writes the small checkpoints of this folder: the same tensors in every container that weights come in.

    pip install torch safetensors numpy && python write.py
"""

import argparse
import io
import json
import struct
import zipfile
from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file

folder = Path(__file__).parent


def tensors():
    """Every number format and every layout that a reader has to know."""
    weight = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4) * 0.5 - 3
    return OrderedDict(
        {
            "block.weight": weight,
            "block.tied": weight[1],
            "block.fp16": torch.tensor([0.1, -2, 65504, 6e-8], dtype=torch.float16),
            "block.bf16": torch.tensor([0.1, -2, 3e38], dtype=torch.bfloat16),
            "turned.weight": torch.arange(6, dtype=torch.float32).reshape(3, 2).t(),
            "turned.picture": torch.arange(24, dtype=torch.float16)
            .reshape(2, 3, 2, 2)
            .to(memory_format=torch.channels_last),
            "scale": torch.tensor(2.5),
            "fp64": torch.tensor([0.1, 1e-300], dtype=torch.float64),
            "steps": torch.tensor(7),
            "nothing": torch.zeros(0, 3),
        }
    )


class Part(torch.nn.Module):
    def __init__(self, items):
        super().__init__()
        for name, value in items:
            self.register_buffer(name, value)

    def forward(self, x: torch.Tensor):
        return x


class Network(torch.nn.Module):
    """The tensors as the modules their names suggest."""

    def __init__(self):
        super().__init__()
        everything = tensors()
        parts = ("block", "turned")
        for part in parts:
            inside = [(name[len(part) + 1 :], t) for name, t in everything.items() if name.startswith(part)]
            setattr(self, part, Part(inside))
        for name, value in everything.items():
            if not name.startswith(parts):
                self.register_buffer(name, value)

    def forward(self, x: torch.Tensor):
        return self.turned(self.block(x))


def prefixed(values):
    return OrderedDict((f"module.{name}", value) for name, value in values.items())


def training(values):
    """What training programs leave behind: weights, averaged weights, and the optimizer's."""
    later = OrderedDict((name, value + 1) for name, value in values.items())
    return {
        "epoch": 3,
        "args": argparse.Namespace(lr=0.1, name="tiny"),
        "state_dict": prefixed(later),
        "ema": prefixed(values),
        "optimizer": {"state": {0: {"exp_avg": torch.zeros(2)}}, "param_groups": [{"lr": 0.1, "params": [0]}]},
    }


def as_zip64(data):
    """The same zip with every length and place in its zip64 form, as PyTorch writes files of more than 4 GB."""
    source = zipfile.ZipFile(io.BytesIO(data))
    directory = b""
    for info in source.infolist():
        name = info.filename.encode()
        extra = struct.pack("<HHQQQ", 1, 24, info.file_size, info.file_size, info.header_offset)
        directory += struct.pack(
            "<IHHHHHHIIIHHHHHII",
            0x02014B50, 45, 45, 0, 0, 0, 0, info.CRC, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra), 0, 0, 0, 0, 0xFFFFFFFF,
        ) + name + extra  # fmt: skip
    body = data[: source.start_dir]
    count = len(source.infolist())
    end64 = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, len(directory), len(body))
    locator = struct.pack("<IIQI", 0x07064B50, 0, len(body) + len(directory), 1)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return body + directory + end64 + locator + end


def main():
    values = tensors()
    torch.save(values, folder / "zip.pt")
    (folder / "zip64.pt").write_bytes(as_zip64((folder / "zip.pt").read_bytes()))
    torch.save(values, folder / "protocol4.pt", pickle_protocol=4)
    torch.save(values, folder / "legacy.pth", _use_new_zipfile_serialization=False)
    torch.jit.save(torch.jit.script(Network().eval()), str(folder / "torchscript.pt"))
    torch.save(Network().eval(), folder / "module.pt")
    torch.save(training(values), folder / "training.pt")
    torch.save(training(values), folder / "training-legacy.pth", _use_new_zipfile_serialization=False)
    save_file({name: value.clone().contiguous() for name, value in values.items()}, folder / "plain.safetensors")

    expected = {
        name: {"shape": list(value.shape), "values": value.double().flatten().tolist()} for name, value in values.items()
    }
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
