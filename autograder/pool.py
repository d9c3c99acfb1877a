"""Warm judges in processes of this machine: submissions in, verdicts out as they come. Called by `batch`.

A process has one judge, which judges one submission after the other. Nothing is written here."""

import contextlib
import itertools
import multiprocessing
import os
import signal
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
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
AHEAD = 2  # submissions handed to each process before one is waited for: memory stays flat


class Pool:
    """Processes with a warm judge each. Where one dies, what it had is judged again alone;
    a submission that it dies of again gets a verdict that says so."""

    def __init__(self, jobs: int, *judge: Any):
        self.folder = tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True)  # of all processes
        self.jobs, self.judge_arguments = jobs, judge
        self.executor = self._start(jobs)

    def __enter__(self) -> "Pool":
        return self

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
        for _ in range(jobs):
            executor.submit(_start_now)
        return executor

    def judge(self, work: Iterable[tuple[Child, Path]], assignment: str | None) -> Iterator[Judged]:
        """Verdicts as they come, and whether they are new."""
        waiting: dict[Future[Judged], Task] = {}
        tasks = ((assignment, child, path) for child, path in work)
        while True:
            for task in itertools.islice(tasks, AHEAD * self.jobs - len(waiting)):
                waiting[self._submit(task)] = task
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                task = waiting.pop(future)
                try:
                    result = future.result()
                except BrokenExecutor:
                    result = self._judge_alone(task)
                yield result

    def _submit(self, task: Task) -> Future[Judged]:
        try:
            return self.executor.submit(_judge, *task)
        except BrokenExecutor:
            self.executor = self._start(self.jobs)
            return self.executor.submit(_judge, *task)

    def _judge_alone(self, task: Task) -> Judged:
        """It, or one that was judged beside it, ended its process."""
        for work in (_judge, _give_up):
            alone = self._start(1)
            try:
                return alone.submit(work, *task).result()
            except BrokenExecutor:
                continue
            finally:
                alone.shutdown(wait=False)
        raise AutograderError("The grader's processes end as soon as they start. Run `autograder doctor`.")


def _start_now() -> None:
    """The executor starts a process for each task that none is free for."""


_judge_here: Judge | Exception | None = None  # of this worker process, or why there is none


def _warm_up(parent: int, folder: str, root: Path, secret: bytes, level: str | None = None) -> None:
    global _judge_here
    die_with_parent(parent)  # it would wait for work for ever
    tempfile.tempdir = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    try:
        _judge_here = Judge(find_course(root), secret, None, level)
    except (AutograderError, OSError) as problem:  # raised here, it would be no more than a broken pool
        _judge_here = problem


def _judge(assignment: str | None, child: Child, path: Path) -> Judged:
    """Runs in a worker process: the verdict in `path` where it still holds, else a new one."""
    return judged(_warm(assignment), child, path)


def _give_up(assignment: str | None, child: Child, path: Path) -> Judged:
    """Runs in a worker process: the verdict on a submission that can't be judged."""
    return _unjudged(_warm(assignment), child, "the grader's process ended"), True


def _warm(assignment: str | None) -> Judge:
    if isinstance(_judge_here, Exception):
        raise _judge_here
    assert _judge_here is not None
    return _judge_here.of(assignment)


def _unjudged(judge: Judge, child: Child, why: str) -> Verdict:
    """No points, and the reason. Its hash is no submission's, so that --resume tries again."""
    line = f"{BROKEN}, or the grader, so that nothing of this was judged ({why}). Tell the course's author."
    return judge.judge(Submission(child.name, {}, [line]))


def judged(judge: Judge, child: Child, path: Path) -> Judged:
    """The verdict in `path` where it still holds, else a new one; and whether it is new."""
    try:
        submission = read_child(child)
        earlier = _earlier(path)
        if earlier and earlier.basis == judge.basis(submission):
            return earlier, False
        return judge.judge(submission), True
    except AutograderError:
        raise
    except Exception as problem:  # a bug of ours, and the class goes on
        place = traceback.extract_tb(problem.__traceback__)[-1]
        why = f"{type(problem).__name__}, {Path(place.filename).name} line {place.lineno}"
        return _unjudged(judge, child, why), True


def _earlier(path: Path) -> Verdict | None:
    with contextlib.suppress(AutograderError):  # none, or half of one
        return read_verdict(path)
    return None
