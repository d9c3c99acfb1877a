"""The whole story on an example class: build, release, submit, grade, feedback, report, export. A folder in, a table of
the class and what was made out. Called by the command line.

All that it makes lies in that folder, by a secret that isn't one, so that it comes out the same each time."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder import build
from autograder.answers import bank, fill_notebook, put, reference
from autograder.batch import grade_folder
from autograder.course import Course, find_course
from autograder.errors import AutograderError
from autograder.example_class import write_class
from autograder.export import export
from autograder.feedback import write_feedback
from autograder.mark import Mark, read_marks
from autograder.names import display
from autograder.release import release
from autograder.report import write_report
from autograder.sandbox.client import LEVELS, probe
from autograder.secret import VARIABLE
from autograder.verdict import STATES

MARKER = ".autograder-demo"  # says that a folder is ours to replace
RELEASE, SUBMISSIONS, MARKS = "release", "submissions", "marks"
SHOWN = 2  # failed exercises that are named in the table
SECRET = "the demo's, known to everybody"


def demo(folder: Path) -> str:
    """Play it in `folder`, in the place of an earlier demo; returns the table and where to look."""
    course = find_course()
    _clear(folder)
    with _demo_secret():
        _say("build: are starter code and notebooks up to date?")
        problems = build.check(course)
        if problems:
            _say(f"  {len(problems)} things are not: autograder build --check lists them")
        _say("release: kit and nbgrader course")
        release(course, folder / RELEASE)
        _say("submit: 30 folders, zips, notebooks and files")
        handed_in = write_class(course, folder / RELEASE / "kit", folder / SUBMISSIONS)
        _say("grade")
        if probe().level == "contained":
            _say(f"  Only contained here: {LEVELS['contained']}. `autograder grade` would refuse")
        jobs = os.cpu_count() or 1
        grade_folder(folder / SUBMISSIONS, folder / MARKS, course, jobs=jobs, allow_contained=True)
        _say("feedback, report, export")
        write_feedback(folder / MARKS)
        write_report(folder / MARKS)
        export(folder / MARKS, "csv")
        _say("nbgrader: three notebooks of one assignment, into the gradebook")
        assignment = _grade_in_nbgrader(course, folder / RELEASE / "course", jobs)
    marks = read_marks(folder / MARKS, course)
    return f"{_table(marks, handed_in)}\n\n{_where(folder, assignment)}"


def _clear(folder: Path) -> None:
    """Make the folder, or take an earlier demo's own things out of it."""
    if folder.exists() and not (folder / MARKER).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise AutograderError(f"{folder}: not empty, and not an earlier demo. Name a new or empty folder.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text("Made by `autograder demo`, which replaces what it made here.\n")
    for name in (RELEASE, SUBMISSIONS, MARKS):
        shutil.rmtree(folder / name, ignore_errors=True)


@contextmanager
def _demo_secret() -> Iterator[None]:
    """Judge by the demo's secret meanwhile."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = SECRET
    try:
        yield
    finally:
        del os.environ[VARIABLE]
        if before is not None:
            os.environ[VARIABLE] = before


def _grade_in_nbgrader(course: Course, home: Path, jobs: int) -> str:
    """Submit a right notebook, one with a known mistake and the untouched one of an assignment, and grade it."""
    from autograder.gradebook import grade_course

    topic = next((topic for topic in course.catalogue.topics if course.by_hand[topic.name]), course.catalogue.topics[0])
    released = home / "release" / topic.name / f"{topic.name}.ipynb"
    right = reference(course)[topic.name]
    mistakes = bank(course, "mistakes")
    wrong = put(right, mistakes[topic.exercises[0].id][0])
    notebooks = {
        "ada": fill_notebook(course, topic.name, right, released),
        "john": fill_notebook(course, topic.name, wrong, released),
        "tim": released.read_text(encoding="utf-8"),
    }
    for student, text in notebooks.items():
        path = home / "submitted" / student / topic.name / released.name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    verdicts = home / "verdicts"
    summary = grade_course(home, verdicts, course, assignment=topic.name, jobs=jobs, allow_contained=True)
    for problem in summary.problems:
        _say(f"  {problem}")
    return topic.name


def _table(marks: list[Mark], handed_in: dict[str, str]) -> str:
    lines = [f"{'student':<16}{'handed in':<36}{'points':>6}  what happened"]
    for mark in marks:
        student = display(mark.student, 14)
        lines.append(f"{student:<16}{handed_in[mark.student]:<36}{mark.total:6.2f}  {_happened(mark)}")
    return "\n".join(lines)


def _happened(mark: Mark) -> str:
    """What could not be read, else how many exercises are in which state."""
    if mark.verdict.output:
        return display(mark.verdict.output.split("\n")[0], 70)
    by_state: dict[str, list[str]] = {}
    for name, result in mark.verdict.exercises.items():
        by_state.setdefault(result.state, []).append(name.partition(".")[2])
    if by_state.keys() == {"passed"}:
        return "all right"
    parts = [f"{len(by_state[state])} {state.replace('_', ' ')}" for state in STATES if state in by_state]
    failed = by_state.get("failed", [])
    return ", ".join(parts) + (f": {', '.join(failed)}" if 0 < len(failed) <= SHOWN else "")


def _where(folder: Path, assignment: str) -> str:
    marks, home = folder / MARKS, folder / RELEASE / "course"
    return "\n".join(
        [
            f"submissions     {folder / SUBMISSIONS}",
            f"results         {marks}/<student>/results.json, and grades.csv, marks.csv",
            f"feedback        {marks}/<student>/feedback.html",
            f"report          {marks / 'report.html'}",
            f"kit             {folder / RELEASE / 'kit'}, and kit.zip",
            f"gradebook       {home / 'gradebook.db'}, with three submissions of {assignment}",
        ]
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
