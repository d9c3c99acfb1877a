"""The sandbox as the grader sees it: `Sandbox.inspect` reads sources, `Sandbox.worker` loads and calls them.

Bundles in, reports and outcomes out. Whatever student code does ends as one of these, never as an exception. Called by
`judge` and `explain`."""

import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any

import msgspec

from autograder.errors import AutograderError
from autograder.kit.calls import MAX_OUTPUT, Error, Notes, Outcome
from autograder.kit.exercises import Exercise
from autograder.sandbox import wire
from autograder.sandbox.bundle import CONSTRUCTOR, Bundle, Limits, Loaded, SourceReport
from autograder.sandbox.levels import LEVELS, Probe, probe, required, start
from autograder.sandbox.processes import Process, WorkerDiedError, Zygote, ZygoteLostError
from autograder.sandbox.text import MAX_TRACE, one_line

__all__ = [
    "CONSTRUCTOR",
    "LEVELS",
    "Bundle",
    "Limits",
    "Loaded",
    "Probe",
    "Sandbox",
    "SourceReport",
    "Worker",
    "probe",
    "required",
]

ATTEMPTS = 20  # at loading a submission, each without one more source or cell that doesn't end or ends the process
CELLS = 5  # of one notebook; after so many, all of it is left out
LOADS = 12  # times the limit of one source or cell: what all of them, and all attempts, may take together
UNITS = 10_000  # sources and cells in one submission
NOTES = 100
CLAIMS = {"raised", "not_started", "missing", "memory", "unsendable"}  # kinds of error that a worker knows of


class Sandbox:
    """Zygotes start on first use; one is plain and one has Matplotlib. Each has the walls of `level`, and is tested."""

    def __init__(self, limits: Limits = Limits(), level: str | None = None):  # noqa: B008 (frozen)
        """`level`: by default the best that this machine gives."""
        self.limits, self._level = limits, level
        self._zygotes: dict[bool, Zygote] = {}
        self._avoid: tuple[dict[str, bytes], dict[tuple[str, int], str]] = ({}, {})

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def level(self) -> str:
        return self._level or probe().level

    def close(self) -> None:
        while self._zygotes:
            self._zygotes.popitem()[1].close()

    def inspect(self, files: Mapping[str, bytes], names: Sequence[str]) -> dict[str, SourceReport]:
        """What each source defines of the exercises `names`, or why it can't be read. Nothing of it is run."""
        reports = {}
        siblings = [PurePosixPath(path).stem for path in files]
        process, deaths = None, 0
        for path, source in files.items():
            if deaths == LOADS:
                reports[path] = SourceReport(path, "not read, since others took too long to be read", {}, {}, False)
                continue
            process = process if process and process.alive else self.process(plots=False)
            try:
                answer = process.ask("inspect", (path, source, list(names), siblings), self.limits.load)
                found = msgspec.convert(answer, SourceReport)
                error = found.error and one_line(found.error)
                reports[path] = replace(found, path=path, error=error)
            except (WorkerDiedError, msgspec.ValidationError, wire.WireError) as problem:
                reports[path] = SourceReport(path, f"could not be read: {problem}", {}, {}, False)
                deaths += 1
        if process:
            process.end()
        return reports

    def worker(self, bundle: Bundle, *, plots: bool, reference: Bundle | None = None) -> "Worker":
        """`reference`: what right exercises come from, where the bundle has some replaced."""
        return Worker(self, bundle, plots, reference)

    def process(self, *, plots: bool, peer: socket.socket | None = None, lender: Process | None = None) -> Process:
        for _ in range(2):
            if plots not in self._zygotes:
                self._zygotes[plots] = start(self.level, self.limits, plots=plots)
            try:
                return Process(self._zygotes[plots], self.limits, peer, lender)
            except ZygoteLostError:  # killed by what it had forked; the next one doesn't know of it
                lost = self._zygotes.pop(plots)
                lost.process.kill()
                lost.close()
        raise AutograderError("The sandbox's process ends as soon as it has started. Run `autograder doctor`.")

    def avoided(self, files: dict[str, bytes]) -> dict[tuple[str, int], str]:
        """What did not end in an earlier worker of the same submission: it isn't tried again."""
        if self._avoid[0] != files:
            self._avoid = (files, {})
        return self._avoid[1]


class Worker:
    """One submission in one process: a `Backend` of the `student` fixture. Loading may need several, in turn."""

    def __init__(self, sandbox: Sandbox, bundle: Bundle, plots: bool, reference: Bundle | None):
        self._sandbox, self._bundle, self._plots, self._reference = sandbox, bundle, plots, reference
        self._process: Process | None = None
        self._spent = 0.0

    def __enter__(self) -> "Worker":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.alive

    @property
    def cpu_seconds(self) -> float:
        return self._spent + (self._process.cpu if self._process else 0.0)

    def close(self) -> None:
        if self._process:
            self._process.end()
            if self._process.lender:
                self._process.lender.end()

    def lent(self) -> list[str]:
        """Which right exercises the submission called. It can't be used any more after this."""
        if not self._process or not self._process.lender:
            return []
        self._process.end()
        try:
            return msgspec.convert(self._process.lender.ask("lent", (), self._sandbox.limits.call), list[str])
        except WorkerDiedError:
            return []

    def _start(self) -> Process:
        if not self._reference:
            return self._sandbox.process(plots=self._plots)
        ours, theirs = socket.socketpair()
        seconds = self._sandbox.limits.load
        with ours, theirs:
            lender = self._sandbox.process(plots=False, peer=theirs)
            try:
                lender.ask("load", (vars(self._reference), {}), seconds, lambda progress: True)
                lender.ask("lend", (list(self._reference.exercises),), seconds)
            except WorkerDiedError as death:
                raise AutograderError(f"The reference could not be loaded in the sandbox: {death}.") from None
            return self._sandbox.process(plots=self._plots, peer=ours, lender=lender)

    def load(self) -> Loaded:
        """Import everything, again without the source or notebook cell that doesn't end or that ends the process."""
        limits, avoid = self._sandbox.limits, self._sandbox.avoided(self._bundle.files)
        started, units = time.monotonic(), 0
        problem, where = "", ("", 0)

        def at(progress: Any) -> bool:
            nonlocal where, units
            where, units = msgspec.convert(progress, tuple[str, int]), units + 1
            elapsed, most = time.monotonic() - started, LOADS * limits.load
            if elapsed > most * limits.backstop or (elapsed > most and self.cpu_seconds > most):
                raise WorkerDiedError("timeout", f"still not loaded after {most:g} s")
            return where[0] in self._bundle.files and units <= UNITS

        for _ in range(ATTEMPTS):
            self.close()
            self._spent, where = self.cpu_seconds, ("", 0)
            self._process = self._start()
            try:
                answer = self._process.ask("load", (vars(self._bundle), avoid), limits.load, at)
                return _cleaned(msgspec.convert(answer, Loaded), self._bundle)
            except WorkerDiedError as death:
                problem = str(death) if death.kind == "timeout" else "ended the process that it ran in"
                if where in avoid or sum(path == where[0] for path, _ in avoid) == CELLS:
                    where = (where[0], 0)
                if where in avoid or not where[0] or problem.startswith("still not"):
                    break
                avoid[where] = problem
            except (msgspec.ValidationError, wire.WireError) as error:
                problem = one_line(str(error))
                break
        self.close()
        return Loaded(
            {module: f"{path}: {problem}" for module, path in self._bundle.modules.items()}, {}, frozenset(), []
        )

    def call(self, exercise: Exercise, instance: int | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Outcome:
        seconds = max(self._sandbox.limits.call, exercise.seconds)
        return self._outcome("call", (exercise.id, instance, args, kwargs), seconds)

    def read(self, instance: int, name: str) -> Outcome:
        return self._outcome("read", (instance, name), self._sandbox.limits.call)

    def values(self, path: str, names: Sequence[str]) -> dict[str, Any]:
        """Variables of a source after it ran, those that there are."""
        try:
            answer = self._ask("values", (path, list(names)), self._sandbox.limits.load)
            return {name: answer[name] for name in names if name in answer} if isinstance(answer, dict) else {}
        except (WorkerDiedError, wire.WireError):
            return {}

    def _ask(self, what: str, value: Any, seconds: float) -> Any:
        if self._process is None:
            self.load()
        assert self._process is not None
        return self._process.ask(what, value, seconds)

    def _outcome(self, what: str, request: Any, seconds: float) -> Outcome:
        try:
            answer = self._ask(what, request, seconds)
        except WorkerDiedError as death:
            return Outcome(None, Error(death.kind, (), str(death)), Notes())
        except wire.WireError as problem:
            return Outcome(None, Error("unsendable", (), str(problem)), Notes())
        try:
            value, error, notes = answer
            error = msgspec.convert(error, Error | None)
            if error and (error.kind not in CLAIMS or (error.kind == "raised" and not error.type_names)):
                raise ValueError
            notes = msgspec.convert(notes, Notes)
            if len(notes.output) > MAX_OUTPUT:
                notes = replace(notes, output=notes.output[:MAX_OUTPUT])
            return Outcome(None if error else value, error and _cleaned_error(error), notes)
        except (msgspec.ValidationError, TypeError, ValueError):
            self.close()
            return Outcome(None, Error("crashed", (), "the process sent something else than an outcome"), Notes())


def _cleaned_error(error: Error) -> Error:
    names = tuple(one_line(name, 100) for name in error.type_names[:50])
    return Error(error.kind, names, one_line(error.message), error.trace[:MAX_TRACE])


def _cleaned(loaded: Loaded, bundle: Bundle) -> Loaded:
    """What the worker says, about modules and exercises that there are, in texts fit to show."""
    return Loaded(
        {name: one_line(text) for name, text in loaded.errors.items() if name in bundle.modules},
        {name: one_line(text) for name, text in loaded.blocked.items() if name in bundle.modules},
        loaded.missing & set(bundle.exercises),
        [one_line(note) for note in loaded.notes[:NOTES]],
    )
