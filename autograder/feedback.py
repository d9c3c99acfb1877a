"""A feedback page for each student: marks in, OUT/<student>/feedback.html out. Called by the command line and `demo`.

A page says first what the score is, what is done and what to do next. It shows of a test only its sentence and what is
in the verdict, pictures of what came back included: never inputs or expected values."""

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from autograder.course import Course, find_course
from autograder.drawing import figure
from autograder.files import write_atomically
from autograder.mark import Mark, read_marks
from autograder.names import counted, folder_of
from autograder.pages import render
from autograder.verdict import TestResult

PAGE = "feedback.html"  # in the student's folder
STATES = {
    "passed": "done",
    "failed": "not right yet",
    "missing": "missing",
    "not_started": "not started",
    "blocked": "could not be judged",
}


@dataclass(frozen=True)
class Part:
    """One exercise as the page shows it."""

    id: str
    name: str
    state: str  # a word of STATES
    score: float
    by_tests: float  # the score, where no person changed it
    max_score: float
    extra: bool
    reason: str  # why no test passed, where it is one reason for all
    failed: list[tuple[str, str]]  # else the failed tests: sentence, and what was wrong
    cause: str  # of all of that, where it is known
    judged_with: list[str]
    hints: tuple[str, ...]
    comment: str
    figures: list[Markup]

    @property
    def is_done(self) -> bool:
        return self.state == STATES["passed"]


def write_feedback(out: Path) -> str:
    """Write everyone's page; returns a line for people."""
    course = find_course()
    marks = read_marks(out, course)
    for mark in marks:
        write_atomically(out / folder_of(mark.student) / PAGE, page(mark, course))
    first = out / folder_of(marks[0].student) / PAGE
    return f"{counted(len(marks), 'feedback page')}, one in each student's folder, such as {first}"


def page(mark: Mark, course: Course) -> str:
    """The HTML of one student's page."""
    topics = {
        topic.title: [part for exercise in topic.exercises if (part := _part(mark, course, exercise.id))]
        for topic in course.catalogue.topics
    }
    parts = [part for parts in topics.values() for part in parts]
    todo = sorted((part for part in parts if not part.is_done), key=lambda part: part.extra)
    return render(
        "feedback.html",
        course=course.catalogue.title,
        title=course.topic(mark.assignment).title if mark.assignment else course.catalogue.title,
        mark=mark,
        topics={title: parts for title, parts in topics.items() if parts},
        count=len(parts),
        done=[part for part in parts if part.is_done],
        next=next(iter(todo), None),
    )


def _part(mark: Mark, course: Course, name: str) -> Part | None:
    result = mark.verdict.exercises.get(name)
    if result is None:
        return None
    exercise = course.catalogue.find(name)
    tests = [test for test in mark.verdict.tests if test.exercise == name]
    failed = [_sentence_and_rest(test) for test in tests if not test.passed]
    cause = next((test.cause for test in tests if test.cause), "")
    reasons = {rest for _, rest in failed}
    reason = reasons.pop() if len(failed) == len(tests) and len(reasons) == 1 else ""
    return Part(
        name, exercise.name, STATES[result.state], mark.points[name], result.score, result.max_score, exercise.extra,
        reason, [] if reason else failed, cause, result.judged_with,
        () if result.state == "passed" else exercise.hints, mark.comments.get(name, ""),
        [figure(picture) for picture in mark.verdict.pictures.get(name, [])],
    )  # fmt: skip


def _sentence_and_rest(test: TestResult) -> tuple[str, str]:
    """Without the cause, which is said once."""
    sentence, _, rest = test.outcome.partition("\n")
    return sentence, rest
