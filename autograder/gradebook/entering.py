"""Verdicts into nbgrader's hands: autograded/ and gradebook.db, without a command or a kernel. Called by `grading`."""

import errno
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from autograder.errors import AutograderError
from autograder.gradebook.converting import Converter, Sheet
from autograder.gradebook.writing import GradebookWriter, quietly
from autograder.names import display

AT_ONCE = 50  # submissions in one commit
EVERYBODYS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)  # the next submission would meet the same


class Entry:
    """Of a course folder's submissions, whose verdicts are in OUT, into its gradebook. A context manager.

    `problems` has a line on each submission that could not be entered, or not wholly."""

    def __init__(self, home: Path, out: Path, assignments: Sequence[str]):
        """AutograderError where nothing could be entered: best known before anything is judged."""
        try:
            config = PyFileConfigLoader("nbgrader_config.py", path=str(home)).load_config()
            config.Judge.verdicts, config.Judge.all_judged = str(out), True
            directory = CourseDirectory(config=config)
            self._converter = Converter(coursedir=directory, config=config)
        except Exception as problem:  # it is Python, and anybody's
            reason = f"{type(problem).__name__}: {problem}"
            raise AutograderError(f"{home / 'nbgrader_config.py'}: {reason}. Mend it, or make a new release.") from None
        self._gradebook = GradebookWriter(directory.db_url, directory.course_id, self._converter.penalties)
        if unknown := set(assignments) - set(self._gradebook.assignments):
            names = ", ".join(sorted(unknown))
            raise AutograderError(f"{self._gradebook.name}: {names} isn't in it. Run `autograder release` again.")
        self._released = {name: self._gradebook.released(name) for name in assignments}
        self._waiting = list[Sheet]()
        self.problems = list[str]()

    def __enter__(self) -> "Entry":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gradebook.close()

    def enter(self, assignment: str, student: str) -> None:
        """Write autograded/ of one submission, and its marks sooner or later. Of each one in every run: what people and
        releases changed since doesn't show in a verdict."""
        sheet = Sheet(assignment, student, self._released[assignment])
        try:
            with quietly():
                self._converter.convert(sheet)
        except Exception as problem:
            if isinstance(problem, OSError) and problem.errno in EVERYBODYS:
                raise
            self._say(sheet, problem)
            return
        self._waiting.append(sheet)
        if len(self._waiting) >= AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """Write the marks that wait."""
        sheets, self._waiting = self._waiting, []
        self._write(sheets)

    def _write(self, sheets: Sequence[Sheet]) -> None:
        try:
            self._gradebook.write(sheets)
        except AutograderError:
            raise
        except Exception as problem:
            if len(sheets) == 1:
                self._converter.remove(sheets[0])
                self._say(sheets[0], problem)
            else:
                for sheet in sheets:  # each by itself, without the one that it is about
                    self._write([sheet])
            return
        for sheet in sheets:
            self._say(sheet)

    def _say(self, sheet: Sheet, problem: Exception | None = None) -> None:
        if problem:
            reason = display(f"{type(problem).__name__}: {problem}", 150)
            sheet.problems.append(f"not entered into the gradebook ({reason})")
        self.problems += [f"{sheet.assignment}/{display(sheet.student)}: {line}." for line in sheet.problems]
