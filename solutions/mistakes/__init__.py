"""Known mistakes: wrong answers, one module per topic, each with the sentence that a teacher would say. `MISTAKES` has
those of all modules imported so far. The tests are proved on them, and feedback names them.

A mistake is a function with its exercise's signature; its name is its id, unique over the course; its docstring is the
sentence: the cause and a first step, never the code. It may call right solutions of other exercises (`from mlp...`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T", bound=Callable[..., Any])


@dataclass(frozen=True)
class Mistake:
    exercise: str  # "activations.relu", "training.MLP.train"; "training.MLP" is a constructor: a function like __init__
    id: str
    sentence: str
    function: Callable[..., Any]


MISTAKES: list[Mistake] = []


def mistake(exercise: str) -> Callable[[T], T]:
    """Put the function below into the bank."""

    def register(function: T) -> T:
        MISTAKES.append(Mistake(exercise, function.__name__, " ".join((function.__doc__ or "").split()), function))
        return function

    return register
