"""A whole nbgrader course folder: all submissions judged in parallel, then autograded/ and gradebook.db written by
nbgrader itself, which finds the verdicts made. Called by the command line and `demo`."""

import logging
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.batch import Summary, grade
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.names import display
from autograder.secret import course_secret
from autograder.submissions import Child


@dataclass
class CourseSummary:
    """One summary per assignment, and whom nbgrader could not enter into its gradebook."""

    home: Path
    summaries: list[Summary]
    not_entered: list[str]  # a line each
    seconds: float

    @property
    def broken_tests(self) -> list[str]:
        return [student for summary in self.summaries for student in summary.broken_tests]

    def to_dict(self) -> dict[str, Any]:
        return {
            "course": str(self.home),
            "assignments": [summary.to_dict() for summary in self.summaries],
            "not_entered": self.not_entered,
            "seconds": round(self.seconds, 2),
        }

    def __str__(self) -> str:
        tables = [f"{summary.assignment}\n{summary}" for summary in self.summaries]
        return "\n".join([*tables, *self.not_entered, f"Gradebook: {self.home / 'gradebook.db'}"])


def grade_course(
    home: Path, out: Path, course: Course, *, assignment: str | None = None, jobs: int = 1, resume: bool = False
) -> CourseSummary:
    """Grade submitted/<student>/<assignment>/, of one assignment or all, into OUT/<assignment>/ and the gradebook."""
    home, out = home.resolve(), out.resolve()
    work = _submitted(home, course, assignment)
    if not work:
        raise AutograderError(f"{home / 'submitted'}: no submissions in it (submitted/<student>/<assignment>/).")
    started, secret = time.monotonic(), course_secret(home)
    summaries = [
        grade(children, out / name, course, secret, assignment=name, jobs=jobs, resume=resume)
        for name, children in work.items()
    ]
    not_entered = _enter(home, out, work)
    return CourseSummary(home, summaries, not_entered, time.monotonic() - started)


def _submitted(home: Path, course: Course, assignment: str | None) -> dict[str, list[Child]]:
    """Assignment -> its submissions."""
    topics = [course.topic(assignment)] if assignment else course.catalogue.topics
    students = sorted(path for path in (home / "submitted").iterdir() if path.is_dir() and not path.is_symlink())
    work = {
        topic.name: [Child(path.name, [path / topic.name]) for path in students if (path / topic.name).is_dir()]
        for topic in topics
    }
    return {name: children for name, children in work.items() if children}


def _enter(home: Path, out: Path, work: dict[str, list[Child]]) -> list[str]:
    """Let nbgrader write autograded/ and the gradebook; a line on each submission where it could not."""
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log
    from traitlets.config.loader import PyFileConfigLoader

    class AutogradeAnything(Autograde):  # type: ignore[misc]
        """Of every submission, also where no notebook was handed in or its name would be a pattern."""

        def init_notebooks(self) -> None:
            folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
            self.assignments = {folder: [str(Path(folder) / f"{self.coursedir.assignment_id}.ipynb")]}

    config = PyFileConfigLoader("nbgrader_config.py", path=str(home)).load_config()
    config.Judge.verdicts = str(out)
    directory = CourseDirectory(config=config)
    problems = []
    for assignment, children in work.items():
        for child in children:
            directory.assignment_id, directory.student_id = assignment, child.name
            app = AutogradeAnything(coursedir=directory, config=config)
            app.force = True
            app.log = logging.Logger("nbgrader")  # one of its own: it isn't printed
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # SQLAlchemy's and nbformat's, about nothing that anybody can change
                result = capture_log(app)
            if not result["success"]:
                reason = _last_error(result)
                problems.append(f"{assignment}/{display(child.name)}: not entered into the gradebook ({reason}).")
    return problems


def _last_error(result: dict[str, str]) -> str:
    lines = [line for line in (result.get("log", "") + result.get("error", "")).splitlines() if line.strip()]
    errors = [line for line in lines if "Error" in line or "Exception" in line]
    return display((errors or lines or ["no reason given"])[-1].strip(), 150)
