"""A worker: a process that loads one submission and answers calls of it, until the grader ends it. Forked by `zygote`.

Whatever student code does to this process, the grader hears values or nothing: no test, no expected value and no other
submission is ever in here. Requests: inspect, load, call, read, values."""

import contextlib
import os
import random
import resource
import socket
from collections.abc import Callable
from typing import Any

from autograder.kit.calls import Error, Notes, Outcome, Recorder, plain
from autograder.sandbox import parsing, walls, wire
from autograder.sandbox.bundle import Bundle
from autograder.sandbox.loading import Library
from autograder.sandbox.text import describe, trace


def main(sock: socket.socket, address_space: int | None, walled: bool) -> None:
    os.setpgid(0, 0)  # so that what it starts ends with it
    sock = close_all_but(sock)
    limit(address_space)
    random.seed(0)  # it took a new seed at the fork; unseeded code is repeatable from one worker to the next
    if walled:
        walls.lock_down()
    Worker(sock).serve()


def close_all_but(sock: socket.socket) -> socket.socket:
    """0, 1 and 2 are /dev/null in the zygote already; the socket becomes 3."""
    if sock.fileno() != 3:
        os.dup2(sock.fileno(), 3)
        sock.detach()
        sock = socket.socket(fileno=3)
    os.closerange(4, 1024)  # a zygote has a handful
    return sock


def limit(address_space: int | None) -> None:
    """`address_space`: bytes; asking for more is a clean MemoryError. No files, no further processes or threads."""
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_NPROC: 0}
    if address_space is not None:
        limits[resource.RLIMIT_AS] = address_space
    for name, value in limits.items():
        hard = resource.getrlimit(name)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(name, (value, value))


class Worker:
    def __init__(self, sock: socket.socket):
        self.socket, self.request = sock, 0
        self.recorder = Recorder()
        self.library: Library | None = None

    def serve(self) -> None:
        answers: dict[str, Callable[..., Any]] = {
            "inspect": self.inspect,
            "load": self.load,
            "call": self.call,
            "read": self.read,
            "values": self.values,
        }
        while True:
            frame = wire.receive(self._read)
            self.request = frame.id
            value = answers[frame.what](*frame.value)
            if not isinstance(value, Outcome):
                self.answer(frame.what, value)
                continue
            notes, error = vars(value.notes), value.error and vars(value.error)
            if error and value.exception:
                error = {**error, "trace": trace(value.exception)}
            try:
                self.answer(frame.what, (value.value, error, notes))
            except wire.WireError as problem:
                self.answer(frame.what, (None, vars(Error("unsendable", (), str(problem))), notes))
            except MemoryError:
                self.answer(frame.what, (None, vars(Error("memory", ("MemoryError",), "")), notes))

    def answer(self, what: str, value: Any) -> None:
        self.socket.sendall(wire.encode(self.request, what, value))

    def _read(self, buffer: memoryview) -> None:
        while buffer:
            count = self.socket.recv_into(buffer)
            if not count:
                os._exit(0)  # the grader is done
            buffer = buffer[count:]

    def inspect(self, path: str, source: bytes, names: list[str], siblings: list[str]) -> dict[str, Any]:
        return vars(parsing.report(path, source, set(names), siblings))

    def load(self, bundle: dict[str, Any], avoid: dict[tuple[str, int], str]) -> dict[str, Any]:
        self.library = Library(Bundle(**bundle), avoid, lambda path, cell: self.answer("at", (path, cell)))
        loaded = self.library.load()
        self.library.at = lambda path, cell: None  # asked for while loading only
        return {**vars(loaded), "missing": sorted(loaded.missing)}

    def call(self, exercise: str, instance: int | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Outcome:
        assert self.library is not None
        try:
            if instance is None:
                function = self.library.find(exercise)
            else:
                function = getattr(self.recorder.objects[instance], exercise.rpartition(".")[2], None)
        except BaseException as error:  # a property or metaclass of the student's
            return Outcome(None, Error("missing", (), describe(error)), Notes())
        if function is None:
            return Outcome(None, Error("missing", (), f"{exercise} isn't there"), Notes())
        return self.recorder.call(exercise, function, args, kwargs)

    def read(self, instance: int, name: str) -> Outcome:
        return self.recorder.read(instance, name)

    def values(self, path: str, names: list[str]) -> dict[str, Any]:
        assert self.library is not None
        found: dict[str, Any] = {}
        with contextlib.suppress(BaseException):
            space = vars(self.library.run(path))
            for name in names:
                with contextlib.suppress(BaseException):
                    value = plain(space[name], self.recorder.objects)
                    wire.encode(0, "", value)
                    found[name] = value
        return found
