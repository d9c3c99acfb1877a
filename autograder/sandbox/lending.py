"""The other worker of a submission that is judged with right exercises: it has loaded the reference and no student
code, and answers the calls of stand-ins (`replacing`) on a socket of their own. Called by `worker`.

Whatever comes over that socket is a student's: only what is lent is called, and what is malformed ends this process."""

import inspect
import re
import socket
from collections.abc import Callable, Collection
from typing import Any

from autograder.kit.calls import Outcome, Recorder
from autograder.sandbox import wire
from autograder.sandbox.bundle import CONSTRUCTOR

STATE = re.compile(r"`self\.(\w+)`")  # how a constructor's docstring names the attributes that a class promises


class Lender:
    def __init__(self, sock: socket.socket, lent: Collection[str], find: Callable[[str], Any]):
        """`lent`: ids as `replacing` has them; of a class as a whole also all its methods."""
        self.socket, self.lent, self._find = sock, set(lent), find
        self.recorder = Recorder()
        self.called: set[str] = set()

    def serve(self) -> None:
        """EOFError once the other end is closed."""
        answers: dict[str, Callable[..., Outcome]] = {
            "call": self.call, "read": self.read, "write": self.write, "made": self.made, "applied": self.applied,
            "contract": self.contract,
        }  # fmt: skip
        while True:
            frame = wire.receive_from(self.socket)
            outcome = answers[frame.what](*frame.value)
            error = outcome.error and vars(outcome.error)
            self.socket.sendall(wire.encode(frame.id, frame.what, (outcome.value, error, outcome.notes.output)))

    def call(self, exercise: str, instance: int | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Outcome:
        self._require(exercise)
        function = self._find(exercise)
        if instance is not None:
            function = getattr(self._object(instance), exercise.rpartition(".")[2])
        return self.recorder.call(exercise, function, *fitting(function, args, kwargs))

    def read(self, instance: int, name: str) -> Outcome:
        self._object(instance)
        if name.startswith("_"):
            raise wire.WireError(f"{name} is not lent")
        return self.recorder.read(instance, name)

    def write(self, instance: int, name: str, value: Any) -> Outcome:
        """Whether the object has such an attribute, which is then set."""

        def write() -> bool:
            owner = self._object(instance)
            if name not in vars(owner):
                return False
            setattr(owner, name, value)
            return True

        return self.recorder.call("write", write, (), {})

    def contract(self, owner: str) -> Outcome:
        """The attributes that objects of the class promise to have."""
        names = STATE.findall(inspect.getdoc(getattr(self._find(owner), CONSTRUCTOR)) or "")
        return self.recorder.call("contract", lambda: names, (), {})

    def made(self, owner: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Outcome:
        """The attributes of a new object."""
        self._require(f"{owner}.{CONSTRUCTOR}")
        return self.recorder.call(owner, lambda: vars(self._new(owner, args, kwargs)), (), {})

    def applied(
        self, method: str, first: tuple[Any, ...], named: dict[str, Any], state: dict[str, Any],
        args: tuple[Any, ...], kwargs: dict[str, Any],
    ) -> Outcome:  # fmt: skip
        """What a method gives, and the promised attributes afterwards, for an object made with those arguments and then
        in that state."""
        self._require(method)
        owner, _, bare = method.rpartition(".")

        def applied() -> tuple[Any, dict[str, Any]]:
            instance = self._new(owner, first, named)
            vars(instance).update(state)
            function = getattr(instance, bare)
            positional, keywords = fitting(function, args, kwargs)
            return function(*positional, **keywords), {name: getattr(instance, name) for name in state}

        return self.recorder.call(method, applied, (), {})

    def _new(self, owner: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        kind = self._find(owner)
        positional, keywords = fitting(kind, args, kwargs)
        return kind(*positional, **keywords)

    def _object(self, instance: int) -> Any:
        """One of a class that is lent. Of whatever else a handle stands for, such as a method, nothing may be read: its
        code is the solution."""
        found = self.recorder.objects.get(instance)
        if not any(type(found) is self._find(exercise) for exercise in self.lent):
            raise wire.WireError("an object that is not lent")
        return found

    def _require(self, exercise: str) -> None:
        if exercise not in self.lent:
            raise wire.WireError(f"{exercise} is not lent")
        self.called.add(exercise.removesuffix(f".{CONSTRUCTOR}"))


def fitting(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments without those that the right solution doesn't take."""
    parameters = inspect.signature(function).parameters
    return args[: len(parameters)], {name: value for name, value in kwargs.items() if name in parameters}
