"""The `student` fixture: student.relu(Z) in, a plain value out, or CallFailed. A `Backend` makes the calls: here
`LocalBackend`, in this process; when marking, a sandboxed worker. Used by tests, and by whoever runs them."""

from __future__ import annotations

import builtins
import contextlib
import importlib
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from autograder.kit.calls import Error, Handle, Notes, Outcome, Recorder, error_of, parameter_names
from autograder.kit.exercises import Catalogue, Exercise
from autograder.kit.limits import time_limit
from autograder.kit.parts import Parts, parts_of

__tracebackhide__ = True  # pytest's own output begins where the student's code or the test is
PACKAGE = "mlp"  # what students' modules are imported from
SECONDS = 10.0  # that one call may take, here as when marking, where its exercise doesn't say otherwise
HURRIED = 1.0  # the same, once a call has taken too long: what calls it will, too


class CallFailed(Exception):  # noqa: N818
    """A call of the student's code gave no value. str() is one line for the student; `summary` is one without any text
    that student code made."""

    def __init__(self, exercise: str, error: Error, call: Call | None = None):
        """`call`: the one that failed, where it was made by a test."""
        self.exercise, self.error, self.call = exercise, error, call
        super().__init__(_line(exercise, error))

    @property
    def summary(self) -> str:
        if self.error.kind == "raised":
            name = self.error.type_names[0]
            return f"{self.exercise} raised {name if hasattr(builtins, name) else 'an error'}"
        return _line(self.exercise, Error(self.error.kind, (), "")) or f"{self.exercise} is missing"

    @property
    def place(self) -> str:
        """The student's line that raised the error, or ran when the time was up, such as mlp/forward.py:12; "" if it
        isn't known here."""
        return place_of(self.__cause__) if self.error.kind in ("raised", "timeout") and self.__cause__ else ""


def _line(exercise: str, error: Error) -> str:
    if error.kind == "not_started":
        other = error.message.strip()
        needs = bool(other) and other != exercise and other.replace(".", "").isidentifier()
        return f"{exercise} needs {other}, which is not started" if needs else f"{exercise} is not started"
    lines = error.message.strip().splitlines()
    message = lines[0] if lines else ""
    if error.kind == "raised":
        return f"{exercise} raised {error.type_names[0]}" + (f": {message}" if message else "")
    said = {
        "timeout": f"{exercise} took too long",
        "memory": f"{exercise} asked for too much memory",
        "crashed": f"{exercise} ended the process that it ran in",
        "unsendable": f"{exercise} returned something that can't be used",
    }.get(error.kind)
    return ": ".join(part for part in (said, message) if part)


class Backend(Protocol):
    """Where calls are made. Arguments stay as they were; results are copies."""

    def call(
        self, exercise: Exercise, instance: int | None, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Outcome: ...

    def read(self, instance: int, name: str) -> Outcome: ...


@dataclass(frozen=True)
class Call:
    """One call that a test made: what messages are written from."""

    exercise: Exercise
    parameters: Sequence[str]  # names of the positional arguments, where known
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    value: Any
    notes: Notes
    error: Error | None = None


class Student:
    """The student's exercises by name. `parameters` tells what an exercise's positional arguments are called, `docs`
    what its docstring is."""

    def __init__(
        self,
        catalogue: Catalogue,
        backend: Backend,
        parameters: Callable[[Exercise], Sequence[str]] = lambda exercise: (),
        docs: Callable[[Exercise], str] = lambda exercise: "",
    ):
        self._catalogue, self._backend, self._parameters, self._docs = catalogue, backend, parameters, docs
        self.calls: list[Call] = []
        self.called: set[str] = set()  # ids of exercises

    @property
    def notes(self) -> list[Notes]:
        return [call.notes for call in self.calls]

    def parts(self, exercise: Exercise) -> Parts:
        """What the parts of its result are called."""
        return parts_of(self._docs(exercise))

    @property
    def last_call(self) -> Call | None:
        return self.calls[-1] if self.calls else None

    def __getattr__(self, name: str) -> Callable[..., Any]:
        try:
            exercise = self._catalogue.find(name)
        except KeyError as error:
            raise AttributeError(error.args[0]) from None
        return lambda *args, **kwargs: self._call(exercise, None, args, kwargs)

    def _call(self, exercise: Exercise, instance: int | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.called.add(exercise.id)
        outcome = self._backend.call(exercise, instance, args, kwargs)
        value = self._with_instances(outcome.value)
        if exercise.name in self._catalogue.classes and isinstance(value, Handle):
            value = Instance(self, exercise.name, value)  # whatever the student's class is called
        self.calls.append(Call(exercise, self._parameters(exercise), args, kwargs, value, outcome.notes, outcome.error))
        if outcome.error:
            raise CallFailed(exercise.name, outcome.error, self.calls[-1]) from outcome.exception
        if exercise.name in self._catalogue.classes and not isinstance(value, Instance):
            raise CallFailed(exercise.name, Error("unsendable", (), f"it made no object, but a {type(value).__name__}"))
        return value

    def _with_instances(self, value: Any) -> Any:
        if isinstance(value, Handle) and value.type_name in self._catalogue.classes:
            return Instance(self, value.type_name, value)
        if isinstance(value, (tuple, list)):
            return type(value)([self._with_instances(item) for item in value])
        return value


class Instance:
    """An object of a student's class: methods of the catalogue are called, all other attributes are read."""

    def __init__(self, student: Student, class_name: str, handle: Handle):
        self._student, self._class_name, self._handle = student, class_name, handle

    def __repr__(self) -> str:
        return f"<{self._class_name}>"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        full_name = f"{self._class_name}.{name}"
        if any(exercise.name == full_name for exercise in self._student._catalogue.exercises):
            exercise = self._student._catalogue.find(full_name)
            return lambda *args, **kwargs: self._student._call(exercise, self._handle.id, args, kwargs)
        outcome = self._student._backend.read(self._handle.id, name)
        if outcome.error:
            raise CallFailed(full_name, outcome.error) from outcome.exception
        return outcome.value


class LocalBackend:
    """Calls in this process: names in `namespace` (a notebook's) come first, then the module mlp.<topic>."""

    def __init__(
        self,
        namespace: Mapping[str, Any] | None = None,
        constructors: Sequence[Exercise] = (),
        timed_out: set[str] | None = None,
    ):
        """`constructors`: those of the classes whose objects tests may be given. `timed_out`: ids of exercises that
        took too long, kept over all tests of a run."""
        self.namespace, self._constructors = namespace or {}, constructors
        self._timed_out = set() if timed_out is None else timed_out
        self.recorder = Recorder(self._classes)

    def call(self, exercise: Exercise, instance: int | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Outcome:
        try:
            function = self._find(exercise, instance)
        except KeyboardInterrupt:
            raise
        except BaseException as problem:
            return Outcome(None, _missing(exercise, problem), Notes(), problem)
        if exercise.id in self._timed_out:
            return Outcome(None, Error("timeout", (), "an earlier call did, so it was not tried again"), Notes())
        with time_limit(HURRIED if self._timed_out else exercise.seconds or SECONDS) as limit:
            try:
                return self.recorder.call(exercise.id, function, copied(args), copied(kwargs))
            except KeyboardInterrupt as interrupted:
                if not limit.is_over:
                    raise
                self._timed_out.add(exercise.id)
                message = f"still running after {limit.seconds:g} seconds. Is there a loop that never ends?"
                return Outcome(None, Error("timeout", (), message), Notes(), interrupted)

    def read(self, instance: int, name: str) -> Outcome:
        return self.recorder.read(instance, name)

    def parameters(self, exercise: Exercise) -> tuple[str, ...]:
        """Names of an exercise's positional arguments."""
        try:
            names = parameter_names(self._find(exercise, None))
        except Exception:
            return ()
        return names[1:] if exercise.owner else names

    def docs(self, exercise: Exercise) -> str:
        """An exercise's docstring."""
        try:
            return str(self._find(exercise, None).__doc__ or "")
        except Exception:
            return ""

    def _classes(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for exercise in self._constructors:
            with contextlib.suppress(Exception):
                found[exercise.name] = self._find(exercise, None)
        return found

    def _find(self, exercise: Exercise, instance: int | None) -> Callable[..., Any]:
        first, _, method = exercise.name.partition(".")
        if instance is not None:
            found = getattr(self.recorder.objects[instance], method)
        else:
            namespace = self.namespace
            found = namespace[first] if first in namespace else getattr(_module(exercise.topic), first)
            found = getattr(found, method) if method else found
        if not callable(found):
            raise AttributeError(f"{exercise.name} is no function")
        return found  # type: ignore[no-any-return]


def _module(topic: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.{topic}")


def _missing(exercise: Exercise, problem: BaseException) -> Error:
    """Why there is no such function: its module has no such name, or can't be imported."""
    error = error_of(problem)
    if isinstance(problem, AttributeError):
        message = f"There is no {exercise.name} in {PACKAGE}/{exercise.topic}.py"
    else:
        reason = problem.msg if isinstance(problem, SyntaxError) else error.message
        message = f"{place_of(problem) or PACKAGE}: {error.type_names[0]}: {reason}"
    return Error("missing", error.type_names, message)


def place_of(problem: BaseException) -> str:
    """mlp/forward.py:12, the student's line that an exception comes from."""
    if isinstance(problem, SyntaxError) and problem.filename:
        return f"{short_path(problem.filename)}:{problem.lineno}"
    frames = [f for f in traceback.extract_tb(problem.__traceback__) if Path(f.filename).parent.name == PACKAGE]
    return f"{short_path(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""


def short_path(path: str | Path) -> str:
    """The path from the working directory where that is shorter, with forward slashes."""
    path = Path(path)
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return "/".join(path.parts[-2:])


def copied(value: Any) -> Any:
    """A copy that a call may change: arrays keep their order, and whether they can be written to."""
    kind = type(value)
    if kind is np.ndarray:
        array = value.copy(order="K")
        array.flags.writeable = value.flags.writeable
        return array
    if kind is tuple or kind is list:
        return kind([copied(item) for item in value])
    if kind is dict:
        return {key: copied(item) for key, item in value.items()}
    return value
