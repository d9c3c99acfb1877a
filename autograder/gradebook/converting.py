"""One submission's files as nbgrader writes them: autograded/ out, and what goes into the gradebook. Called by
`entering`.

nbgrader's own converter, preprocessors and settings, but for its database: a `Sheet` stands for the gradebook."""

import contextlib
import logging
import os
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

from nbconvert.writers import FilesWriter
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter
from nbgrader.preprocessors import (
    AssignLatePenalties,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from nbgrader.utils import find_all_files, rmtree
from traitlets.utils.importstring import import_item

MAX_FILES = 300  # of one submission, beside the notebook, that are copied to autograded/


@dataclass(frozen=True)
class Released:
    """What the gradebook has of an assignment's notebook, read once."""

    kernelspec: dict[str, str] | None
    cells: Mapping[str, Any]  # nbgrader's SourceCell by name
    graded: Mapping[str, Any]  # and those that carry points


@dataclass
class Sheet:
    """What nbgrader's preprocessors take for the gradebook: of one submission, what they read and what they write."""

    assignment: str
    student: str
    released: Released
    timestamp: datetime | None = None
    grades: dict[str, Any] = field(default_factory=dict)  # by cell: its `auto_score`
    comments: dict[str, Any] = field(default_factory=dict)  # by cell: its `auto_comment`
    problems: list[str] = field(default_factory=list)
    db: ClassVar[Any] = SimpleNamespace(commit=lambda: None)

    def find_source_cell(self, name: str, *notebook: str) -> Any:
        return _find(self.released.cells, name)

    def find_graded_cell(self, name: str, *notebook: str) -> Any:
        return _find(self.released.graded, name)

    def find_grade(self, name: str, *submission: str) -> Any:
        self.find_graded_cell(name)
        return self.grades.setdefault(name, SimpleNamespace(manual_score=None))

    def find_comment(self, name: str, *submission: str) -> Any:
        self.find_source_cell(name)
        return self.comments.setdefault(name, SimpleNamespace())


def _find(cells: Mapping[str, Any], name: str) -> Any:
    if name not in cells:
        raise MissingEntry(f"there is no cell {name} in the gradebook")
    return cells[name]


class Kernelspec(OverwriteKernelspec):  # type: ignore[misc]
    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        if kernelspec := self.parent.parent.sheet.released.kernelspec:
            nb.metadata["kernelspec"] = kernelspec
        return nb, resources


class Cells(OverwriteCells):  # type: ignore[misc]
    gradebook = property(lambda self: self.parent.parent.sheet)  # exporter, converter
    notebook_id = assignment_id = ""
    preprocess = NbGraderPreprocessor.preprocess


class Grades(SaveAutoGrades):  # type: ignore[misc]
    gradebook = property(lambda self: self.parent.parent.sheet)
    notebook_id = assignment_id = student_id = ""
    preprocess = NbGraderPreprocessor.preprocess


OURS = {OverwriteKernelspec: Kernelspec, OverwriteCells: Cells, SaveAutoGrades: Grades}


class Converter(Autograde):  # type: ignore[misc]
    """Autogrades one submission after the other, also where no notebook was handed in, or where a student's name would
    be a pattern. Both of nbgrader's passes are one here, without a file between them."""

    sheet: Sheet
    penalties: AssignLatePenalties | None = None  # this step needs the whole gradebook, and is taken there
    convert_single_notebook = BaseConverter.convert_single_notebook

    def __init__(self, **options: Any):
        super().__init__(**options)
        self.force, self.log = True, logging.Logger("nbgrader")  # nothing of its log comes to the screen
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = self.exporter_class(parent=self, config=self.config)
        for step in (*self.sanitize_preprocessors, *self.autograde_preprocessors):
            kind = import_item(step) if isinstance(step, str) else step
            if issubclass(kind, AssignLatePenalties):
                self.penalties = kind(parent=self.exporter)
                self.penalties.init_plugin()
            else:
                self.exporter.register_preprocessor(OURS.get(kind, kind))
        self._files: dict[str, tuple[Path, list[Path]]] = {}

    def convert(self, sheet: Sheet) -> None:
        """Write autograded/<student>/<assignment>/ and fill in the sheet. Where that fails, the folder isn't there."""
        names = sheet.assignment, sheet.student
        self.sheet = sheet
        self.coursedir.assignment_id, self.coursedir.student_id = names
        folder = Path(self._format_source(*names))
        self.notebooks = [str(folder / f"{sheet.assignment}.ipynb")]
        try:
            self.init_destination(*names)
            self.run_pre_convert_hook()
            self.init_assignment(*names)
            for notebook in self.notebooks:
                self.convert_single_notebook(notebook)
            self.set_permissions(*names)
            self.run_post_convert_hook()
        except BaseException:
            self.remove(sheet)
            raise

    def remove(self, sheet: Sheet) -> None:
        with contextlib.suppress(FileNotFoundError):
            rmtree(self._format_dest(sheet.assignment, sheet.student))

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Copy what lies beside the notebook, what was handed in and then what the assignment's source has."""
        folder = Path(self._format_source(assignment_id, student_id))
        self.sheet.timestamp = self._timestamp(folder)
        if not _is_usual(folder):
            self.sheet.problems.append("links or too many files, so that only the notebook is in autograded/")
            return
        BaseConverter.init_assignment(self, assignment_id, student_id)
        source, files = self._given(assignment_id)
        destination = Path(self._format_dest(assignment_id, student_id))
        for parent in {name.parent for name in files}:
            (destination / parent).mkdir(parents=True, exist_ok=True)
        for name in files:
            copy = destination / name
            copy.unlink(missing_ok=True)
            shutil.copyfile(source / name, copy)

    def _given(self, assignment: str) -> tuple[Path, list[Path]]:
        """The files that an assignment's source has beside notebooks: where, and their names."""
        if assignment not in self._files:
            source = Path(self.coursedir.format_path(self.coursedir.source_directory, ".", assignment))
            kept = {Path(name) for name in self.exclude_overwriting.get(assignment, [])}
            found = find_all_files(str(source), [*self.coursedir.ignore, "*.ipynb"])
            self._files[assignment] = source, [p for name in found if (p := Path(name).relative_to(source)) not in kept]
        return self._files[assignment]

    def _timestamp(self, folder: Path) -> datetime | None:
        try:
            if not stat.S_ISREG((folder / "timestamp.txt").lstat().st_mode):
                raise ValueError
            when: datetime | None = self.coursedir.get_existing_timestamp(str(folder))
            return when
        except FileNotFoundError:
            return None
        except Exception:  # dateutil's, and of any kind
            self.sheet.problems.append("its timestamp.txt is no date, so it counts as handed in in time")
            return None


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
