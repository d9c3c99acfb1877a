"""Right exercises in place of those that failed, in the worker that runs the student's code. Called by `loading`.

A stand-in calls back to a second worker (`lending`), which has the reference and no student code: nothing of the
solutions is in this process. Its results come in the containers that the student's own code would have used."""

import builtins
import contextlib
import functools
import socket
from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from autograder.kit.calls import Error, Handle, plain
from autograder.sandbox import wire
from autograder.sandbox.bundle import CONSTRUCTOR


class Peer:
    """The worker that lends right exercises."""

    def __init__(self, sock: socket.socket):
        self.socket, self._id = sock, 0

    def ask(self, what: str, *values: Any) -> Any:
        self._id += 1
        self.socket.sendall(wire.encode(self._id, what, plain(values, {})))
        return wire.receive_from(self.socket).value

    def result(self, what: str, *values: Any) -> Any:
        """What a call gave, printed or raised there."""
        value, error, output = self.ask(what, *values)
        if output:
            print(output, end="")
        if error:
            kind = getattr(builtins, Error(**error).type_names[0], RuntimeError)
            raise (kind if isinstance(kind, type) and issubclass(kind, Exception) else RuntimeError)(error["message"])
        return value


class Replacing:
    """`standing` says what an exercise's name is bound to, where the student's source says `value`."""

    def __init__(self, peer: Peer, replaced: Collection[str], imitated: Collection[str], exercises: Collection[str]):
        """`replaced`: ids of exercises, of constructors and methods one by one, or of a class as a whole. `imitated`:
        those whose own code may be called once, to see what its results are like. `exercises`: all ids."""
        self._peer, self._replaced, self._imitated = peer, set(replaced), set(imitated)
        self._methods: dict[str, list[str]] = {}  # class -> its methods
        for exercise in {*exercises, *replaced}:
            if exercise.count(".") == 2:
                self._methods.setdefault(exercise.rpartition(".")[0], []).append(exercise.rpartition(".")[2])
        self._made: dict[str, Any] = {}  # exercise -> what replaces it

    def names_in(self, topic: str) -> list[str]:
        """Functions and classes of a module that are replaced as a whole."""
        return sorted(e.partition(".")[2] for e in self._replaced if e.startswith(f"{topic}.") and e.count(".") == 1)

    def standing(self, exercise: str, value: Any) -> Any:
        made = self._made.get(exercise)
        if exercise in self._replaced:
            if exercise in self._methods:
                made = made or stand_in_class(self._peer, exercise, self._methods[exercise])
            elif made is None:
                made = StandIn(self._peer, exercise).function()
            if exercise in self._imitated and value is not made and callable(value) and not isinstance(made, type):
                made.imitate(value)
            self._made[exercise] = made
            return made
        methods = [e.rpartition(".")[2] for e in self._replaced if e.startswith(f"{exercise}.")]
        if methods and isinstance(value, type):
            imitated = CONSTRUCTOR not in methods or f"{exercise}.{CONSTRUCTOR}" in self._imitated
            made = made or Methods(self._peer, exercise, methods, imitated)
            made.put_into(value)
            self._made[exercise] = made
        return value


class StandIn:
    """Of a function. It gives its results the containers of what the student's own function returns for the first
    arguments."""

    def __init__(self, peer: Peer, exercise: str):
        self.peer, self.exercise = peer, exercise
        self.original: Any = None
        self.example: Any = None

    def function(self) -> Any:
        def stand_in(*args: Any, **kwargs: Any) -> Any:
            if self.original:
                original, self.original = self.original, None
                copies, named = plain((args, kwargs), {})
                with contextlib.suppress(Exception), contextlib.redirect_stdout(None):
                    self.example = original(*copies, **named)
            return alike(self.peer.result("call", self.exercise, None, args, kwargs), self.example)

        def imitate(original: Any) -> None:
            self.original = original
            with contextlib.suppress(Exception):
                functools.update_wrapper(stand_in, original)

        stand_in.__name__ = stand_in.__qualname__ = self.exercise.rpartition(".")[2]
        stand_in.imitate = imitate  # type: ignore[attr-defined]
        return stand_in


def alike(value: Any, example: Any) -> Any:
    """`value` in lists where `example` has lists, in tuples where it has tuples; a number as the array of one entry or
    NumPy number that it is there."""
    if isinstance(value, (tuple, list)) and isinstance(example, (tuple, list)):
        examples = [*example, *[None] * len(value)]
        items = [alike(item, other) for item, other in zip(value, examples, strict=False)]
        return items if isinstance(example, list) else tuple(items)
    if isinstance(value, (float, int)) and isinstance(example, (np.generic, np.ndarray)) and example.ndim == 0:
        return np.asarray(value) if isinstance(example, np.ndarray) else np.float64(value)
    return value


def stand_in_class(peer: Peer, exercise: str, methods: Collection[str]) -> type:
    """Its objects are handles of objects in the other worker. Attributes that those don't have stay here."""

    def construct(self: Any, *args: Any, **kwargs: Any) -> None:
        handle = peer.result("call", exercise, None, args, kwargs)
        object.__setattr__(self, "_handle", handle.id if isinstance(handle, Handle) else 0)

    def read(self: Any, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return peer.result("read", self._handle, name)

    def write(self: Any, name: str, value: Any) -> None:
        if not peer.result("write", self._handle, name, value):
            object.__setattr__(self, name, value)

    def method(full: str) -> Callable[..., Any]:
        return lambda self, *args, **kwargs: peer.result("call", full, self._handle, args, kwargs)

    space: dict[str, Any] = {name: method(f"{exercise}.{name}") for name in methods}
    return type(
        exercise.rpartition(".")[2], (), space | {CONSTRUCTOR: construct, "__getattr__": read, "__setattr__": write}
    )


class Methods:
    """Of a class that stays the student's: they work on the attributes that the class promises, and on nothing else."""

    def __init__(self, peer: Peer, exercise: str, names: Collection[str], imitated: bool):
        """`imitated`: the student's own constructor is called, too."""
        self.peer, self.exercise, self.imitated = peer, exercise, imitated
        self.made_with: dict[int, tuple[Any, ...]] = {}  # id -> the object, so that no other gets it, and its arguments
        self.original: Any = None  # the student's constructor
        self.functions = {name: self.method(f"{exercise}.{name}") for name in names if name != CONSTRUCTOR}
        self.constructor = self.construct(replaced=CONSTRUCTOR in names)

    def put_into(self, owner: Any) -> None:
        if owner.__init__ is not self.constructor:
            self.original, owner.__init__ = owner.__init__, self.constructor
        for name, function in self.functions.items():
            setattr(owner, name, function)

    def construct(self, replaced: bool) -> Callable[..., None]:
        def constructor(instance: Any, *args: Any, **kwargs: Any) -> None:
            self.made_with[id(instance)] = instance, args, kwargs
            if not replaced:
                self.original(instance, *args, **kwargs)
                return
            if self.imitated:
                with contextlib.suppress(Exception):
                    self.original(instance, *args, **kwargs)
            store(instance, self.peer.result("made", self.exercise, args, kwargs))

        return constructor

    def method(self, full: str) -> Callable[..., Any]:
        def call(instance: Any, *args: Any, **kwargs: Any) -> Any:
            _, first, named = self.made_with.get(id(instance), (instance, (), {}))
            state = {name: getattr(instance, name) for name in self.peer.result("contract", self.exercise)}
            value, after = self.peer.result("applied", full, first, named, state, args, kwargs)
            store(instance, after)
            return value

        return call


def store(instance: Any, attributes: dict[str, Any]) -> None:
    for name, value in attributes.items():
        with contextlib.suppress(AttributeError):  # a property of the student's
            setattr(instance, name, value)
