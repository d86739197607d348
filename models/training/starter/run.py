"""One resumable training run: a clock, a learning-rate curve, a CSV log, checkpoints, a progress line.

Progress is *training time spent / budget*, kept in the checkpoint. A run on a busy or slow
machine therefore sees fewer pictures, but always ends with a finished learning-rate decay.
"""

import csv
import math
import os
import time

import torch

from .paths import RUNS

LOG_EVERY = 20.0
LONGEST_STEP = 20.0  # seconds; what is beyond is a machine that slept, not training


class Run:
    def __init__(self, name: str, budget_minutes: float, flat: float = 0.25):
        self.folder = RUNS / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.name, self.budget, self.flat = name, budget_minutes * 60, flat
        self.spent, self.step, self.seen = 0.0, 0, 0
        self._tick = self._logged = time.monotonic()
        self._last: dict[str, float] = {}
        self._sums: dict[str, list[float]] = {}
        self._seen_at_log = 0

    @property
    def progress(self) -> float:
        return min(1.0, self.spent / self.budget)

    def learning_rate(self) -> float:
        """Factor: a short warm-up, flat, then a cosine to 2 %."""
        warm = min(1.0, (self.step + 1) / 40)
        p = max(0.0, (self.progress - self.flat) / (1 - self.flat))
        return warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * p)))

    def apply_learning_rate(self, optimisers) -> None:
        for optimiser in optimisers:
            for group in optimiser.param_groups:
                group.setdefault("initial_lr", group["lr"])
                group["lr"] = group["initial_lr"] * self.learning_rate()

    def advance(self, pictures: int, **values: float) -> None:
        """Books one optimiser step. A loss that is no number ends the run before it reaches the checkpoint."""
        if not all(math.isfinite(v) for v in values.values()):
            raise SystemExit(f"{self.name}: {values} at step {self.step}; the last checkpoint stands")
        now = time.monotonic()
        self.spent += min(now - self._tick, LONGEST_STEP)
        self._tick = now
        self.step += 1
        self.seen += pictures
        for key, value in values.items():
            self._sums.setdefault(key, []).append(float(value))
        if now - self._logged > LOG_EVERY:
            self._log(now)

    def _log(self, now: float) -> None:
        row = {"minutes": round(self.spent / 60, 2), "step": self.step, "seen": self.seen,
               **{k: round(sum(v) / len(v), 5) for k, v in self._sums.items()}}
        self.write_row("log.csv", row)
        rate = (self.seen - self._seen_at_log) / (now - self._logged)
        left = max(0.0, self.budget - self.spent) / 60
        words = "  ".join(f"{k} {v:.4g}" for k, v in row.items() if k not in ("minutes", "step", "seen"))
        print(f"{self.name}: {self.progress:5.1%}  seen {self.seen:,}  {rate:.0f}/s  {words}  {left:.0f} min left", flush=True)
        self._sums, self._logged, self._seen_at_log = {}, now, self.seen

    def write_row(self, file: str, row: dict) -> None:
        path = self.folder / file
        new = not path.exists()
        with open(path, "a", newline="") as out:
            writer = csv.DictWriter(out, row.keys())
            if new:
                writer.writeheader()
            writer.writerow(row)

    def pause_clock(self) -> None:
        """Called after work that is not training (a validation, a contact sheet)."""
        self._tick = time.monotonic()

    def due(self, what: str, seconds: float) -> bool:
        """True once per `seconds`."""
        now = time.monotonic()
        if now - self._last.setdefault(what, now) < seconds:
            return False
        self._last[what] = now
        return True

    def save(self, **state) -> None:
        path = self.folder / "checkpoint.pt"
        part = path.with_suffix(".part")
        torch.save({"spent": self.spent, "step": self.step, "seen": self.seen, **state}, part)
        os.replace(part, path)

    def load(self) -> dict | None:
        """State of an earlier start, or None."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return None
        state = torch.load(path, weights_only=True)
        self.spent, self.step, self.seen = state["spent"], state["step"], state["seen"]
        self._seen_at_log = self.seen
        return state
