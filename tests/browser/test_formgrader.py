"""nbgrader's formgrader, as a teacher uses it: hand an assignment out, autograde what came in, mark by hand, grade
again, give feedback. And what our own pages say of the marks made there."""

import ast
import csv
import os
import shutil
from dataclasses import replace
from datetime import datetime

import pytest
from nbgrader.api import Gradebook

from autograder.answers import bank, fill_notebook, put, reference
from autograder.cli import main
from autograder.mark import read_marks
from autograder.secret import VARIABLE

TOPIC, OTHER = "training", "forward"  # the one that is marked has a question in words
MISTAKE = "update_in_place"  # costs a part of its exercise's points
STUDENTS = ("ada", "bob", "eve")
SECRET = "of the browser tests"
DUE, LATE = datetime(2026, 1, 10, 12), "2026-01-11 18:00:00 UTC"  # two days begun
ON_ANSWER, ON_CODE = "Look at the smallest rate again.", "Nearly: mind who else holds the array."


@pytest.fixture(scope="module")
def mistake(course):
    """A known mistake; its sentence is what students read."""
    return next(
        answer for answers in bank(course, "mistakes").values() for answer in answers if answer.node.name == MISTAKE
    )


@pytest.fixture(scope="module")
def sentence(mistake):
    return ast.get_docstring(mistake.node)


@pytest.fixture(scope="module")
def home(released, course, mistake, tmp_path_factory):
    """A course folder in which ada handed in what is right, bob a mistake in it, and eve what is right, but late."""
    folder = tmp_path_factory.mktemp("teacher")
    home, exchange = shutil.copytree(released / "course", folder / "course"), folder / "exchange"
    exchange.mkdir()
    with (home / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
    with gradebook(home) as book:
        book.update_or_create_assignment(TOPIC, duedate=DUE)
    notebook, right = home / "release" / TOPIC / f"{TOPIC}.ipynb", reference(course)[TOPIC]
    for student in STUDENTS:
        path = home / "submitted" / student / TOPIC
        path.mkdir(parents=True)
        source = put(right, mistake) if student == "bob" else right
        (path / notebook.name).write_text(fill_notebook(course, TOPIC, source, notebook), encoding="utf-8")
        (path / "timestamp.txt").write_text(LATE if student == "eve" else f"{DUE} UTC", encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def formgrader(home, serve):
    return f"{serve(home, **{VARIABLE: SECRET, 'PYTHONPATH': os.pathsep.join(os.sys.path)})}/formgrader"


@pytest.fixture(scope="module")
def page(new_page):
    """The teacher's, for all of the afternoon."""
    page = new_page()
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def press_for_all(formgrader, page):
    """press_for_all(column): press that button for each student."""

    def press_for_all(column):
        for student in STUDENTS:
            page.goto(f"{formgrader}/manage_submissions/{TOPIC}")
            press(page, student, column)

    return press_for_all


@pytest.fixture(scope="module")
def graded(home, press_for_all):
    press_for_all("autograde")
    return home


@pytest.fixture(scope="module")
def marked(graded, formgrader, page, course, mistake):
    """A person has marked what bob handed in: half of the answer's points, one extra for the code, and comments."""
    question, cell = course.questions[TOPIC][0], mistake.exercise.id.replace(".", "-")
    open_submission(page, formgrader, "bob")
    write(page, f"answer-{question.name}", f"{question.points / 2:g}")
    write(page, f"answer-{question.name}-comment", ON_ANSWER)
    write(page, f"check-{cell}_extra_credit", "1")
    write(page, f"exercise-{cell}-comment", ON_CODE)
    return graded


def gradebook(home):
    return Gradebook(f"sqlite:///{home / 'gradebook.db'}")


def press(page, row, column):
    """Press the button in a row, and wait until it is done."""
    page.locator("tr", has=page.get_by_text(row, exact=True)).locator(f"td.{column} a").click()
    said = page.locator("#success-modal, #error-modal")
    said.wait_for(timeout=120_000)
    assert "Success" in said.inner_text()
    said.get_by_role("button", name="OK").click()
    said.wait_for(state="detached")


def save(page):
    """Press the button of the dialog that is open, and wait until it is gone."""
    page.get_by_role("button", name="Save").click()
    page.locator(".modal, .modal-backdrop").last.wait_for(state="detached")


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def open_submission(page, formgrader, student):
    page.goto(f"{formgrader}/gradebook/{TOPIC}/{TOPIC}")
    page.get_by_text("Submission #1").wait_for()
    page.get_by_role("button", name="Show All Names").click()
    page.get_by_role("link", name=student, exact=True).click()
    page.wait_for_function("formgrader.grades?.loaded && formgrader.comments?.loaded")


def write(page, field, text):
    """Type into a field, leave it, and wait until it is saved."""
    page.locator(f"#{field}").press_sequentially(text)
    with page.expect_response(lambda response: response.request.method == "PUT") as saved:
        page.locator(f"#{field}").press("Tab")
    assert saved.value.ok


def marks(home):
    """What each student gets, and what for, as our own pages and exports read it."""
    return {mark.student: replace(mark, verdict=None) for mark in read_marks(home / "verdicts" / TOPIC)}


def test_an_assignment_goes_out_by_buttons(home, formgrader, page, shot):
    page.goto(f"{formgrader}/manage_assignments")
    row = page.locator("tr", has=page.get_by_text(OTHER, exact=True))
    row.locator("td.edit a").click()
    page.locator("input.modal-duedate").fill("2027-03-01T23:59")
    page.locator("input.modal-timezone").fill("UTC")
    save(page)
    press(page, OTHER, "assign")
    press(page, OTHER, "release")
    row.get_by_text("released").wait_for()
    page.get_by_role("link", name="Add new assignment").click()
    page.locator("#add-assignment-modal input.name").fill("project")
    save(page)
    page.get_by_text("project", exact=True).wait_for()
    shot("formgrader-assignments")

    assert (home / "source" / "project").is_dir()
    with gradebook(home) as book:
        assert book.find_assignment(OTHER).duedate == datetime(2027, 3, 1, 23, 59)
    released, (course,) = home / "release" / OTHER, (home.parent / "exchange").iterdir()
    assert contents(course / "outbound" / OTHER) == contents(released)
    assert b"SOLUTION" not in contents(released)[f"{OTHER}.ipynb"]


def test_scores_are_partial_and_say_why(graded, formgrader, course, mistake, sentence, page, shot):
    page.goto(f"{formgrader}/manage_submissions/{TOPIC}")
    page.get_by_text(STUDENTS[-1], exact=True).wait_for()
    shot("formgrader-submissions")
    open_submission(page, formgrader, "bob")
    shown = page.locator(f"#check-{mistake.exercise.id.replace('.', '-')}").get_attribute("placeholder")
    assert 0 < float(shown) < mistake.exercise.points
    assert page.locator("body").inner_text().count(sentence) == 1
    shot("formgrader-submission", full_page=True)
    full = sum(exercise.points for exercise in course.topic(TOPIC).exercises)
    assert {student: mark.total for student, mark in marks(graded).items()} == {
        "ada": full,
        "bob": full - mistake.exercise.points + float(shown),
        "eve": full - 2 * course.late_points_per_day,
    }


def test_marks_by_hand_outlast_grading_again(
    marked, formgrader, course, mistake, press_for_all, page, shot, monkeypatch
):
    question, before = course.questions[TOPIC][0], marks(marked)
    assert before["bob"].manual == {question.name: question.points / 2}
    assert before["bob"].comments == {question.name: ON_ANSWER, mistake.exercise.id: ON_CODE}
    press_for_all("autograde")
    assert marks(marked) == before
    shutil.rmtree(marked / "verdicts")
    monkeypatch.setenv(VARIABLE, SECRET)
    assert main(["grade", str(marked)]) == 0
    assert marks(marked) == before
    with gradebook(marked) as book:
        for student, mark in before.items():
            submission = book.find_submission(TOPIC, student)
            assert submission.score - (submission.late_submission_penalty or 0) == pytest.approx(mark.total), student
    open_submission(page, formgrader, "bob")
    page.locator(f"#answer-{question.name}").scroll_into_view_if_needed()
    shot("formgrader-marked")


def test_nbgraders_feedback_has_all_of_it(marked, course, sentence, press_for_all, page, shot):
    press_for_all("generate-feedback")
    texts = {}
    for student in STUDENTS:
        page.goto((marked / "feedback" / student / TOPIC / f"{TOPIC}.html").as_uri())
        texts[student] = page.locator("body").inner_text()
        shot(f"nbgrader-feedback-{student}", full_page=True)
    assert all(said in texts["bob"] for said in (sentence, ON_ANSWER, ON_CODE))
    assert not any(said in texts["ada"] for said in (sentence, ON_ANSWER, ON_CODE))
    assert f"Late submission penalty (Score: -{2 * course.late_points_per_day:.1f})" in texts["eve"]
    assert not any("tests/hidden" in text for text in texts.values())
    assert all("MathJax" in line or "net::" in line for line in page.said), page.said


def test_our_pages_have_all_of_it(marked, course, mistake, sentence, page, shot):
    out, question, penalty = marked / "verdicts" / TOPIC, course.questions[TOPIC][0], 2 * course.late_points_per_day
    for command in (["feedback", out], ["report", out], ["export", out, "--to", "csv"]):
        assert main([str(word) for word in command]) == 0
    texts = {}
    for student in STUDENTS:
        page.goto((out / student / "feedback.html").as_uri())
        texts[student] = page.locator("body").inner_text()
        shot(f"feedback-{student}", full_page=True)
    points = marks(marked)["bob"].points[mistake.exercise.id]
    assert all(said in texts["bob"] for said in (sentence, ON_ANSWER, ON_CODE))
    assert f"The tests gave {points - 1:g} points; your teacher made it {points:g}." in texts["bob"]
    assert f"{question.points / 2:g} of {question.points:g}" in texts["bob"]
    assert f"{penalty:g} points were taken off because it came late." in texts["eve"]

    page.goto((out / "report.html").as_uri())
    shot("report-of-an-assignment", full_page=True)
    assert sentence in page.locator("body").inner_text()
    assert f"{penalty:g}" in page.get_by_role("row", name="eve").last.get_by_role("cell").all_inner_texts()
    with (out / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert {student: float(row["total"]) for student, row in rows.items()} == {
        student: mark.total for student, mark in marks(marked).items()
    }
    assert float(rows["eve"]["late_penalty"]) == penalty
    assert float(rows["bob"][question.name]) == question.points / 2
    assert float(rows["bob"][mistake.exercise.id]) == points
