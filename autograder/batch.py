"""A folder of submissions in, OUT out: results.json for each student, grades.csv, a summary. Called by the command
line, `gradebook` and `demo`.

Submissions are judged in parallel by warm judges, one a process. Results are written here, each as soon as it is known.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.adjustments import LATE, add_late
from autograder.course import Course, find_course
from autograder.downloads import find_children
from autograder.errors import AutograderError
from autograder.judge import Judge
from autograder.names import counted, display, folder_of
from autograder.sandbox.client import required
from autograder.sandbox.walls import die_with_parent
from autograder.secret import course_secret
from autograder.session import BROKEN
from autograder.submissions import Child, Submission, read_child
from autograder.verdict import RESULTS, STATES, Verdict, read_verdict, write_grades, write_verdict

Task = tuple[str | None, Child, Path]  # assignment, submission, where its verdict is
AHEAD = 2  # submissions handed to each process before one is waited for: memory stays flat


@dataclass
class Summary:
    """What a grading run made, for people (str) and programs (to_dict)."""

    out: Path
    assignment: str | None
    verdicts: list[Verdict]
    seconds: float
    resumed: int = 0  # of the verdicts, those that still stood
    passed_over: list[str] = field(default_factory=list)

    @property
    def broken_tests(self) -> list[str]:
        """Students on whose submissions one of the course's own tests broke, or the grader."""
        return [v.student for v in self.verdicts if any(line.startswith(BROKEN) for line in v.output.splitlines())]

    def to_dict(self) -> dict[str, Any]:
        return {
            "out": str(self.out),
            "assignment": self.assignment,
            "submissions": len(self.verdicts),
            "resumed": self.resumed,
            "seconds": round(self.seconds, 2),
            "passed_over": self.passed_over,
            "broken_tests": self.broken_tests,
            "students": [
                {"student": v.student, "score": v.score, "max_score": v.max_score, "output": v.output}
                for v in self.verdicts
            ],
        }

    def __str__(self) -> str:
        lines = [table(self.verdicts)] if self.verdicts else []
        again = f", {self.resumed} of them earlier" if self.resumed else ""
        lines.append(f"{counted(len(self.verdicts), 'submission')} graded{again}: {self.out / 'grades.csv'}")
        if self.broken_tests:
            lines.append(f"A test of the course broke on {len(self.broken_tests)} of them: see their {RESULTS}.")
        return "\n".join(lines)


def table(verdicts: Sequence[Verdict]) -> str:
    """One line a student: points, states, and the first line of what went wrong."""
    width = max(7, *(len(display(v.student, 24)) for v in verdicts))
    lines = [f"{'student':{width}}  points  passed failed missing not_started blocked"]
    for verdict in verdicts:
        counts = Counter(exercise.state for exercise in verdict.exercises.values())
        numbers = "".join(f" {counts[state] or '.':>{len(state)}}" for state in STATES)
        said = display(verdict.output.split("\n")[0], 60)
        lines.append(f"{display(verdict.student, 24):{width}}  {verdict.score:6.2f} {numbers}  {said}".rstrip())
    return "\n".join(lines)


def grade_folder(
    source: Path,
    out: Path,
    course: Course,
    *,
    assignment: str | None = None,
    jobs: int = 1,
    resume: bool = False,
    allow_contained: bool = False,
) -> Summary:
    """Grade each child of `source` into OUT, by this course's secret. AutograderError where nothing can be graded."""
    if out.resolve().is_relative_to(source.resolve()):
        raise AutograderError(
            f"{out}: in the folder of submissions, so it would be taken for one. Name another folder."
        )
    found = find_children(source)
    for line in found.passed_over:
        print(line, file=sys.stderr)
    if found.system:
        print(f"{source}: a download of {found.system}, {counted(len(found.children), 'student')}.", file=sys.stderr)
    if not found.children:
        raise AutograderError(f"{source}: no submissions in it (folders, .zip, .ipynb or .py, one a student).")
    level = required(allow_contained=allow_contained)
    print(f"Isolation of student code: {level}.", file=sys.stderr)
    with Pool(jobs, course.root, course_secret(course.root), level) as pool:
        summary = grade(found.children, out, course, pool, assignment=assignment, resume=resume)
    summary.passed_over = found.passed_over
    if added := add_late(out, found.late):
        days = f"1 day each in {out / LATE}; change it there"
        print(f"{counted(added, 'student')} handed in late, says {found.system}: {days}.", file=sys.stderr)
    return summary


def grade(
    children: Sequence[Child],
    out: Path,
    course: Course,
    pool: "Pool",
    *,
    assignment: str | None,
    resume: bool,
) -> Summary:
    """Grade these submissions into OUT. With `resume`, verdicts that still hold are kept."""
    if assignment is not None:
        course.topic(assignment)
    if not resume and any(out.glob(f"**/{RESULTS}")):
        raise AutograderError(f"{out}: has results already. Go on in it with --resume, or name another folder.")
    started = time.monotonic()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AutograderError(f"{out}: no folder can be made there ({error.strerror}).") from None
    verdicts, resumed = [], 0
    work = [(child, out / folder_of(child.name) / RESULTS) for child in children]
    for done, (verdict, is_new) in enumerate(pool.judge(work, assignment), start=1):
        if is_new:
            write_verdict(verdict, out)
        verdicts.append(verdict)
        resumed += not is_new
        progress(done, len(work), started)
    verdicts.sort(key=lambda verdict: verdict.student)
    topics = [course.topic(assignment)] if assignment else course.catalogue.topics
    write_grades(verdicts, [exercise for topic in topics for exercise in topic.exercises], out)
    return Summary(out, assignment, verdicts, time.monotonic() - started, resumed)


def progress(done: int, total: int, started: float, what: str = "graded") -> None:
    if sys.stderr.isatty():
        rate = done / max(time.monotonic() - started, 1e-9)
        left = f", {(total - done) / rate:.0f} s left" if done < total else ""
        print(f"\r{done}/{total} {what}{left}\x1b[K", end="\n" if done == total else "", file=sys.stderr, flush=True)


class Pool:
    """Processes with a warm judge each, started as they are needed. Where one dies, what it had is judged again one by
    one; a submission that it dies of again gets a verdict that says so."""

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
        return ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_warm_up, initargs=arguments)

    def judge(self, work: Iterable[tuple[Child, Path]], assignment: str | None) -> Iterator[tuple[Verdict, bool]]:
        """Verdicts as they come, and whether they are new."""
        waiting: dict[Future[tuple[Verdict, bool]], Task] = {}
        queue = ((assignment, child, path) for child, path in work)
        while True:
            while len(waiting) < AHEAD * self.jobs and (item := next(queue, None)):
                waiting[self.executor.submit(_judge, *item)] = item
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            try:
                for future in done:
                    result = future.result()
                    del waiting[future]
                    yield result
            except BrokenProcessPool:
                lost = list(waiting.values())
                waiting.clear()
                yield from self._one_by_one(lost)

    def _one_by_one(self, lost: list[Task]) -> Iterator[tuple[Verdict, bool]]:
        for task in lost:
            for work in (_judge, _give_up):
                self.executor.shutdown(wait=False)
                self.executor = self._start(1)
                with contextlib.suppress(BrokenProcessPool):
                    yield self.executor.submit(work, *task).result()
                    break
            else:
                raise AutograderError("The grader's processes end as soon as they start. Run `autograder doctor`.")
        self.executor.shutdown(wait=False)
        self.executor = self._start(self.jobs)


_judge_here: Judge | AutograderError | None = None  # of this worker process, or why there is none


def _warm_up(parent: int, folder: str, root: Path, secret: bytes, level: str | None = None) -> None:
    global _judge_here
    die_with_parent(parent)  # it would wait for work for ever
    tempfile.tempdir = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    try:
        _judge_here = Judge(find_course(root), secret, None, level)
    except AutograderError as problem:  # raised here, it would be no more than a broken pool
        _judge_here = problem


def _judge(assignment: str | None, child: Child, path: Path) -> tuple[Verdict, bool]:
    """Runs in a worker process: the verdict in `path` where it still holds, else a new one."""
    return judged(_warm(assignment), child, path)


def _give_up(assignment: str | None, child: Child, path: Path) -> tuple[Verdict, bool]:
    """Runs in a worker process: the verdict on a submission that can't be judged."""
    return _unjudged(_warm(assignment), child, "the grader's process ended"), True


def _warm(assignment: str | None) -> Judge:
    if isinstance(_judge_here, AutograderError):
        raise _judge_here
    assert _judge_here is not None
    return _judge_here.of(assignment)


def _unjudged(judge: Judge, child: Child, why: str) -> Verdict:
    """No points, and the reason. Its hash is no submission's, so that --resume tries again."""
    line = f"{BROKEN}, or the grader, so that nothing of this was judged ({why}). Tell the course's author."
    return judge.judge(Submission(child.name, {}, [line]))


def judged(judge: Judge, child: Child, path: Path) -> tuple[Verdict, bool]:
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
