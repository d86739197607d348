"""Exponential moving average of weights: what is exported."""

import copy

import torch

from .run import Run


class Average:
    def __init__(self, model: torch.nn.Module, decay: float = 0.995):
        self.model = copy.deepcopy(model).eval().requires_grad_(False)
        self.decay, self.updates = decay, 0

    @torch.no_grad()
    def update(self, model: torch.nn.Module) -> None:
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        for mine, theirs in zip(self.model.parameters(), model.parameters()):
            mine.lerp_(theirs, 1 - decay)
        for mine, theirs in zip(self.model.buffers(), model.buffers()):
            mine.copy_(theirs)  # means and variances of batch norms, which are averages already


def take_up(run: Run, model: torch.nn.Module, average: Average, optimisers) -> None:
    """Goes on from the run's checkpoint where there is one."""
    if not (state := run.load()):
        return
    model.load_state_dict(state["model"])
    average.model.load_state_dict(state["average"])
    average.updates = run.step
    for optimiser, saved in zip(optimisers, state["optimisers"]):
        optimiser.load_state_dict(saved)


def save(run: Run, model: torch.nn.Module, average: Average, optimisers) -> None:
    run.save(model=model.state_dict(), average=average.model.state_dict(), optimisers=[o.state_dict() for o in optimisers])
