"""Warm judges that work at the same time: submissions in, verdicts out as they come. Called by `batch`.

Here are those in processes of this machine; `cluster` has those on others. Nothing is written here."""

import contextlib
import itertools
import multiprocessing
import os
import signal
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from autograder.course import find_course
from autograder.errors import AutograderError
from autograder.judge import Judge
from autograder.sandbox.walls import die_with_parent
from autograder.session import BROKEN
from autograder.submissions import Child, Submission, read_child
from autograder.verdict import Verdict, read_verdict

Task = tuple[str | None, Child, Path]  # assignment, submission, where its verdict is
Judged = tuple[Verdict, bool]  # and whether it is new
AHEAD = 2  # submissions handed to each judge before one is waited for: memory stays flat


class Judges:
    """What all of them have in common. A context manager."""

    broken: type[Exception]  # what a future raises where a submission's judge ended under it

    def __enter__(self) -> "Judges":
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: Any) -> None:
        raise NotImplementedError

    @property
    def isolation(self) -> str:
        """Of student code, for people."""
        raise NotImplementedError

    def room(self) -> int:
        """For how many submissions, the ones that are judged just now included."""
        raise NotImplementedError

    def submit(self, task: Task) -> Future[Judged]:
        raise NotImplementedError

    def rescue(self, task: Task) -> Judged:
        """The verdict on a submission whose judge ended."""
        raise NotImplementedError

    def stranded(self, futures: Iterable[Future[Judged]]) -> list[Future[Judged]]:
        """Those that nobody works on any more."""
        return []

    def judge(self, work: Iterable[tuple[Child, Path]], assignment: str | None) -> Iterator[Judged]:
        """Verdicts as they come, and whether they are new."""
        waiting: dict[Future[Judged], Task] = {}
        tasks: Iterator[Task] = ((assignment, child, path) for child, path in work)
        while True:
            for task in itertools.islice(tasks, max(0, self.room() - len(waiting))):
                waiting[self.submit(task)] = task
            if not waiting:
                return
            for future in wait(waiting, timeout=1, return_when=FIRST_COMPLETED).done:
                task = waiting.pop(future)
                try:
                    result = future.result()
                except self.broken:
                    result = self.rescue(task)
                yield result
            if lost := [waiting.pop(future) for future in self.stranded(waiting)]:
                tasks = itertools.chain(lost, tasks)


class Pool(Judges):
    """Processes with a warm judge each. Where one dies, what it had is judged again alone; a submission that it dies of
    again gets a verdict that says so."""

    broken = BrokenProcessPool

    def __init__(self, jobs: int, root: Path, secret: bytes, level: str):
        """`level` of isolation."""
        self.folder = tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True)  # of all processes
        self.jobs, self.judge_arguments, self._level = jobs, (root, secret, level), level
        os.environ["OPENBLAS_NUM_THREADS"] = "1"  # of each judge, which reads this when it imports NumPy
        self.executor = self._start(jobs)

    def __exit__(self, kind: type[BaseException] | None, *rest: Any) -> None:
        self.executor.shutdown(wait=kind is None, cancel_futures=True)
        if kind is not None:
            for process in multiprocessing.active_children():
                process.terminate()
                process.join()
        self.folder.cleanup()

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")  # nothing of this process, such as its threads, is inherited
        arguments = (os.getpid(), self.folder.name, *self.judge_arguments)
        executor = ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_warm_up, initargs=arguments)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # Ctrl-C is for this process, not for those
        try:
            for _ in range(jobs):
                executor.submit(_start_now)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return executor

    @property
    def isolation(self) -> str:
        return self._level

    def room(self) -> int:
        return AHEAD * self.jobs

    def submit(self, task: Task) -> Future[Judged]:
        try:
            return self.executor.submit(_judge, *task)
        except BrokenProcessPool:
            self.executor = self._start(self.jobs)
            return self.executor.submit(_judge, *task)

    def rescue(self, task: Task) -> Judged:
        """It, or one that was judged beside it, ended its process."""
        for work in (_judge, _give_up):
            alone = self._start(1)
            try:
                return alone.submit(work, *task).result()
            except BrokenProcessPool:
                continue
            finally:
                alone.shutdown(wait=False)
        raise AutograderError("The grader's processes end as soon as they start. Run `autograder doctor`.")


def _start_now() -> None:
    """The executor starts a process for each task that none is free for."""


_judge_here: Judge | Exception | None = None  # of this worker process, or why there is none


def _warm_up(parent: int, folder: str, root: Path, secret: bytes, level: str) -> None:
    global _judge_here
    die_with_parent(parent)  # it would wait for work for ever
    tempfile.tempdir = folder
    try:
        _judge_here = Judge(find_course(root), secret, None, level)
    except (AutograderError, OSError) as problem:  # raised here, it would be no more than a broken pool
        _judge_here = problem


def _judge(assignment: str | None, child: Child, path: Path) -> Judged:
    """Runs in a worker process: the verdict in `path` where it still holds, else a new one."""
    return judged(_warm(assignment), child, path)


def _give_up(assignment: str | None, child: Child, path: Path) -> Judged:
    """Runs in a worker process: the verdict on a submission that can't be judged."""
    return _warm(assignment).judge(unjudged(child.name, ENDED)), True


def _warm(assignment: str | None) -> Judge:
    if isinstance(_judge_here, Exception):
        raise _judge_here
    assert _judge_here is not None
    return _judge_here.of(assignment)


ENDED = "the grader's process ended"


def unjudged(student: str, why: str | Exception) -> Submission:
    """One that earns nothing and says why. Its hash is no other's, so that --resume tries again."""
    if isinstance(why, Exception):  # a bug of ours
        place = traceback.extract_tb(why.__traceback__)[-1]
        why = f"{type(why).__name__}, {Path(place.filename).name} line {place.lineno}"
    line = f"{BROKEN}, or the grader, so that nothing of this was judged ({why}). Tell the course's author."
    return Submission(student, {}, [line])


def read(child: Child) -> Submission:
    """What was handed in; whatever it is, the class goes on."""
    try:
        return read_child(child)
    except Exception as bug:
        return unjudged(child.name, bug)


def verdict_on(judge: Judge, submission: Submission) -> Verdict:
    """Whatever happens, the class goes on; unless it would happen to everybody."""
    try:
        return judge.judge(submission)
    except AutograderError:
        raise
    except Exception as bug:
        return judge.judge(unjudged(submission.name, bug))


def judged(judge: Judge, child: Child, path: Path) -> Judged:
    """The verdict in `path` where it still holds, else a new one; and whether it is new."""
    submission, earlier = read(child), earlier_in(path)
    if earlier and earlier.basis == judge.basis(submission):
        return earlier, False
    return verdict_on(judge, submission), True


def earlier_in(path: Path) -> Verdict | None:
    with contextlib.suppress(AutograderError):  # none, or half of one
        return read_verdict(path)
    return None
