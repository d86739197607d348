"""Safetensors files of float32 or float16 as float32 torch tensors, by name."""

import json

import numpy
import torch

KINDS = {"F32": numpy.float32, "F16": numpy.float16}


def read_weights(path: str) -> dict[str, torch.Tensor]:
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    data = numpy.memmap(path, mode="c", dtype=numpy.uint8, offset=8 + length)
    weights = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        # copied out of the file: torch is slower on unaligned memory
        numbers = data[start:end].view(KINDS[entry["dtype"]]).astype(numpy.float32)
        weights[name] = torch.from_numpy(numbers).reshape(entry["shape"])

    return weights


def channels_last(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {
        name: weight.to(memory_format=torch.channels_last) if weight.dim() == 4 else weight
        for name, weight in weights.items()
    }
