"""Mistakes held back: written down before the diagnosis was, mostly from what people got wrong, and never tuned to.
They measure how many mistakes that nobody planned for are caught, named rightly and named wrongly.

A held-back mistake is a function with its exercise's signature, as in `solutions/mistakes`. Its docstring is the cause.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T", bound=Callable[..., Any])

FAMILIES = {
    "factor": "right but for a constant factor: 1/m missing or twice, 2, 1/2, another count",
    "sign": "right but for its sign",
    "transpose": "a transpose missing, too many, or on the wrong matrix",
    "term": "a term or factor of the formula left out, or one too many",
    "layer": "a layer left out, or another layer's value in place of the right one",
    "step": "a value of an earlier or later step: before or after an update, an epoch too many or too few",
    "activation": "before for after an activation or the reverse, one applied twice or left out, or another function",
    "argument": "an argument ignored, or another one used in its place",
    "axis": "summed, averaged or measured along the wrong axis, not at all, or over everything",
    "bound": "off by one, an end point, or an edge: >= for >, an odd number",
    "constant": "another number than the one that is asked for",
    "order": "parts returned or taken in another order",
}


@dataclass(frozen=True)
class HeldBack:
    exercise: str  # "backprop.backward", "training.MLP.train"
    name: str
    cause: str
    right: frozenset[str]  # ids of known mistakes, and families, that would name this cause; empty: none could
    source: str  # where somebody made it: an address, or "invented"
    function: Callable[..., Any]


HELD_BACK: list[HeldBack] = []


def held_back(exercise: str, *, right: set[str], source: str) -> Callable[[T], T]:
    """Put the function below on the list."""

    def register(function: T) -> T:
        cause = " ".join((function.__doc__ or "").split())
        HELD_BACK.append(HeldBack(exercise, function.__name__, cause, frozenset(right), source, function))
        return function

    return register
