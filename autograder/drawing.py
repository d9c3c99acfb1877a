"""Pictures as SVG: the values that a verdict kept in, a figure for a page out. Called by `feedback`.

By hand and not by Matplotlib: a class of a thousand takes seconds instead of minutes, and the page's own colours, light
or dark, reach into the figure. Classes differ by shape as well as by colour, lines by their dashes."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any

import contourpy
import numpy as np
from markupsafe import Markup

from autograder.pictures import EXACT, SIDE, unpack
from autograder.verdict import Picture

Array = np.ndarray[Any, np.dtype[Any]]

WIDTH, HEIGHT, EDGE = 320, 240, 10
LABELS, FIGURES = 110, 90  # left and right of the bars
ROW = 22
HALF = 0.5  # the probability at which the boundary is
BANDS = ((0, (-0.01, HALF)), (0, (-0.01, 0.25)), (1, (HALF, 1.01)), (1, (0.75, 1.01)))  # tints, two where it is sure
FEWEST_DIGITS = 5  # that a right gradient shares with the slopes


def figure(picture: Picture) -> Markup:
    """A <figure> with its caption."""
    series = {name: unpack(values) for name, values in picture.series.items()}
    shapes, height, says = DRAWN[picture.kind](series)
    return Markup(
        '<figure><svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg><figcaption>{}. {}</figcaption></figure>'
    ).format(WIDTH, height, f"{picture.title}. {says}", Markup("").join(shapes), picture.title, says)


def _points(series: Mapping[str, Array]) -> tuple[Iterable[Markup], int, str]:
    classes = [_rows(values) for values in series.values()]
    everything = np.concatenate(classes)
    if not len(everything):
        return [], EDGE, "None of them is a finite number."
    (left, low), (right, high) = everything.min(axis=0), everything.max(axis=0)
    place = _placing(left, right, low, high)
    return _dots(classes, place), HEIGHT, _named([len(points) for points in classes])


def _boundary(series: Mapping[str, Array]) -> tuple[Iterable[Markup], int, str]:
    left, right, low, high = series["extent"]
    place = _placing(left, right, low, high, edge=0)
    grid = np.nan_to_num(np.clip(series["grid"], 0, 1), nan=0.5).reshape(SIDE, SIDE)
    contours: Any = contourpy.contour_generator(
        np.linspace(left, right, SIDE),
        np.linspace(low, high, SIDE),
        grid,
        line_type="Separate",
        fill_type="OuterOffset",
    )
    shapes = []
    for label, (lower, upper) in BANDS:
        rings = [
            polygon[begin:end]
            for polygon, places in zip(*contours.filled(lower, upper), strict=True)
            for begin, end in pairwise(places)
        ]
        shapes.append(_path(f"area{label}", "".join(f"{_line(place(ring))}Z" for ring in rings)))
    shapes.append(_path("line", "".join(_line(place(line)) for line in contours.lines(HALF))))
    classes = [_rows(series[f"class {label}"]) for label in (0, 1)]
    share = float(np.mean(grid > HALF))
    says = f"It says 1 in {share:.0%} of the picture. {_named([len(points) for points in classes])}"
    return [*shapes, *_dots(classes, place)], HEIGHT, says


def _curves(series: Mapping[str, Array]) -> tuple[Iterable[Markup], int, str]:
    finite = np.concatenate([values[np.isfinite(values)] for values in series.values()])
    if not finite.size:
        return [], EDGE, "None of the values is a finite number."
    low, high = float(finite.min()), float(finite.max())
    longest = max(map(len, series.values()))
    place = _placing(0, max(longest - 1, 1), low, high if high > low else low + 1)
    shapes, says = [], []
    for number, (name, values) in enumerate(series.items()):
        points = np.column_stack([np.arange(len(values)), values])
        shapes.append(_path(f"curve{number}", _line(place(points[np.isfinite(values)]))))
        says.append(f"{name} dashed" if number else f"{name} solid, from {values[0]:.3g} to {values[-1]:.3g}")
    text = "; ".join(says)  # the numbers of the student's curve alone: others are expected values
    return shapes, HEIGHT, f"{text[:1].upper()}{text[1:]}."


def _errors(series: Mapping[str, Array]) -> tuple[Iterable[Markup], int, str]:
    """Bars over the digits that are right, so that a short one is a bad one."""
    shapes: list[Markup] = []
    for number, (name, (power,)) in enumerate(series.items()):
        middle, digits = ROW * number + ROW // 2, min(-power, -EXACT)
        text = "no array of this shape" if np.isnan(power) else "0" if power <= EXACT else f"{10.0**power:.0e}"
        length = 0 if np.isnan(power) else max(2.0, (WIDTH - LABELS - FIGURES) * digits / -EXACT)
        wrong = np.isnan(power) or digits < FEWEST_DIGITS
        says = f"✗ {text}" if wrong else text
        shapes.append(_text(4, middle + 5, name))
        shapes.append(_path(f"bar{int(not wrong)}", f"M{LABELS} {middle}h{length:g}"))
        shapes.append(_text(LABELS + length + 8, middle + 5, says))
    return shapes, ROW * len(series), "Relative errors; the longer the bar, the more digits are right."


DRAWN: dict[str, Callable[[Mapping[str, Array]], tuple[Iterable[Markup], int, str]]] = {
    "points": _points,
    "curves": _curves,
    "boundary": _boundary,
    "errors": _errors,
}


def _named(counts: list[int]) -> str:
    return f"Dots: {counts[0]} points of class 0; dashes: {counts[1]} of class 1."


def _rows(values: Array) -> Array:
    """Points whose coordinates are finite."""
    points = values.reshape(-1, 2)
    return points[np.isfinite(points).all(axis=1)]


def _placing(left: float, right: float, low: float, high: float, edge: int = EDGE) -> Callable[[Array], Array]:
    """From the data's coordinates to the figure's, in half pixels."""
    scale = np.array([(WIDTH - 2 * edge) / ((right - left) or 1), (HEIGHT - 2 * edge) / ((high - low) or 1)])
    return lambda points: np.rint(2 * (edge + (points - [left, high]) * [1, -1] * scale)) / 2


def _line(points: Array) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points.tolist()) if len(points) else ""


def _dots(classes: list[Array], place: Callable[[Array], Array]) -> Iterable[Markup]:
    for label, points in enumerate(classes):
        yield _path(f"dots{label}", "".join(f"M{x:g} {y:g}h{4 * label}" for x, y in place(points).tolist()))


def _path(kind: str, path: str) -> Markup:
    return Markup('<path class="{}" d="{}"/>').format(kind, path)


def _text(x: float, y: float, text: str) -> Markup:
    return Markup('<text x="{}" y="{}">{}</text>').format(f"{x:g}", f"{y:g}", text)
