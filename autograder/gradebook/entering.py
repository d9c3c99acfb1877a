"""Verdicts into nbgrader's hands: it writes autograded/ and gradebook.db itself, without a command or a kernel. Called
by `grading`: made before anything is judged, since it finds what is wrong with the course folder."""

import logging
import os
import re
import stat
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from autograder.errors import AutograderError
from autograder.names import display
from autograder.progress import Progress
from autograder.submissions import Child

MAX_FILES = 300  # of one submission, beside the notebook, that are copied to autograded/


class Entry:
    """Of a course folder's submissions, whose verdicts are in OUT, into its gradebook."""

    def __init__(self, home: Path, out: Path, assignments: Sequence[str]):
        """AutograderError where nothing could be entered."""
        try:
            self.config = PyFileConfigLoader("nbgrader_config.py", path=str(home)).load_config()
            self.config.Judge.verdicts, self.config.Judge.all_judged = str(out), True
            self.directory = TolerantDirectory(config=self.config)
            AnySubmission(coursedir=self.directory, config=self.config)
        except Exception as problem:  # it is Python, and anybody's
            reason = f"{type(problem).__name__}: {problem}"
            raise AutograderError(f"{home / 'nbgrader_config.py'}: {reason}. Mend it, or make a new release.") from None
        url = self.directory.db_url
        if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
            raise AutograderError(f"{url}: no gradebook. Put it back, or make a new release.")
        with Gradebook(url, self.directory.course_id) as gradebook:
            unknown = set(assignments) - {assignment.name for assignment in gradebook.assignments}
        if unknown:
            raise AutograderError(f"{url}: {', '.join(sorted(unknown))} isn't in it. Run `autograder release` again.")

    def enter(self, work: Mapping[str, Sequence[Child]]) -> list[str]:
        """Autograde these submissions; a line on each that could not be, or not wholly. All of them each time: what
        people and releases changed since doesn't show in a verdict."""
        usual = self.directory.ignore
        tasks = [(assignment, child) for assignment, children in work.items() for child in children]
        problems, progress = [], Progress(len(tasks), "entered into the gradebook")
        for assignment, child in tasks:
            self.directory.assignment_id, self.directory.student_id = assignment, child.name
            self.directory.problems, self.directory.ignore = [], usual
            if not _is_usual(child.paths[0]):
                self.directory.ignore = ["*"]
                self.directory.problems.append("links or too many files, so that only the notebook is in autograded/")
            reason = _run(AnySubmission(coursedir=self.directory, config=self.config))
            if reason:
                self.directory.problems.append(f"not entered into the gradebook ({reason})")
            problems += [f"{assignment}/{display(child.name)}: {line}." for line in self.directory.problems]
            progress.step(failed=bool(reason))
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


class _Errors(logging.Handler):
    """Keeps what nbgrader logs as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


def _run(app: Any) -> str:
    """Why nbgrader could not; "" if it could. Nothing of its log comes to the screen."""
    errors = _Errors()
    app.force, app.log = True, logging.Logger("nbgrader")
    app.log.addHandler(errors)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SQLAlchemy's and nbformat's, about nothing that anybody can change
            app.start()
        return ""
    except (Exception, SystemExit) as problem:
        said = re.search(r"^[\w.]+: .*", "\n".join(errors.texts), re.MULTILINE)  # where a traceback ends
        return display(said[0] if said else f"{type(problem).__name__}: {problem}", 150)
