"""The class report's charts: numbers in, SVG images out, drawn by Matplotlib. Called by `report`.

The same numbers give the same bytes. States differ by hatching as well as by colour."""

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

LOOKS: Any = {"svg.fonttype": "none", "svg.hashsalt": "autograder", "font.size": 9, "hatch.linewidth": 0.6}
COLOURS = ("#2b6cb0", "#dd8452", "#8c8c8c", "#d9d9d9", "#b8a1cf")  # each is a darkness of its own, too
HATCHES = ("", "///", "xxx", "", "\\\\\\")  # dots would make 150 KB
WIDTH, ROW = 7.5, 0.19  # inches


def distribution(counts: Sequence[int], maximum: float) -> Markup:
    """How many students are in each band of the points, the lowest first, as the address of an image."""
    figure = Figure((WIDTH, 2.4), layout="constrained")
    axes = figure.add_subplot()
    width = maximum / len(counts)
    axes.bar([width * band for band in range(len(counts))], counts, width, align="edge", color=COLOURS[0], ec="white")
    axes.set(xlabel="points", ylabel="students", xlim=(0, maximum))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    return _image(figure)


def states(counts: Mapping[str, Mapping[str, int]], names: Sequence[str]) -> Markup:
    """For each exercise how many students are in which of the states `names`, as the address of an image."""
    with mpl.rc_context(LOOKS):
        figure = Figure((WIDTH, 1 + ROW * len(counts)), layout="constrained")
        axes = figure.add_subplot()
        begins = [0] * len(counts)
        for name, colour, hatch in zip(names, COLOURS, HATCHES, strict=True):
            widths = [found.get(name, 0) for found in counts.values()]
            label = name.replace("_", " ")
            axes.barh(list(counts), widths, left=begins, color=colour, hatch=hatch, edgecolor="white", label=label)
            begins = [begin + width for begin, width in zip(begins, widths, strict=True)]
        axes.margins(y=0.01)
        axes.invert_yaxis()
        axes.set(xlabel="students", xlim=(0, max(begins)))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.spines[["top", "right", "left"]].set_visible(False)
        figure.legend(loc="outside upper center", ncols=len(names), frameon=False)
    return _image(figure)


def _image(figure: Figure) -> Markup:
    text = io.BytesIO()
    with mpl.rc_context(LOOKS):
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return Markup("data:image/svg+xml;base64,") + base64.b64encode(b" ".join(text.getvalue().split())).decode("ascii")
