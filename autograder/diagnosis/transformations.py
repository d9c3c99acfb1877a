"""Wrong answers that nobody wrote down, whatever the formula: a right answer that gets other arguments than were handed
over. Called by `naming`."""

import inspect
import itertools
from collections.abc import Callable, Iterator, Sequence
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
            yield family, _with(right, {name: lambda given, name=name, change=change: change(given[name])})  # type: ignore[misc]
        for one, other in itertools.permutations(words, 2):
            change = _names(lambda word, one=one, other=other: other if word == one else word)  # type: ignore[misc]
            yield "activation", _with(right, {name: lambda given, name=name, change=change: change(given[name])})  # type: ignore[misc]
        for word in words:
            change = _names(lambda _, word=word: word)  # type: ignore[misc]
            yield "activation", _with(right, {name: lambda given, name=name, change=change: change(given[name])})  # type: ignore[misc]
        if (default := defaults[name].default) is not inspect.Parameter.empty:
            yield "argument", _with(right, {name: lambda given, default=default: default})  # type: ignore[misc]
    for one, other in itertools.permutations(names, 2):
        taken = {one: lambda given, other=other: given[other]}
        yield "argument", _with(right, taken)  # type: ignore[arg-type]
        if one < other:
            yield "argument", _with(right, {**taken, other: lambda given, one=one: given[one]})  # type: ignore[misc]


def _with(right: Answer, makers: dict[str, Callable[[dict[str, Any]], Any]]) -> Answer:
    signature = inspect.signature(right)

    def answer(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        given = dict(bound.arguments)
        for name, make in makers.items():
            bound.arguments[name] = make(given)
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


def _names(change: Callable[[str], str]) -> Change:
    def changed(value: Any) -> Any:
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise NotSo
        return list(map(change, value))

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
