"""What an exercise's tests called and what came back, and whether another answer gives the same. Called by `session`,
which records, and `naming`, which compares."""

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.diagnosis.bank import Answer, Bank
from autograder.kit.calls import Error, Handle, Notes, Outcome, Recorder
from autograder.kit.exercises import Exercise
from autograder.kit.student import Backend, copied


@dataclass(frozen=True)
class Event:
    """A call, or the reading of an attribute, and its outcome."""

    exercise: Exercise | None  # None: `name` was read
    name: str
    instance: int | None  # a handle's id
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    outcome: Outcome

    @property
    def size(self) -> int:
        whole = (abs(value) for value in (*self.args, *self.kwargs.values()) if type(value) is int)
        return (_count(self.args) + _count(self.kwargs)) * max(whole, default=1)


MOST = 100_000  # numbers and other values that are kept of one case


@dataclass
class Case:
    """One call of a test function: what it did, in order. `is_whole`: all of it was kept."""

    events: list[Event] = field(default_factory=list)
    is_whole: bool = True
    _kept: int = 0

    def keep(self, event: Event) -> None:
        self._kept += _count(event.args) + _count(event.kwargs) + _count(event.outcome.value)
        if self._kept > MOST:  # a student's result may be of any size
            self.is_whole = False
            self.events.clear()
        if self.is_whole:
            self.events.append(event)

    @property
    def size(self) -> int:
        """Roughly how much there is to compute: for each call the numbers that it got, times its largest whole number,
        such as the epochs."""
        return sum(event.size for event in self.events)


def _count(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, dict):
        return sum(map(_count, value.values()))
    return sum(map(_count, value)) if isinstance(value, (tuple, list)) else 1


@dataclass(frozen=True)
class Answered:
    """What an exercise returned on one occasion: the student's outcome, and another answer's on the same arguments."""

    event: Event
    other: Outcome


def replay(bank: Bank, exercise: Exercise, answer: Answer, case: Case) -> Sequence[Answered]:
    """The case once more with `answer` in the exercise's place and the reference everywhere else: what this exercise
    returned, and what was read and returned of objects that it made or changed."""
    names, own_class = bank.in_place(exercise, answer), bank.class_of(exercise)
    recorder = Recorder(lambda: {own_class: names[own_class]} if own_class else {})
    objects: dict[int, int] = {}  # the student's handles, and those here
    touched: set[int] = set()  # the student's, once the exercise has been called on them
    answers = []
    for event in case.events:
        called = event.exercise
        own = called == exercise
        if not own and event.instance not in objects and (called is None or called.name != own_class):
            continue
        here = objects.get(event.instance or 0)
        if called is None:
            assert here
            if own_class and event.instance not in touched and exercise.name != own_class:
                if event.outcome.error is None:  # whatever the student's constructor made is where this one begins
                    _adopt(recorder.objects[here], event.name, event.outcome.value)
                continue
            other = recorder.read(here, event.name)
        else:
            try:
                method = called.name.rpartition(".")[2]
                function = getattr(recorder.objects[here], method) if here else names[called.name]
            except (AttributeError, KeyError) as problem:
                other = Outcome(None, Error("missing", (), str(problem)), Notes())
            else:
                # As where the student's was called, but without a word.
                with np.errstate(divide="warn", over="warn", invalid="warn"), contextlib.redirect_stdout(None):
                    other = recorder.call(called.id, function, copied(event.args), copied(event.kwargs))
        objects.update(_pairs(event.outcome.value, other.value))
        if own and event.instance:
            touched.add(event.instance)
        if own or called is None or exercise.name == own_class:
            answers.append(Answered(event, other))
    return answers


def _adopt(instance: object, name: str, value: Any) -> None:
    try:
        setattr(instance, name, copied(value))
    except AttributeError:
        return


def _pairs(one: Any, other: Any) -> Mapping[int, int]:
    """Handles that stand at the same place in two values."""
    if isinstance(one, Handle) and isinstance(other, Handle):
        return {one.id: other.id}
    found: dict[int, int] = {}
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        for a, b in zip(one, other, strict=False):
            found.update(_pairs(a, b))
    return found


def same_outcome(one: Outcome, other: Outcome, rtol: float) -> bool:
    """Whether two calls did the same: returned, raised, changed, printed. Warnings depend on how a thing is written,
    and count only where one comes with NaN or infinity."""
    if one.error or other.error:
        return bool(one.error and other.error and _signs(one.error) == _signs(other.error))
    return (
        same_notes(one.notes, other.notes)
        and same_value(one.value, other.value, rtol)
        and (warns(one) == warns(other) or _is_finite(other.value))
    )


def same_notes(one: Notes, other: Notes) -> bool:
    return (len(one.changed_arguments), one.changed_results, one.printed) == (
        len(other.changed_arguments), other.changed_results, other.printed,
    )  # fmt: skip


def _is_finite(value: Any) -> bool:
    if isinstance(value, (tuple, list)):
        return all(map(_is_finite, value))
    return not isinstance(value, (float, np.ndarray)) or not _is_number(value) or bool(np.all(np.isfinite(value)))


def warns(outcome: Outcome) -> bool:
    return any(text.startswith("RuntimeWarning") for text in outcome.notes.warned)


def _signs(error: Error) -> tuple[str, tuple[str, ...], list[str]]:
    """What errors of one cause share: their type, and which sizes don't fit, however NumPy's function words it."""
    text = error.message
    unequal = re.search(r"size (\d+) is different from (\d+)", text) or re.search(r"(\d+) \(dim.*!= (\d+) \(dim", text)
    broadcast = re.findall(r"\d+", text) if "broadcast" in text else []
    return error.kind, error.type_names[:1], sorted(unequal.groups() if unequal else broadcast)


def same_value(one: Any, other: Any, rtol: float) -> bool:
    """Plain values are equal to rounding; a tuple and a list of the same are."""
    if isinstance(other, (tuple, list)):
        alike = isinstance(one, (tuple, list)) and len(one) == len(other)
        return alike and all(same_value(a, b, rtol) for a, b in zip(one, other, strict=True))
    if isinstance(other, dict):
        alike = isinstance(one, dict) and set(one) == set(other)
        return alike and all(same_value(one[key], item, rtol) for key, item in other.items())
    if _is_number(one) and _is_number(other):
        return same_numbers(np.asarray(one), np.asarray(other), rtol)
    if isinstance(other, Handle):
        return isinstance(one, Handle) and one.type_name == other.type_name
    return type(one) is type(other) and bool(one == other)


def _is_number(value: Any) -> bool:
    return isinstance(value, (bool, int, float, complex, np.number, np.bool_, np.ndarray))


def same_numbers(one: NDArray[Any], other: NDArray[Any], rtol: float) -> bool:
    if one.shape != other.shape or _class_of(one) != _class_of(other):
        return False
    if _class_of(one) == "n":
        one, other = one.astype(float), other.astype(float)
        finite = np.isfinite(other)
        scale = float(np.max(np.abs(other[finite]), initial=0.0))
        with np.errstate(all="ignore"):
            near = np.abs(one - other) <= rtol * (np.abs(other) + 1e-2 * scale)
        return bool(np.all(np.where(finite, near, (one == other) | (np.isnan(one) & np.isnan(other)))))
    return bool(np.all(one == other))


def _class_of(array: NDArray[Any]) -> str:
    return "n" if array.dtype.kind in "iuf" else array.dtype.kind


class Recording:
    """A backend that passes calls on, and keeps them with their outcomes in `case`."""

    def __init__(self, backend: Backend, case: Case):
        self._backend, self._case = backend, case

    def call(self, exercise: Exercise, instance: int | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Outcome:
        outcome = self._backend.call(exercise, instance, args, kwargs)
        self._case.keep(Event(exercise, exercise.name, instance, args, kwargs, outcome))
        return outcome

    def read(self, instance: int, name: str) -> Outcome:
        outcome = self._backend.read(instance, name)
        self._case.keep(Event(None, name, instance, (), {}, outcome))
        return outcome
