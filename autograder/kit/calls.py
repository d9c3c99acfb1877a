"""One call of student code: a function and its arguments in, an `Outcome` of plain values out. The same in a student's
own process (`student.LocalBackend`) and in the sandbox's worker; what it notes is read by the tests that ask for it."""

from __future__ import annotations

import contextlib
import inspect
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

__tracebackhide__ = True  # pytest's own output begins where the student's code or the test is
MAX_DEPTH = 32
MAX_NODES = 100_000
KEPT_RESULTS = 3  # per function
MAX_TEXT = 500
MAX_OUTPUT = 2_000

_ATOMS = (type(None), bool, int, float, complex, str, bytes)
_DATA = "biufcSU"  # kinds of NumPy data that are plain values
_SCALARS = frozenset(t for t in np.sctypeDict.values() if np.dtype(t).kind in _DATA)


class Unsendable(ValueError):  # noqa: N818
    """A value too large or too deep to copy."""


@dataclass(frozen=True, eq=False)
class Handle:
    """Stands for an object that stays where it was made. Equals nothing but itself."""

    id: int
    type_name: str


@dataclass(frozen=True)
class Notes:
    """What a call did besides returning."""

    changed_arguments: tuple[str, ...] = ()
    changed_results: bool = False  # an earlier result of the same function
    output: str = ""  # how what it printed begins; for teachers, and in no feedback
    warned: tuple[str, ...] = ()  # "RuntimeWarning: overflow encountered in exp"

    @property
    def printed(self) -> bool:
        return bool(self.output)


@dataclass(frozen=True)
class Error:
    """Why a call gave no value. `kind`: raised, not_started, missing, timeout, memory, crashed or unsendable."""

    kind: str
    type_names: tuple[str, ...]  # of the exception and the classes above it
    message: str
    trace: str = ""  # the traceback, where a worker made the call; for teachers, and in no feedback


@dataclass(frozen=True)
class Outcome:
    value: Any
    error: Error | None
    notes: Notes
    exception: BaseException | None = field(default=None, repr=False, compare=False)  # never leaves its process


class Recorder:
    """Calls functions; keeps objects behind handles, and the last results of each function."""

    def __init__(self, classes: Callable[[], Mapping[str, object]] = dict) -> None:
        """`classes` gives what handles of their objects are called after, whatever else these classes are called."""
        self.objects: dict[int, object] = {}
        self._classes = classes
        self._results: dict[str, deque[tuple[Any, Any]]] = {}  # what was returned, and how it was then

    def call(self, key: str, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Outcome:
        """`function(*args, **kwargs)`. The arguments must be the caller's to lose; `key` names the function."""
        before = plain((args, kwargs), {})
        results = self._results.setdefault(key, deque(maxlen=KEPT_RESULTS))
        returned, outcome = self._run(lambda: function(*args, **kwargs))
        changed = [not _unchanged(now, then) for now, then in results]
        notes = Notes(
            _changed_arguments(function, (args, kwargs), before),
            any(changed),
            outcome.notes.output,
            outcome.notes.warned,
        )
        if outcome.error is None:
            results.append((returned, plain(outcome.value, {})))
        return Outcome(outcome.value, outcome.error, notes, outcome.exception)

    def read(self, handle_id: int, name: str) -> Outcome:
        """An attribute of a kept object."""
        return self._run(lambda: getattr(self.objects[handle_id], name))[1]

    def _run(self, action: Callable[[], Any]) -> tuple[Any, Outcome]:
        """What the action returned, and the outcome that says it in plain values."""
        returned, value, error, exception = None, None, None, None
        stdout = _Listener(sys.stdout)
        with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(stdout):
            warnings.simplefilter("always")
            try:
                returned = action()
                value = _Copier(self.objects, self._classes).copy(returned, 0)
            except KeyboardInterrupt:
                raise
            except BaseException as problem:  # SystemExit too: nothing that a student calls may end the tests
                error, exception = error_of(problem), problem
        return returned, Outcome(value, error, Notes((), False, stdout.heard, _warned(caught)), exception)


def error_of(problem: BaseException) -> Error:
    """An exception as plain text."""
    if isinstance(problem, Unsendable):
        kind = "unsendable"
    elif isinstance(problem, NotImplementedError):
        kind = "not_started"
    else:
        kind = "memory" if isinstance(problem, MemoryError) else "raised"
    names = tuple(str(base.__name__) for base in type(problem).__mro__ if base is not object)
    return Error(kind, names, _text(problem))


def plain(value: Any, objects: dict[int, object]) -> Any:
    """A deep copy made of atoms, NumPy scalars and arrays, tuples, lists and dicts; all else becomes a Handle, kept in
    `objects`. Unsendable if it is nested too deeply or has too many parts."""
    return _Copier(objects).copy(value, 0)


class _Copier:
    def __init__(self, objects: dict[int, object], classes: Callable[[], Mapping[str, object]] = dict):
        self.objects, self.classes, self.nodes = objects, classes, 0

    def copy(self, value: Any, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise Unsendable(f"a value with more than {MAX_NODES} parts")
        kind = type(value)
        if kind in _ATOMS or kind in _SCALARS:
            return value
        if kind is np.ndarray and value.dtype.kind in _DATA:
            return value.copy(order="K")
        # By the base class's own methods: a subclass may lie about its content. isinstance can be lied to as well.
        if issubclass(kind, tuple):
            return tuple(self.each(tuple.__iter__(value), depth))
        if issubclass(kind, list):
            return list(self.each(list.__iter__(value), depth))
        if issubclass(kind, dict):
            return {self.copy(key, depth + 1): item for key, item in self.pairs(value, depth)}
        names = (name for name, known in self.classes().items() if any(base is known for base in kind.__mro__))
        handle = Handle(len(self.objects) + 1, next(names, str(kind.__name__)))
        self.objects[handle.id] = value
        return handle

    def each(self, items: Iterator[Any], depth: int) -> Iterator[Any]:
        if depth >= MAX_DEPTH:
            raise Unsendable(f"a value nested more than {MAX_DEPTH} deep")
        return (self.copy(item, depth + 1) for item in items)

    def pairs(self, value: dict[Any, Any], depth: int) -> Iterator[tuple[Any, Any]]:
        keys = list(dict.keys(value))
        return zip(keys, self.each(iter(dict.values(value)), depth), strict=True)


class _Listener:
    """Passes on what is written, and keeps how it begins."""

    def __init__(self, stream: Any):
        self.stream, self.heard = stream, ""

    def write(self, text: str) -> int:
        self.heard += text[: MAX_OUTPUT - len(self.heard)]
        return self.stream.write(text) if self.stream else len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def _warned(caught: list[warnings.WarningMessage]) -> tuple[str, ...]:
    texts = (f"{warning.category.__name__}: {_text(warning.message)}" for warning in caught)
    return tuple(dict.fromkeys(texts))[:5]


def _text(problem: object) -> str:
    try:
        return str(problem)[:MAX_TEXT]
    except Exception:
        return ""


def _changed_arguments(function: Callable[..., Any], now: tuple[Any, Any], before: tuple[Any, Any]) -> tuple[str, ...]:
    """Names of the arguments that are no longer what they were."""
    places = [i for i, (a, b) in enumerate(zip(now[0], before[0], strict=True)) if not _unchanged(a, b)]
    names = parameter_names(function) if places else ()
    positional = [names[i] if i < len(names) else f"argument {i + 1}" for i in places]
    return (*positional, *(name for name, item in now[1].items() if not _unchanged(item, before[1][name])))


def parameter_names(function: Callable[..., Any]) -> tuple[str, ...]:
    """What a function calls its positional arguments."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return ()
    return tuple(p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD))


def _unchanged(now: Any, before: Any) -> bool:
    """Whether a value still is what `plain` copied, to rounding: a number may have been moved and put back."""
    kind = type(before)
    if kind is Handle:
        return True
    if kind is np.ndarray:
        return type(now) is np.ndarray and _same_array(now, before)
    if kind in (tuple, list):
        if not issubclass(type(now), kind) or kind.__len__(now) != len(before):
            return False
        return all(_unchanged(a, b) for a, b in zip(kind.__iter__(now), before, strict=True))
    if kind is dict:
        if not issubclass(type(now), dict) or dict.__len__(now) != len(before):
            return False
        return all(_unchanged(a, b) for a, b in zip(dict.items(now), before.items(), strict=True))
    return type(now) is kind and bool(now == before or (now != now and before != before))


def _same_array(now: NDArray[Any], before: NDArray[Any]) -> bool:
    if now.shape != before.shape or now.dtype != before.dtype:
        return False
    if np.array_equal(now, before):
        return True
    if now.dtype.kind not in "fc":
        return False
    # 4 units in the last place; a clip at 1e-15, the finest that is usual, is a change
    with np.errstate(all="ignore"):
        rounding = 4 * np.finfo(now.dtype).eps * np.maximum(1, np.abs(before))
        return bool(np.all((np.abs(now - before) <= rounding) | (now == before) | (np.isnan(now) & np.isnan(before))))
