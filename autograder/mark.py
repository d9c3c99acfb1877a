"""Marks: a verdict joined with what people and deadlines add. OUT in, one `Mark` per student out. Called by `feedback`,
`report` and `export`.

`make_mark` is the only place where marks are made. What people add stands in the gradebook of the nbgrader course
folder that OUT lies in, and else in OUT's own adjust.csv and late.csv."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.adjustments import read_adjustments
from autograder.cell_ids import answer_cell, by_hand_cell, check_cell, exercise_cell
from autograder.course import Course, find_course
from autograder.entry import Entry, Grade
from autograder.errors import AutograderError
from autograder.names import display, folder_of
from autograder.verdict import RESULTS, Verdict, read_verdicts

GRADEBOOK = "gradebook.db"


@dataclass(frozen=True)
class Mark:
    """What one student gets, and what for."""

    student: str
    assignment: str | None  # None: the whole kit
    verdict: Verdict
    points: dict[str, float]  # by exercise id, in the course's order
    manual: dict[str, float | None]  # hand calculations and questions, by name; None: waits for a person
    manual_maximum: dict[str, float]
    late_penalty: float
    total: float  # at most `maximum`, the late penalty taken off
    maximum: float  # counts as full: extra credit fills up, but is not needed
    comments: dict[str, str]  # by exercise id or name of the question


def read_marks(out: Path, course: Course | None = None) -> list[Mark]:
    """The marks of everyone in OUT, by student. `course` is by default the one that a command would find."""
    course = course or find_course()
    verdicts = read_verdicts(out)
    if not (out / folder_of(verdicts[0].student) / RESULTS).is_file():
        raise AutograderError(f"{out}: its results lie in folders of assignments. Name one of those.")
    assignment = verdicts[0].assignment
    gradebook = _gradebook_above(out)
    if not gradebook or not assignment:
        added = read_adjustments(out, course, {verdict.student for verdict in verdicts})
        return [make_mark(verdict, course, added.get(verdict.student, Entry())) for verdict in verdicts]
    entries, blank = _read_gradebook(gradebook, assignment), _nothing_entered(course, assignment)
    marks = []
    for verdict in verdicts:
        entry = entries.get(verdict.student, blank)
        marks.append(make_mark(verdict, course, replace(entry, grades=blank.grades | entry.grades)))
    return marks


def make_mark(verdict: Verdict, course: Course, entry: Entry) -> Mark:
    """The mark of one submission."""
    try:
        extra = {name: course.catalogue.find(name).extra for name in verdict.exercises}
    except KeyError as unknown:
        raise AutograderError(
            f"{display(verdict.student)}: a verdict of another course. {unknown.args[0]}. Run this in its folder."
        ) from None
    only_extra = all(extra.values())  # then it can't be on top of anything
    points = {name: result.score for name, result in verdict.exercises.items()}
    full = sum(result.max_score for name, result in verdict.exercises.items() if only_extra or not extra[name])
    manual: dict[str, float | None] = {}
    manual_maximum: dict[str, float] = {}
    names = {cell_of(name): name for name in points for cell_of in (check_cell, exercise_cell)}
    names |= {by_hand_cell(item.name): item.name for items in course.by_hand.values() for item in items}
    names |= {answer_cell(item.name): item.name for items in course.questions.values() for item in items}
    for cell, grade in entry.grades.items():
        name = names.get(cell, cell)
        if name in points:
            given = grade.points(points[name])
            points[name] = points[name] if given is None else given
        else:
            manual[name] = grade.points(verdict.by_hand.get(name, grade.automatic))
            manual_maximum[name] = grade.maximum
    full += sum(manual_maximum.values())
    earned = sum(points.values()) + sum(given or 0.0 for given in manual.values())
    return Mark(
        verdict.student, verdict.assignment, verdict, points, manual, manual_maximum, entry.late_penalty,
        total=round(max(0.0, min(earned, full) - entry.late_penalty), 2),
        maximum=round(full, 2),
        comments={names.get(cell, cell): text for cell, text in entry.comments.items()},
    )  # fmt: skip


def _nothing_entered(course: Course, assignment: str) -> Entry:
    """An entry without any points: what a notebook's tasks beside the exercises are, in order."""
    by_hand = {
        by_hand_cell(item.name): Grade(None, None, 0.0, item.points, False) for item in course.by_hand[assignment]
    }
    questions = {
        answer_cell(item.name): Grade(None, None, 0.0, item.points, True) for item in course.questions[assignment]
    }
    return Entry(by_hand | questions)


def _gradebook_above(out: Path) -> Path | None:
    """The gradebook of the nbgrader course folder that OUT lies in."""
    folders = out.resolve().parents
    return next((path / GRADEBOOK for path in folders if (path / GRADEBOOK).is_file()), None)


def _read_gradebook(path: Path, assignment: str) -> Mapping[str, Entry]:
    """By student, what the gradebook has on an assignment. Nothing in it is changed."""
    from nbgrader.api import Assignment, SubmittedAssignment
    from sqlalchemy import create_engine, select
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.orm import Session

    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))
    of_assignment = select(SubmittedAssignment).join(Assignment).where(Assignment.name == assignment)
    try:
        with Session(engine) as session:
            return {submission.student_id: _entry(submission) for submission in session.scalars(of_assignment)}
    except SQLAlchemyError as error:
        raise AutograderError(f"{path}: cannot be read as nbgrader's gradebook ({type(error).__name__}).") from None
    finally:
        engine.dispose()


def _entry(submission: Any) -> Entry:
    """What nbgrader's `SubmittedAssignment` says."""
    notebooks = submission.notebooks
    grades = {
        grade.name: Grade(
            grade.auto_score,
            grade.manual_score,
            grade.extra_credit or 0.0,
            grade.cell.max_score,
            grade.needs_manual_grade,
        )
        for notebook in notebooks
        for grade in notebook.grades
    }
    comments = {note.name: note.manual_comment for book in notebooks for note in book.comments if note.manual_comment}
    return Entry(grades, comments, submission.late_submission_penalty)
