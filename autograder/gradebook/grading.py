"""A whole nbgrader course folder: its submissions judged in parallel, and each entered into autograded/ and
gradebook.db as soon as it is judged. Called by the command line and `demo`."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.batch import Summary, grade, judges
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.names import display
from autograder.submissions import Child


@dataclass
class CourseSummary:
    """One summary per assignment, and what went wrong on the way into the gradebook."""

    home: Path
    summaries: list[Summary]
    problems: list[str]  # a line each
    seconds: float

    @property
    def broken_tests(self) -> list[str]:
        return [student for summary in self.summaries for student in summary.broken_tests]

    def to_dict(self) -> dict[str, Any]:
        return {
            "course": str(self.home),
            "assignments": [summary.to_dict() for summary in self.summaries],
            "problems": self.problems,
            "seconds": round(self.seconds, 2),
        }

    def __str__(self) -> str:
        tables = [f"{summary.assignment}\n{summary}" for summary in self.summaries]
        return "\n".join([*tables, *self.problems, f"Gradebook: {self.home / 'gradebook.db'}"])


def grade_course(
    home: Path,
    out: Path,
    course: Course,
    *,
    assignment: str | None = None,
    jobs: int = 1,
    dask: str | None = None,
    resume: bool = False,
    allow_contained: bool = False,
) -> CourseSummary:
    """Grade submitted/<student>/<assignment>/, of one assignment or all, into OUT/<assignment>/ and the gradebook."""
    home, out = home.resolve(), out.resolve()
    work, problems = _submitted(home, course, assignment)
    if not work:
        raise AutograderError(f"{home / 'submitted'}: no submissions in it (submitted/<student>/<assignment>/).")
    started, jobs = time.monotonic(), min(jobs, sum(map(len, work.values())))
    with judges(course, home, jobs=jobs, dask=dask, allow_contained=allow_contained) as pool:
        from autograder.gradebook.entering import Entry  # imports nbgrader, which takes as long as the pool to start

        with Entry(home, out, list(work)) as entry:
            print(f"Isolation of student code: {pool.isolation}.", file=sys.stderr)
            summaries = [
                grade(children, out / name, course, pool, assignment=name, resume=resume, entry=entry)
                for name, children in work.items()
            ]
    return CourseSummary(home, summaries, problems + entry.problems, time.monotonic() - started)


def _submitted(home: Path, course: Course, assignment: str | None) -> tuple[dict[str, list[Child]], list[str]]:
    """Assignment -> its submissions, and a line on each link in the place of a student."""
    topics = [course.topic(assignment)] if assignment else course.catalogue.topics
    folders = sorted(path for path in (home / "submitted").iterdir() if path.is_dir())
    students = [path for path in folders if not path.is_symlink()]
    work = {
        topic.name: [Child(path.name, [path / topic.name]) for path in students if (path / topic.name).is_dir()]
        for topic in topics
    }
    links = [f"submitted/{display(path.name)}: a link, which is not followed." for path in folders if path.is_symlink()]
    return {name: children for name, children in work.items() if children}, links
