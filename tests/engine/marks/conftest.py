"""Verdicts of a class that nobody had to judge, and a gradebook beside them."""

import warnings
from html.parser import HTMLParser

import pytest

from autograder.verdict import ExerciseResult, TestResult, Verdict, write_verdict

SHARE = {"passed": 1.0, "failed": 0.5}
WHY = {
    "failed": "returned shape (5, 3), expected (3, 5)",
    "missing": "Missing: there is none.",
    "not_started": "Not started: the code still is the stub.",
    "blocked": "Blocked: it needs another, which could not be loaded.",
}


@pytest.fixture
def verdict(course):
    """`verdict("ada", {"activations.relu": "failed"})`: an exercise passes where nothing else is said, extra credit
    isn't started. Each exercise has a test that passes and one that shows its state."""

    def make(student, states=None, *, assignment=None, output="", by_hand=None, why=None):
        topics = [course.topic(assignment)] if assignment else course.catalogue.topics
        exercises, tests = {}, []
        for exercise in (exercise for topic in topics for exercise in topic.exercises):
            usual = "not_started" if exercise.extra and not assignment else "passed"
            state = (states or {}).get(exercise.id, usual)
            points = float(exercise.points)
            exercises[exercise.id] = ExerciseResult(points * SHARE.get(state, 0), points, state)
            for number, passed in enumerate([state in SHARE, state == "passed"]):
                said = f"{exercise.name} does what sentence {number} says."
                said += "" if passed else f"\n{why or WHY[state]}"
                tests.append(
                    TestResult(
                        f"test_{exercise.name}_{number}", exercise.id, points / 2 * passed, points / 2, passed, said, []
                    )
                )
        return Verdict(
            student, assignment, "sha", "v1", "seed", "contained", tests, exercises, output, by_hand or {}, 1.5
        )

    return make


@pytest.fixture
def out_of(tmp_path):
    """`out_of(verdict, …)`: an OUT that has these."""

    def write(*verdicts, out=None):
        out = out or tmp_path / "out"
        for verdict in verdicts:
            write_verdict(verdict, out)
        return out

    return write


@pytest.fixture
def gradebook(tmp_path, course, monkeypatch):
    """An nbgrader course folder with the submissions of one assignment: `gradebook("forward", {"ada": {…}})` gives
    points by hand to cells and says, as `late`, what is taken off; texts are comments."""

    monkeypatch.setattr("nbgrader.api.get_alembic_version", lambda: "any")  # nbgrader starts a process to ask for it
    warnings.filterwarnings("ignore", message="Object of type")  # its own, about each submission

    def make(assignment, students):
        from nbgrader.api import Gradebook

        home = tmp_path / "course"
        home.mkdir()
        with Gradebook(f"sqlite:///{home / 'gradebook.db'}") as book:
            book.add_assignment(assignment)
            book.add_notebook(assignment, assignment)
            cells = {f"check-{e.id.replace('.', '-')}": (e.points, "code") for e in course.topic(assignment).exercises}
            cells |= {f"check-by-hand-{item.name}": (item.points, "code") for item in course.by_hand[assignment]}
            cells |= {f"answer-{item.name}": (item.points, "markdown") for item in course.questions[assignment]}
            for name, (points, kind) in cells.items():
                book.add_grade_cell(name, assignment, assignment, max_score=points, cell_type=kind)
                solution = name.replace("check-", "exercise-", 1)
                book.add_solution_cell(solution, assignment, assignment)
            for student, given in students.items():
                book.add_student(student)
                submission = book.add_submission(assignment, student)
                submission.notebooks[0].late_submission_penalty = given.pop("late", 0)
                for grade in submission.notebooks[0].grades:
                    grade.auto_score = 0.0 if grade.cell.cell_type == "code" else None
                    grade.needs_manual_grade = grade.auto_score is None and grade.name not in given
                    if isinstance(given.get(grade.name), float):
                        grade.manual_score = given[grade.name]
                for comment in submission.notebooks[0].comments:
                    comment.auto_comment = "No response."
                    if isinstance(given.get(comment.name), str):
                        comment.manual_comment = given[comment.name]
            book.db.commit()
        return home

    return make


class Page(HTMLParser):
    """What a browser would make of a page: its text, its tags, its headings."""

    def __init__(self, path):
        super().__init__()
        self.tags, self.attributes, self.ids, self.links, self.headings = set(), set(), set(), [], []
        self._pieces = []
        self.feed(path.read_text(encoding="utf-8"))
        self.close()
        self.text = " ".join(" ".join(self._pieces).split())

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids |= {value for name, value in attrs if name == "id"}
        self.links += [value for name, value in attrs if name in ("href", "src") and not value.startswith("data:")]
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))

    def handle_data(self, data):
        self._pieces.append(data)


@pytest.fixture
def page():
    return Page
