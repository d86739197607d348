"""Numbers both sides read from the same files."""

import numpy
import torch


def read_numbers(folder: str, name: str) -> torch.Tensor:
    return torch.from_numpy(numpy.fromfile(f"{folder}/{name}.f32", numpy.float32))
