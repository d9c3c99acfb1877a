"""Two arrays in, one sentence out about how they differ: only what is certain from their numbers. Called by `check`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

RATIOS = {2.0: "2 times too large", 0.5: "half of what it should be", -1.0: "right but for its sign"}


def hint_about(got: NDArray[Any], want: NDArray[Any]) -> str:
    """A sentence about how two arrays of numbers differ, or "" where nothing simple does it."""
    if got.shape != want.shape:
        return _about_shapes(got, want)
    if got.size < 2:
        return ""
    if not np.any(got):
        return "Every entry is 0."
    if got.ndim == 2 and got.shape[0] == got.shape[1] and _close(got.T, want):
        return "It is the transpose of what is asked."
    if ratio := _ratio(got, want):
        return _about_ratio(ratio, want)
    if got.ndim == want.ndim and (moved := _about_places(got, want)):
        return moved
    difference = got - want
    if _close(difference, np.full(got.shape, difference.flat[0])):
        return f"Every entry is {abs(difference.flat[0]):.4g} too {'large' if difference.flat[0] > 0 else 'small'}."
    return ""


def _about_places(got: NDArray[Any], want: NDArray[Any]) -> str:
    """The right numbers at other places: shifted by one, turned round, or in another order."""
    what = "row" if got.ndim == 2 else "entry"
    if _close(got, want):  # nothing is at another place
        return ""
    if len(got) > 2 and _close(got[1:], want[:-1]):
        return f"Each {what} is what the {what} before it should be: all come one too late."
    if len(got) > 2 and _close(got[:-1], want[1:]):
        return f"Each {what} is what the {what} after it should be: all come one too early."
    if _close(got[::-1], want):
        return f"The {'rows' if got.ndim == 2 else 'entries'} are right, but in reversed order."
    if _close(np.sort(got, axis=None), np.sort(want, axis=None)):
        return "The numbers are right, but stand at other places."
    return ""


def _about_shapes(got: NDArray[Any], want: NDArray[Any]) -> str:
    if got.ndim == 2 and got.shape == want.shape[::-1] and _close(got.T, want):
        return "It is the transpose of what is asked."
    if got.size == want.size and _close(got.ravel(), want.ravel()):
        return "The numbers are right, the shape is not."
    return about_shape(got.shape, want.shape)


def about_shape(got: tuple[int, ...], want: tuple[int, ...]) -> str:
    """A sentence about two shapes alone."""
    if len(want) > len(got) and tuple(n for n in want if n != 1) == tuple(n for n in got if n != 1):
        return "An axis of length 1 is missing."
    if len(want) == 2 and got == want[::-1]:
        return "It has the shape of the transpose."
    if len(want) == len(got) == 2 and sum(a != b for a, b in zip(got, want, strict=True)) == 1:
        axis = 0 if got[0] != want[0] else 1
        if abs(got[axis] - want[axis]) == 1 and min(got[axis], want[axis]) > 1:
            return f"There is one {('row', 'column')[axis]} too {'many' if got[axis] > want[axis] else 'few'}."
    if len(want) == len(got) == 2 and max(got) > 1 < max(want) and 1 in (want[0] * got[1], want[1] * got[0]):
        return "Is a sum or mean taken along the other axis?"
    return ""


def _ratio(got: NDArray[Any], want: NDArray[Any]) -> float:
    """The number that want was multiplied by, or 0.0 where there is none. Only two entries or more can show it."""
    there = want != 0
    if np.sum(there) < 2 or np.any(got[~there]):
        return 0.0
    ratios = got[there] / want[there]
    constant = _close(ratios, np.full(ratios.shape, ratios[0])) and abs(ratios[0] - 1) > 1e-3
    return float(ratios[0]) if constant else 0.0


def _about_ratio(ratio: float, want: NDArray[Any]) -> str:
    for known, sentence in RATIOS.items():
        if abs(ratio - known) <= 1e-7:
            return f"Every entry is {sentence}."
    times, too = (ratio, "large") if abs(ratio) > 1 else (1 / ratio, "small")
    if ratio < 0 or times > 1e6 or abs(times - round(times)) > 1e-6 * times:
        return f"Every entry is {ratio:.4g} times what it should be."
    note = f" {round(times)} is the number of columns." if want.ndim == 2 and round(times) == want.shape[1] else ""
    return f"Every entry is {round(times)} times too {too}.{note}"


def _close(a: NDArray[Any], b: NDArray[Any]) -> bool:
    scale = float(np.max(np.abs(b), initial=0.0))
    return a.shape == b.shape and bool(np.all(np.abs(a - b) <= 1e-7 * np.abs(b) + 1e-12 * scale))
