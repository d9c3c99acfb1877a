"""A folder of submissions in, OUT out: results.json for each student, grades.csv, a summary. Called by the command
line, `gradebook` and `demo`.

Submissions are judged in parallel by a `pool`. Results are written here, each as soon as it is known."""

import contextlib
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

from autograder.adjustments import LATE, add_late
from autograder.course import Course
from autograder.downloads import find_children
from autograder.errors import AutograderError
from autograder.files import remove_leftovers
from autograder.names import counted, display, folder_of
from autograder.pool import Judges, Pool
from autograder.progress import Progress
from autograder.sandbox.client import required
from autograder.secret import course_secret
from autograder.session import BROKEN
from autograder.submissions import Child
from autograder.verdict import GRADES, RESULTS, STATES, Verdict, write_grades, write_verdict


@dataclass(frozen=True, slots=True)
class Graded:
    """What is kept of a verdict until the run ends: all of them would grow with the class."""

    student: str
    score: float
    max_score: float
    scores: dict[str, float]  # by exercise id
    states: dict[str, int]  # how many exercises are in each
    output: str

    @classmethod
    def of(cls, verdict: Verdict) -> "Graded":
        states = Counter(exercise.state for exercise in verdict.exercises.values())
        return cls(verdict.student, verdict.score, verdict.max_score, verdict.scores, states, verdict.output)


@dataclass
class Summary:
    """What a grading run made, for people (str) and programs (to_dict)."""

    out: Path
    assignment: str | None
    graded: list[Graded]
    seconds: float
    resumed: int = 0  # of them, those whose verdict still stood
    passed_over: list[str] = field(default_factory=list)

    @property
    def broken_tests(self) -> list[str]:
        """Students on whose submissions one of the course's own tests broke, or the grader."""
        return [one.student for one in self.graded if any(line.startswith(BROKEN) for line in one.output.splitlines())]

    def to_dict(self) -> dict[str, Any]:
        return {
            "out": str(self.out),
            "assignment": self.assignment,
            "submissions": len(self.graded),
            "resumed": self.resumed,
            "seconds": round(self.seconds, 2),
            "passed_over": self.passed_over,
            "broken_tests": self.broken_tests,
            "students": [
                {"student": one.student, "score": one.score, "max_score": one.max_score, "output": one.output}
                for one in self.graded
            ],
        }

    def __str__(self) -> str:
        lines = [table(self.graded)] if self.graded else []
        again = f", {self.resumed} of them earlier" if self.resumed else ""
        lines.append(f"{counted(len(self.graded), 'submission')} graded{again}: {self.out / 'grades.csv'}")
        if self.broken_tests:
            lines.append(f"A test of the course broke on {len(self.broken_tests)} of them: see their {RESULTS}.")
        return "\n".join(lines)


def table(graded: Sequence[Graded]) -> str:
    """One line a student: points, states, and the first line of what went wrong."""
    width = max(7, *(len(display(one.student, 24)) for one in graded))
    lines = [f"{'student':{width}}  points  passed failed missing not_started blocked"]
    for one in graded:
        numbers = "".join(f" {one.states.get(state, '.'):>{len(state)}}" for state in STATES)
        said = display(one.output.split("\n")[0], 60)
        lines.append(f"{display(one.student, 24):{width}}  {one.score:6.2f} {numbers}  {said}".rstrip())
    return "\n".join(lines)


def grade_folder(
    source: Path,
    out: Path,
    course: Course,
    *,
    assignment: str | None = None,
    jobs: int = 1,
    dask: str | None = None,
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
    jobs = min(jobs, len(found.children))
    with judges(course, course.root, jobs=jobs, dask=dask, allow_contained=allow_contained) as pool:
        print(f"Isolation of student code: {pool.isolation}.", file=sys.stderr)
        summary = grade(found.children, out, course, pool, assignment=assignment, resume=resume)
    summary.passed_over = found.passed_over
    if added := add_late(out, found.late):
        days = f"1 day each in {out / LATE}; change it there"
        print(f"{counted(added, 'student')} handed in late, says {found.system}: {days}.", file=sys.stderr)
    return summary


def judges(course: Course, home: Path, *, jobs: int, dask: str | None, allow_contained: bool) -> Judges:
    """On this machine, or on the Dask cluster at that address; with the secret that lies in `home`."""
    if not dask:
        return Pool(jobs, course.root, course_secret(home), required(allow_contained=allow_contained))
    from autograder.cluster import Cluster  # it needs a package that not everybody has

    return Cluster(dask, course, course_secret(home), allow_contained=allow_contained)


class Entry(Protocol):
    """Where verdicts go beside OUT."""

    def enter(self, assignment: str, student: str) -> None: ...
    def finish(self) -> None: ...


def grade(
    children: Sequence[Child],
    out: Path,
    course: Course,
    pool: Judges,
    *,
    assignment: str | None,
    resume: bool,
    entry: Entry | None = None,
) -> Summary:
    """Grade these submissions into OUT. With `resume`, verdicts that still hold are kept. `entry` is told of each
    verdict once it is there."""
    if assignment is not None:
        course.topic(assignment)
    if not resume and any(out.glob(f"**/{RESULTS}")):
        raise AutograderError(f"{out}: has results already. Go on in it with --resume, or name another folder.")
    started = time.monotonic()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AutograderError(f"{out}: no folder can be made there ({error.strerror}).") from None
    remove_leftovers(out, (RESULTS, GRADES))
    graded, resumed = list[Graded](), 0
    work = [(child, out / folder_of(child.name) / RESULTS) for child in children]
    with Progress(len(work), "graded") as progress, _saying_how_to_go_on(progress, out), _ctrl_c() as stop_if_asked:
        for verdict, is_new in pool.judge(work, assignment):
            stop_if_asked()
            if is_new:
                write_verdict(verdict, out)
            graded.append(Graded.of(verdict))
            resumed += not is_new
            progress.step(failed=bool(verdict.output))
            if entry and assignment:
                entry.enter(assignment, verdict.student)
        if entry:
            entry.finish()
    graded.sort(key=lambda one: one.student)
    topics = [course.topic(assignment)] if assignment else course.catalogue.topics
    write_grades(graded, [exercise for topic in topics for exercise in topic.exercises], out)
    return Summary(out, assignment, graded, time.monotonic() - started, resumed)


@contextlib.contextmanager
def _ctrl_c() -> Iterator[Callable[[], None]]:
    """What raises KeyboardInterrupt where Ctrl-C came within a destructor, such as that of Dask's futures: there Python
    would print what is raised, and drop it."""
    asked = False

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        while frame:
            if frame.f_code.co_name == "__del__":
                return
            frame = frame.f_back
        raise KeyboardInterrupt

    def stop_if_asked() -> None:
        if asked:
            raise KeyboardInterrupt

    is_usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not is_usual or threading.current_thread() is not threading.main_thread():
        yield stop_if_asked
        return
    signal.signal(signal.SIGINT, handle)
    try:
        yield stop_if_asked
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextlib.contextmanager
def _saying_how_to_go_on(progress: Progress, out: Path) -> Iterator[None]:
    """What ends a run early is one line, with what it leaves behind."""
    try:
        yield
    except KeyboardInterrupt:
        reason = "stopped."
    except (AutograderError, OSError) as problem:
        if not progress.done:
            raise
        reason = str(problem) if isinstance(problem, AutograderError) else f"{problem.filename}: {problem.strerror}."
    else:
        return
    kept = f"{progress.done} of {counted(progress.total, 'submission')} are graded and kept in {out}"
    raise AutograderError(f"{reason} {kept}: the same command with --resume goes on.")
