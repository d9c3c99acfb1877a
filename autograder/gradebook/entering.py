"""Verdicts into nbgrader's hands: it writes autograded/ and gradebook.db itself, without a command or a kernel. Called
by `grading`, when all verdicts of a course are there."""

import io
import logging
import os
import stat
import time
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from autograder.batch import progress
from autograder.errors import AutograderError
from autograder.names import display
from autograder.submissions import Child

MAX_FILES = 300  # of one submission, beside the notebook, that are copied to autograded/


def enter(home: Path, out: Path, work: Mapping[str, Sequence[Child]]) -> list[str]:
    """Autograde these submissions; a line on each that could not be, or not wholly. All of them each time: what people
    and releases changed since doesn't show in a verdict."""
    try:
        config = PyFileConfigLoader("nbgrader_config.py", path=str(home)).load_config()
        config.Judge.verdicts, config.Judge.all_judged = str(out), True
        directory = TolerantDirectory(config=config)
        AnySubmission(coursedir=directory, config=config)
    except Exception as problem:  # it is Python, and anybody's
        raise AutograderError(
            f"{home / 'nbgrader_config.py'}: {type(problem).__name__}: {problem}. The verdicts are in {out}; mend it, "
            "and go on with --resume."
        ) from None
    usual = directory.ignore
    tasks = [(assignment, child) for assignment, children in work.items() for child in children]
    problems, started = [], time.monotonic()
    for done, (assignment, child) in enumerate(tasks, start=1):
        directory.assignment_id, directory.student_id = assignment, child.name
        directory.problems = []
        directory.ignore = usual
        if not _is_usual(child.paths[0]):
            directory.ignore = ["*"]
            directory.problems.append("links or too many files, so that only the notebook is in autograded/")
        if reason := _run(AnySubmission(coursedir=directory, config=config)):
            directory.problems.append(f"not entered into the gradebook ({reason})")
        problems += [f"{assignment}/{display(child.name)}: {problem}." for problem in directory.problems]
        progress(done, len(tasks), started, "entered into the gradebook")
    return problems


class TolerantDirectory(CourseDirectory):  # type: ignore[misc]
    """One whose submissions may have any timestamp.txt."""

    problems: list[str]

    def get_existing_timestamp(self, dest_path: str) -> datetime | None:
        try:
            when: datetime | None = super().get_existing_timestamp(dest_path)
            return when
        except Exception:  # dateutil's, and of any kind
            self.problems.append("its timestamp.txt is no date, so it counts as handed in in time")
            return None


class AnySubmission(Autograde):  # type: ignore[misc]
    """Autogrades also where no notebook was handed in, or where a student's name would be a pattern."""

    def init_notebooks(self) -> None:
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: [str(Path(folder) / f"{self.coursedir.assignment_id}.ipynb")]}


def _is_usual(folder: Path) -> bool:
    """Whether all that nbgrader would copy is plain files, and not too many."""
    count = 0
    for parent, folders, files in os.walk(folder):
        count += len(folders) + len(files)
        if count > MAX_FILES or any(Path(parent, name).is_symlink() for name in folders):
            return False
        if not all(stat.S_ISREG(Path(parent, name).lstat().st_mode) for name in files):
            return False
    return not folder.is_symlink()


def _run(app: Any) -> str:
    """Why nbgrader could not; "" if it could. Its log is kept from the screen."""
    heard = io.StringIO()
    app.force, app.log = True, logging.Logger("nbgrader")
    app.log.addHandler(logging.StreamHandler(heard))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SQLAlchemy's and nbformat's, about nothing that anybody can change
            app.start()
        return ""
    except (Exception, SystemExit) as problem:
        lines = [line.strip() for line in heard.getvalue().splitlines() if "Error" in line]
        return display((lines or [f"{type(problem).__name__}: {problem}"])[-1], 150)
