"""Judges on other machines: the workers of a Dask cluster, each with this course and walls of its own. Called by
`batch` for --dask.

A worker is handed one submission's files and seeds, never the course secret, and answers with the verdict. No file
system is shared. Each is asked first what it is, and refused where that is not enough."""

import socket
import sys
import threading
import time
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future, wait
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from autograder.course import Course, find_course
from autograder.errors import AutograderError
from autograder.judge import Judge
from autograder.names import counted, display
from autograder.pool import AHEAD, ENDED, Judged, Judges, Task, earlier_in, read, unjudged, verdict_on
from autograder.sandbox.client import probe
from autograder.secret import Seeds
from autograder.submissions import Child, Submission
from autograder.suite import version_of

PATIENCE = 30  # seconds for a scheduler to answer, and for a lost worker to be replaced


@dataclass(frozen=True)
class Introduction:
    """What a worker says of itself."""

    host: str
    tests_version: str
    level: str  # of isolation
    missing: str  # what keeps it from a better one


class Cluster(Judges):
    """The workers of one scheduler that may judge, those that come later included. What a lost one had is judged by
    another."""

    def __init__(self, address: str, course: Course, secret: bytes, *, allow_contained: bool):
        self.address, self._secret, self._allow_contained = address, secret, allow_contained
        self._version = version_of(course)
        self._client, self.broken = _connect(address)
        self.executor = self._client.get_executor(pure=False)
        self._introductions: dict[str, Future[Introduction]] = {}  # not answered yet, by the worker's address
        self._levels: dict[str, str] = {}  # of those that may judge
        self._refused = set[str]()
        self._sent_to: WeakKeyDictionary[Future[Judged], set[str]] = WeakKeyDictionary()
        self._look_round()
        wait(self._introductions.values(), PATIENCE)

    def __exit__(self, *exception: object) -> None:
        self.executor.shutdown(wait=False)
        self._client.close(timeout=1)

    @property
    def isolation(self) -> str:
        workers = self.room() // AHEAD
        return f"{', '.join(sorted(set(self._levels.values())))}, on {counted(workers, 'worker')}"

    def judge(self, work: Iterable[tuple[Child, Path]], assignment: str | None) -> Iterator[Judged]:
        try:
            yield from super().judge(work, assignment)
        except (CancelledError, OSError):
            raise AutograderError(f"{self.address}: the Dask scheduler does not answer any more.") from None

    def room(self) -> int:
        started = time.monotonic()
        self._look_round()
        while not self._levels:
            if time.monotonic() - started > PATIENCE or (self._refused and self._refused == self._there):
                raise AutograderError(f"{self.address}: no Dask worker there may judge ({len(self._refused)} refused).")
            time.sleep(0.1)
            self._look_round()
        return AHEAD * len(self._levels)

    def _look_round(self) -> None:
        """Who is there? Newcomers are asked what they are; it takes them a moment to answer."""
        self._there = set(self._client.nthreads())
        self._levels = {worker: level for worker, level in self._levels.items() if worker in self._there}
        for worker in self._there - self._refused - self._levels.keys() - self._introductions.keys():
            self._introductions[worker] = self.executor.submit(introduce, workers=[worker])
        for worker in list(self._introductions):
            if worker not in self._there:
                del self._introductions[worker]
            elif self._introductions[worker].done():
                self._accept_or_refuse(worker, self._introductions.pop(worker))

    def _accept_or_refuse(self, worker: str, introduction: Future[Introduction]) -> None:
        name = worker
        try:
            found = introduction.result()
            name, reason = f"{worker} ({display(found.host, 60)})", self._objection(found)
        except Exception as problem:  # any: it may have another autograder, or none
            reason = display(f"{type(problem).__name__}: {problem}", 200)
        if reason:
            self._refused.add(worker)
            print(f"The Dask worker {name} is refused: {reason}.", file=sys.stderr)
        else:
            self._levels[worker] = found.level

    def _objection(self, found: Introduction) -> str:
        if found.tests_version != self._version:
            return f"its tests are version {found.tests_version}, those here {self._version}; give it the same course"
        if found.level == "contained" and not self._allow_contained:
            return f"student code could read the hidden tests there ({found.missing}); --allow-contained takes it"
        return ""

    def submit(self, task: Task) -> Future[Judged]:
        assignment, child, path = task
        submission, earlier, seeds = read(child), earlier_in(path), Seeds(self._secret, child.name, assignment)
        basis = (child.name, assignment, submission.sha256, self._version, seeds.name)
        if earlier and earlier.basis[:-1] == basis and earlier.isolation in self._levels.values():
            known: Future[Judged] = Future()
            known.set_result((earlier, False))
            return known
        return self._send(submission, assignment, seeds)

    def rescue(self, task: Task) -> Judged:
        """It ended several workers, one after the other."""
        assignment, child, _ = task
        seeds = Seeds(self._secret, child.name, assignment)
        return self._send(unjudged(child.name, ENDED), assignment, seeds).result()

    def _send(self, submission: Submission, assignment: str | None, seeds: Seeds) -> Future[Judged]:
        self.room()  # never to no worker in particular, which Dask takes for any
        workers = set(self._levels)
        future: Future[Judged] = self.executor.submit(judge, submission, assignment, seeds, workers=list(workers))
        self._sent_to[future] = workers
        return future

    def stranded(self, futures: Iterable[Future[Judged]]) -> list[Future[Judged]]:
        """Dask waits for ever for the workers that a submission may go to."""
        found = [future for future in futures if self._sent_to.get(future, self._there).isdisjoint(self._there)]
        for future in found:
            future.cancel()
        return found


def _connect(address: str) -> tuple[Any, type[Exception]]:
    """A client of the scheduler, and what its futures raise where their workers died."""
    try:
        import dask

        quiet = dict.fromkeys(("distributed", "distributed.client", "tornado.application"), "critical")
        dask.config.set(logging=quiet)  # what goes wrong is said here, in one line
        from distributed import Client, KilledWorker
    except ImportError:
        raise AutograderError("--dask needs the package distributed: pip install distributed.") from None
    warnings.filterwarnings("ignore", module="distributed")
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False), KilledWorker
    except (OSError, ValueError) as problem:
        reason = display(str(problem).split("\n")[0], 150)
        raise AutograderError(f"{address}: no Dask scheduler answers there ({reason}).") from None


class _Guest(Judge):
    """Knows no secret, and takes the seeds that it is handed."""

    handed: Seeds

    def seeds(self, student: str) -> Seeds:
        return self.handed


_one_at_a_time = threading.Lock()  # Dask may give one process several tasks, and it has one judge


@cache
def _guest() -> _Guest:
    return _Guest(find_course(), b"", None)


def introduce() -> Introduction:
    """Runs on a worker."""
    with _one_at_a_time:
        version, found = _guest().suite.version, probe()
    return Introduction(socket.gethostname(), version, found.level, "; ".join(found.missing))


def judge(submission: Submission, assignment: str | None, seeds: Seeds) -> Judged:
    """Runs on a worker."""
    with _one_at_a_time:
        guest = _guest().of(assignment)
        guest.handed = seeds
        return verdict_on(guest, submission), True
