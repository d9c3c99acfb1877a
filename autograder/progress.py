"""How far a command is, on stderr, where that is a terminal. Called by `batch` and `gradebook`."""

import sys
import time
from collections import deque

WIDTH = 20  # of the bar
RECENT = 50  # steps that the rate is taken from: what --resume finds done already goes by at once


class Progress:
    """A bar, a count of what failed, the rate, and the time left."""

    def __init__(self, total: int, what: str):
        self.total, self.what = total, what
        self.done = self.failed = 0
        self._times = deque([time.monotonic()], RECENT + 1)  # a clock that nobody sets

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *exception: object) -> None:
        if sys.stderr.isatty() and self.done:
            print(file=sys.stderr)

    def step(self, *, failed: bool) -> None:
        self.done += 1
        self.failed += failed
        self._times.append(time.monotonic())
        if sys.stderr.isatty():
            print(f"\r{self}\x1b[K", end="", file=sys.stderr, flush=True)

    def __str__(self) -> str:
        filled = WIDTH * self.done // self.total
        rate = (len(self._times) - 1) / max(self._times[-1] - self._times[0], 1e-9)
        left = f", {(self.total - self.done) / rate:.0f} s left" if self.done < self.total else ""
        return (
            f"[{'#' * filled}{'.' * (WIDTH - filled)}] {self.done}/{self.total} {self.what}, {self.failed} failed, "
            f"{rate:.1f}/s{left}"
        )
