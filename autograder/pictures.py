"""What a hidden test shows people of a submission: values that came back from the sandbox, small enough to stand in
results.json. A test asks for `pictures`; `session` keeps what it showed, `drawing` makes SVG of it.

The values are a student's, so anything may come. What can't be drawn is left out, and no test fails of it."""

import base64
import contextlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.kit.check import CheckFailed
from autograder.kit.student import CallFailed
from autograder.verdict import Picture

Array = np.ndarray[Any, np.dtype[Any]]

SIDE = 40  # of the grid under a decision boundary
MOST = 1000  # points of a picture, or of one curve
MARGIN = 0.5  # round the points of a decision boundary, in their units
EXACT = -16.0  # the power of ten that stands for no error at all


class Pictures:
    """The `pictures` of one run of a test."""

    def __init__(self) -> None:
        self.shown: list[Picture] = []

    def points(self, title: str, X: Any, y: Any) -> None:
        """Points of two classes: X of shape (n, 2), y of 0 and 1 of shape (n,)."""
        if classes := _classes(X, y):
            self._show("points", title, classes)

    def curves(self, title: str, curves: Mapping[str, Any]) -> None:
        """Numbers in their order, such as a loss by epoch: one line a name."""
        numbers = {name: _numbers(values, 1) for name, values in curves.items()}
        self._show("curves", title, {name: values for name, values in numbers.items() if values is not None})

    def boundary(self, title: str, predict: Callable[[Array], Any], X: Array, y: Array) -> None:
        """Where `predict` says 1 rather than 0, round the points X (n, 2) of classes y.

        It gets samples as columns, shape (2, m), and gives a probability for each, shape (m,)."""
        (left, low), (right, high) = X.min(axis=0) - MARGIN, X.max(axis=0) + MARGIN
        grid = np.meshgrid(np.linspace(left, right, SIDE), np.linspace(low, high, SIDE))
        with contextlib.suppress(CallFailed, CheckFailed):
            values = _numbers(predict(np.reshape(grid, (2, -1))), 1)
            if values is not None and values.size == SIDE**2:
                extent = np.array([left, right, low, high])
                self._show("boundary", title, {"grid": values, "extent": extent, **_classes(X, y)})

    def errors(self, title: str, got: Any, want: list[tuple[Array, Array]], names: tuple[str, str]) -> None:
        """The relative error of each array of `got`, one pair a layer, as its power of ten; nan: not comparable."""
        pairs = got if isinstance(got, (list, tuple)) and len(got) == len(want) else [None] * len(want)
        found = {}
        for layer, (pair, right) in enumerate(zip(pairs, want, strict=True), start=1):
            given = pair if isinstance(pair, (list, tuple)) and len(pair) == len(names) else [None] * len(names)
            for name, value, expected in zip(names, given, right, strict=True):
                found[f"{name} of layer {layer}"] = np.array([_power(value, expected)])
        self._show("errors", title, found)

    def _show(self, kind: str, title: str, series: Mapping[str, Array]) -> None:
        if series:
            packed = {name: pack(values) for name, values in series.items()}
            self.shown.append(Picture(kind, title, packed))


def pack(values: Array) -> str:
    """Numbers as text: in half precision, which is finer than a pixel."""
    with np.errstate(over="ignore"):
        return base64.b64encode(np.ravel(values).astype("<f2").tobytes()).decode("ascii")


def unpack(text: str) -> Array:
    return np.frombuffer(base64.b64decode(text), "<f2").astype(float)


def _classes(X: Any, y: Any) -> dict[str, Array]:
    """The points of class 0 and of class 1; nothing where it isn't that."""
    points, labels = _numbers(X, 2), _numbers(y, 1)
    if points is None or labels is None or points.shape != (labels.size, 2):
        return {}
    return {f"class {label}": points[labels == label] for label in (0, 1)}


def _numbers(value: Any, dimensions: int) -> Array | None:
    """At most MOST finite or infinite real numbers, or rows of them, along the first axis."""
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):
        return None
    if array.ndim != dimensions or array.dtype.kind not in "biuf" or not array.size:
        return None
    return array[:: 1 + (len(array) - 1) // max(MOST, SIDE**2)].astype(float)


def _power(value: Any, expected: Array) -> float:
    """log10 of |value - expected| / (|value| + |expected|), by Euclidean norms."""
    array = _numbers(value, expected.ndim)
    if array is None or array.shape != expected.shape or not np.isfinite(array).all():
        return float("nan")
    size = np.linalg.norm(array) + np.linalg.norm(expected)
    error = np.linalg.norm(array - expected) / size if size else 0.0
    return float(np.log10(error)) if error else EXACT
