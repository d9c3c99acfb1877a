"""A worker: a process that loads one submission and answers calls of it, until the grader ends it. Forked by `zygote`.

Whatever student code does to this process, the grader hears values or nothing: no test, no expected value and no other
submission is ever in here. Requests: inspect, load, call, read, values; lend and lent, of a worker that holds the
reference in place of a submission."""

import contextlib
import fcntl
import os
import random
import resource
import socket
from collections.abc import Callable
from typing import Any

from autograder.kit.calls import Error, Notes, Outcome, Recorder, plain
from autograder.sandbox import parsing, walls, wire
from autograder.sandbox.bundle import Bundle
from autograder.sandbox.lending import Lender
from autograder.sandbox.loading import Library
from autograder.sandbox.replacing import Peer
from autograder.sandbox.text import describe, trace


def main(fds: list[int], address_space: int | None, walled: bool) -> None:
    """`fds`: the socket to the grader, and for follow-through one to another worker."""
    os.setpgid(0, 0)  # so that what it starts ends with it
    sock, *peers = close_all_but(fds)
    limit(address_space)
    random.seed(0)  # it took a new seed at the fork; unseeded code is repeatable from one worker to the next
    if walled:
        walls.lock_down()
    Worker(sock, peers[0] if peers else None).serve()


def close_all_but(fds: list[int]) -> list[socket.socket]:
    """0, 1 and 2 are /dev/null in the zygote already; the sockets become 3 and 4."""
    spare = [fcntl.fcntl(fd, fcntl.F_DUPFD, 100) for fd in fds]
    for number, fd in enumerate(spare, 3):
        os.dup2(fd, number)
    os.closerange(3 + len(fds), 1024)  # a zygote has a handful
    return [socket.socket(fileno=number) for number in range(3, 3 + len(fds))]


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
    def __init__(self, sock: socket.socket, peer: socket.socket | None):
        self.socket, self.peer, self.request = sock, peer, 0
        self.recorder = Recorder(self.classes)
        self.library: Library | None = None
        self.lender: Lender | None = None

    def serve(self) -> None:
        answers: dict[str, Callable[..., Any]] = {
            "inspect": self.inspect,
            "load": self.load,
            "call": self.call,
            "read": self.read,
            "values": self.values,
            "lend": self.lend,
            "lent": self.lent,
        }
        while True:
            try:
                frame = wire.receive_from(self.socket)
            except EOFError:  # the grader is done
                os._exit(0)
            self.request = frame.id
            value = answers[frame.what](*frame.value)
            if not isinstance(value, Outcome):
                self.answer(frame.what, value)
                if frame.what == "lend" and self.lender:
                    with contextlib.suppress(EOFError):
                        self.lender.serve()
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

    def inspect(self, path: str, source: bytes, names: list[str], siblings: list[str]) -> dict[str, Any]:
        return vars(parsing.report(path, source, set(names), siblings))

    def load(self, bundle: dict[str, Any], avoid: dict[tuple[str, int], str]) -> dict[str, Any]:
        peer = Peer(self.peer) if self.peer else None
        self.library = Library(Bundle(**bundle), avoid, lambda path, cell: self.answer("at", (path, cell)), peer)
        loaded = self.library.load()
        self.library.at = lambda path, cell: None  # asked for while loading only
        return {**vars(loaded), "missing": sorted(loaded.missing)}

    def classes(self) -> dict[str, Any]:
        assert self.library is not None
        return {name.rpartition(".")[2]: self.library.find(name) for name in self.library.bundle.classes}

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

    def lend(self, exercises: list[str]) -> None:
        """From now on right exercises are lent to the peer, until it ends."""
        assert self.library is not None
        assert self.peer is not None
        self.lender = Lender(self.peer, exercises, self.library.find)

    def lent(self) -> list[str]:
        """The exercises that the peer called."""
        return sorted(self.lender.called) if self.lender else []
