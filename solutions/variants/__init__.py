"""Right answers in odd styles, one module per topic: what the tests have to accept. `VARIANTS` has those of all modules
imported so far.

A variant is a function with its exercise's signature, or a whole class; its name is its id, unique over the course, and
its docstring says what is odd about it. Methods on their own go by `self.parameters`, as the reference keeps them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T", bound=Callable[..., Any])


@dataclass(frozen=True)
class Variant:
    exercise: str  # as in `mistakes`; a class stands for its constructor and all its methods
    id: str
    sentence: str
    answer: Callable[..., Any]


VARIANTS: list[Variant] = []


def variant(exercise: str) -> Callable[[T], T]:
    """Put the function or class below among the variants."""

    def register(answer: T) -> T:
        VARIANTS.append(Variant(exercise, answer.__name__, " ".join((answer.__doc__ or "").split()), answer))
        return answer

    return register
