"""nbgrader's formgrader, as a teacher uses it: autograde by the button, see scores and reasons, mark an answer by hand,
grade again, make feedback, look at it."""

import os
import shutil

import pytest
from nbgrader.api import Gradebook

from autograder.answers import bank, fill_notebook, put, reference
from autograder.secret import VARIABLE

TOPIC = "training"  # which has a question in words
STUDENTS = ("ada", "bob")


@pytest.fixture(scope="module")
def home(released, course, tmp_path_factory):
    """A course folder in which ada handed in what is right, and bob one mistake in it."""
    home = shutil.copytree(released / "course", tmp_path_factory.mktemp("teacher") / "course")
    notebook = home / "release" / TOPIC / f"{TOPIC}.ipynb"
    right = reference(course)[TOPIC]
    wrong = put(right, bank(course, "mistakes")[course.topic(TOPIC).exercises[0].id][0])
    for student, source in zip(STUDENTS, (right, wrong), strict=True):
        path = home / "submitted" / student / TOPIC / notebook.name
        path.parent.mkdir(parents=True)
        path.write_text(fill_notebook(course, TOPIC, source, notebook), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def formgrader(home, serve):
    return f"{serve(home, **{VARIABLE: 'of the browser tests', 'PYTHONPATH': os.pathsep.join(os.sys.path)})}/formgrader"


def scores(home):
    with Gradebook(f"sqlite:///{home / 'gradebook.db'}") as book:
        return {student: book.find_submission(TOPIC, student).score for student in STUDENTS}


def press(page, row, column):
    """Press the button in a student's row, and wait until it is done."""
    page.locator("tr", has=page.get_by_text(row, exact=True)).locator(f"td.{column} a").click()
    page.locator("#success-modal, #error-modal").wait_for(timeout=120_000)
    page.wait_for_timeout(700)  # it slides in
    said = page.locator(".modal-title").inner_text()
    page.locator(".modal-footer button, .modal .close, .modal .btn-close").first.click()
    page.wait_for_timeout(700)
    return said


def test_a_teachers_afternoon(home, formgrader, course, page, shot):
    submissions = f"{formgrader}/manage_submissions/{TOPIC}"
    for student in STUDENTS:
        page.goto(submissions)
        page.get_by_text(student, exact=True).wait_for()
        assert "Success" in press(page, student, "autograde")
    shot("formgrader-autograded")
    first = scores(home)
    exercise, question = course.topic(TOPIC).exercises[0], course.questions[TOPIC][0]
    assert 0 < first["bob"] < first["ada"]

    page.goto(f"{formgrader}/gradebook/{TOPIC}/{TOPIC}")
    page.get_by_role("link", name="Submission #1").or_(page.get_by_text("#1")).first.click()
    page.locator(f"#{exercise.name}, .nbgrader_cell, .nbgrader-score, .score").first.wait_for()
    text = page.locator("body").inner_text()
    shot("formgrader-submission", full_page=True)
    assert f"{exercise.name}" in text
    score = page.locator("input.score").last
    score.fill(f"{question.points / 2:g}")
    score.press("Tab")
    page.wait_for_timeout(1500)
    marked = scores(home)
    assert sum(marked.values()) == pytest.approx(sum(first.values()) + question.points / 2)

    for student in STUDENTS:
        page.goto(submissions)
        page.get_by_text(student, exact=True).wait_for()
        assert "Success" in press(page, student, "autograde")
    assert scores(home) == marked, "marks by hand hold"

    for student in STUDENTS:
        page.goto(submissions)
        page.get_by_text(student, exact=True).wait_for()
        assert "Success" in press(page, student, "generate-feedback")
    pages = [home / "feedback" / student / TOPIC / f"{TOPIC}.html" for student in STUDENTS]
    page.goto(pages[1].as_uri())
    shot("nbgrader-feedback", full_page=True)
    text = page.locator("body").inner_text()
    assert "tests/hidden" not in text
    assert page.said == [] or all("MathJax" in line or "net::" in line for line in page.said)
