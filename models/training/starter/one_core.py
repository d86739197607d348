"""Processor settings of every command."""

import torch


def use_one_core() -> None:
    """One thread, so that two parts train side by side. Subnormal numbers count as zero: the secondary
    model's ReLUs make so many of them late in training that it slows down eightfold otherwise."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
