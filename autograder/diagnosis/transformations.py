"""Wrong answers that nobody wrote down, whatever the formula: a right answer that gets other arguments than were handed
over. Called by `naming`."""

import inspect
import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from autograder.diagnosis.bank import Answer

Change = Callable[[Any], Any]  # of one argument


class NotSo(Exception):  # noqa: N818
    """An argument that can't be changed in this way."""


def transformations(right: Answer, is_method: bool, words: Sequence[str]) -> Iterator[tuple[str, Answer]]:
    """(family, answer): `right` with each argument changed in each way. `words`: what lists of text are made of."""
    defaults = inspect.signature(right).parameters
    names = list(defaults)[is_method:]
    for name in names:
        for family, change in CHANGES:
            yield family, _with(right, {name: (name, change)})
        for one, other in itertools.permutations(words, 2):
            yield "activation", _with(right, {name: (name, _words({one: other}))})
        for word in words:
            yield "activation", _with(right, {name: (name, _words(dict.fromkeys(words, word)))})
        if (default := defaults[name].default) is not inspect.Parameter.empty:
            yield "argument", _with(right, {name: (name, partial(_instead, default))})
    for one, other in itertools.permutations(names, 2):
        yield "argument", _with(right, {one: (other, _same)})
        if one < other:
            yield "argument", _with(right, {one: (other, _same), other: (one, _same)})


def _same(value: Any) -> Any:
    return value


def _instead(other: Any, value: Any) -> Any:
    return other


def _with(right: Answer, makers: dict[str, tuple[str, Change]]) -> Answer:
    """`right`, where arguments are made of those of these names by these changes."""
    signature = inspect.signature(right)

    def answer(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        given = dict(bound.arguments)
        for name, (source, change) in makers.items():
            bound.arguments[name] = change(given[source])
        return right(*bound.args, **bound.kwargs)

    return answer


def _array(change: Callable[[Any], Any]) -> Change:
    def changed(value: Any) -> Any:
        if not isinstance(value, np.ndarray):
            raise NotSo
        return change(value)

    return changed


def _pairs(change: Callable[[Any, Any], tuple[Any, Any]]) -> Change:
    def changed(value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(pair, tuple) for pair in value):
            raise NotSo
        return [change(*pair) for pair in value]

    return changed


def _entries(change: Callable[[Any], Any]) -> Change:
    def changed(value: Any) -> Any:
        if not isinstance(value, list) or len(value) < 2:
            raise NotSo
        return change(value)

    return changed


def _words(instead: dict[str, str]) -> Change:
    def changed(value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise NotSo
        return [instead.get(word, word) for word in value]

    return changed


def _number(change: Callable[[Any], Any]) -> Change:
    def changed(value: Any) -> Any:
        if type(value) not in (int, float):
            raise NotSo
        return change(value)

    return changed


CHANGES: list[tuple[str, Change]] = [
    ("transpose", _array(lambda x: x.T)),
    ("sign", _array(lambda x: -x)),
    ("argument", _array(lambda x: np.zeros_like(x))),
    ("argument", _array(lambda x: 1 - x)),
    ("axis", _array(lambda x: np.full(x.shape, x.sum()))),
    ("axis", _array(lambda x: np.full(x.shape, x.mean()))),
    ("axis", _array(lambda x: x[:, :1] + 0 * x)),
    ("step", _array(np.round)),
    ("term", _pairs(lambda W, b: (W, 0 * b))),
    ("transpose", _pairs(lambda W, b: (W.T, b))),
    ("layer", _entries(lambda x: x[::-1])),
    ("layer", _entries(lambda x: [*x[1:], x[0]])),
    ("layer", _entries(lambda x: [x[-1], *x[:-1]])),
    ("layer", _entries(lambda x: [x[0]] * len(x))),
    ("layer", _entries(lambda x: [x[-1]] * len(x))),
    ("bound", _number(lambda n: n + 1)),
    ("bound", _number(lambda n: n - 1)),
    ("factor", _number(lambda n: 2 * n)),
    ("factor", _number(lambda n: n / 2)),
    ("sign", _number(lambda n: -n)),
    ("term", _number(lambda n: n * n)),
    ("term", _number(lambda n: abs(n) ** 0.5)),
]
