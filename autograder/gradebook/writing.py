"""The one writer of a gradebook: what nbgrader's steps would commit one by one, for many submissions in one commit.
Called by `entering`."""

import contextlib
import json
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import make_url, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from autograder.errors import AutograderError
from autograder.gradebook.converting import Released, Sheet

PATIENCE = 30  # seconds to wait for another program's lock


class GradebookWriter:
    """Holds a gradebook open, and locks it only while it writes."""

    def __init__(self, url: str, course_id: str, penalties: AssignLatePenalties | None):
        """AutograderError where there is none, or it can't be written."""
        self._penalties = penalties
        self._names = dict[str, str]()  # of cells and notebooks, by id: to ask for them one by one takes longest
        address = make_url(url)
        self.name = address.render_as_string()  # for people: without a password
        self._is_sqlite = address.get_backend_name() == "sqlite"
        if self._is_sqlite:
            file = Path(str(address.database))
            self.name = str(file)
            if not file.is_file():
                raise AutograderError(f"{file}: no gradebook. Put it back, or make a new release.")
            if not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
                raise AutograderError(f"{file}: the gradebook or its folder is read-only. Make both writable.")
            address = address.update_query_dict({"timeout": str(PATIENCE)})
        with self._naming_it():
            self._gradebook = Gradebook(address, course_id)
            self._gradebook.db = scoped_session(sessionmaker(self._gradebook.engine, class_=_SeldomCommitted))
        with self._transaction():
            self.assignments = [assignment.name for assignment in self._gradebook.assignments]

    def close(self) -> None:
        self._gradebook.close()

    def released(self, assignment: str) -> Released:
        """What the gradebook has of an assignment's notebook."""
        with self._transaction():
            notebook = self._gradebook.find_notebook(assignment, assignment)
            graded = (*notebook.grade_cells, *notebook.task_cells)
            self._names[notebook.id] = assignment
            self._names |= {cell.id: cell.name for cell in (*graded, *notebook.solution_cells)}
            return Released(
                notebook.kernelspec and json.loads(notebook.kernelspec),
                {cell.name: cell for cell in notebook.source_cells},
                {cell.name: SimpleNamespace(max_score=cell.max_score) for cell in graded},
            )

    def write(self, sheets: Sequence[Sheet]) -> None:
        """All of them, or none where that fails."""
        with self._transaction():
            for sheet in sheets:
                self._record(sheet)

    def _record(self, sheet: Sheet) -> None:
        """As nbgrader's steps do: what people gave stays, and is to be looked at again."""
        when = {"timestamp": sheet.timestamp} if sheet.timestamp else {}
        self._gradebook.update_or_create_student(sheet.student)
        submission = self._gradebook.update_or_create_submission(sheet.assignment, sheet.student, **when)
        notebook = next(book for book in submission.notebooks if book.notebook_id in self._names)
        grades = {self._names.get(grade.cell_id): grade for grade in notebook.grades}
        for name, found in sheet.grades.items():
            grades[name].auto_score = found.auto_score
            grades[name].needs_manual_grade = grades[name].manual_score is not None or found.auto_score is None
        comments = {self._names.get(comment.cell_id): comment for comment in notebook.comments}
        for name, found in sheet.comments.items():
            comments[name].auto_comment = found.auto_comment
        if self._penalties:
            notebook.late_submission_penalty = self._penalty(submission, notebook)

    def _penalty(self, submission: Any, notebook: Any) -> float | None:
        late = submission.total_seconds_late
        if not self._penalties or late <= 0:
            return None
        points = self._penalties.plugin_inst.late_submission_penalty(submission.student_id, notebook.score, late)
        return None if points is None else self._penalties._check_late_penalty(notebook, points)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        db: _SeldomCommitted = self._gradebook.db()
        with self._naming_it():
            try:
                if self._is_sqlite:  # the lock at once: to read first and then want to write could not wait for it
                    db.execute(text("BEGIN IMMEDIATE"))
                yield
                db.write()
            finally:
                db.rollback()
                db.expunge_all()

    @contextlib.contextmanager
    def _naming_it(self) -> Iterator[None]:
        try:
            with quietly():
                yield
        except (DatabaseError, InvalidEntry) as problem:
            cause = problem.__context__ if isinstance(problem, InvalidEntry) else problem
            if type(cause) not in (DatabaseError, OperationalError):  # the data's fault
                raise
            raise AutograderError(
                f"{self.name}: cannot be written ({cause.orig}). Close other programs that use it, or make room."
            ) from None


class _SeldomCommitted(Session):
    """nbgrader commits after each small step: here that only tells the database what is new."""

    def commit(self) -> None:
        self.flush()

    def write(self) -> None:
        self.flush()
        self.expunge_all()  # memory stays flat, and what was read can be used on
        super().commit()


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """What SQLAlchemy, nbformat and nbgrader warn of is nothing that anybody could change."""
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)
