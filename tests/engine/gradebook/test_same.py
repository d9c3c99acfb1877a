"""Our command, nbgrader's and its API give the same marks and files, and nbgrader goes on with them."""

import csv
import html
import json
import os
import shutil

import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.gradebook import preprocessor

TOPIC = "forward"
UNSEEN_BY_NBGRADER = {"a script", "empty", "[x] * y", "bad timestamp"}  # its command passes over or fails


def test_the_command_of_nbgrader_gives_the_same(ours, by_command):
    assert by_command.result.returncode == 1  # of the bad timestamp's student
    alike = set(by_command.students()) - UNSEEN_BY_NBGRADER
    assert len(alike) > 15
    for student in alike:
        assert by_command.row(student) == ours.row(student), student
        assert by_command.notebook(student) == ours.notebook(student), student
        if student != "link":  # its command follows it to other files
            assert by_command.files(student) == ours.files(student), student
        assert {**by_command.verdict(student), "execution_time": 0} == {**ours.verdict(student), "execution_time": 0}


def test_the_api_of_nbgrader_gives_the_same(handed_in, ours):
    graded = handed_in.copied("by-api")
    api = graded.api()
    for student in ("right", "partly", "late", "truncated"):
        assert api.autograde(TOPIC, student)["success"]
        assert graded.row(student) == ours.row(student)
        assert graded.files(student) == ours.files(student)


def test_a_second_run_writes_the_same_bytes_and_keeps_manual_marks(ours, course):
    (question,) = course.questions[TOPIC]
    name = f"answer-{question.name}"
    again = ours.copied("again")
    before, rows = ours.files(), {student: ours.row(student) for student in ours.students()}
    with Gradebook(again.directory.db_url, again.directory.course_id) as gradebook:
        grade_ = gradebook.find_grade(name, TOPIC, TOPIC, "right")
        grade_.manual_score, grade_.extra_credit, grade_.needs_manual_grade = 2.5, 0.25, False
        gradebook.find_comment(name, TOPIC, TOPIC, "right").manual_comment = "Well put."
        gradebook.db.commit()
    again.grade("--resume", "--assignment", TOPIC)
    assert again.files() == before
    for student, row in rows.items():
        now = again.row(student)
        if student == "right":
            assert now["grades"].pop(name)[1] == 2.5
            assert now["comments"].pop(name)[1] == "Well put."
            del row["grades"][name], row["comments"][name]
            with Gradebook(again.directory.db_url, again.directory.course_id) as gradebook:
                assert gradebook.find_grade(name, TOPIC, TOPIC, "right").extra_credit == 0.25
        assert now == row


def test_feedback_and_export_are_nbgraders_own(ours, secrets):
    result = ours.nbgrader("generate_feedback", TOPIC, "--student=[lpr]*")
    assert result.returncode == 0, result.stderr
    result = ours.nbgrader("export", "--to", "export.csv")
    assert result.returncode == 0, result.stderr
    with (ours.home / "export.csv").open(encoding="utf-8", newline="") as file:
        exported = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}
    for assignment in ("activations", TOPIC):
        for row in ours.table(assignment):
            entry = exported[assignment, row["student"]]
            by_hand = ours.verdict(row["student"], assignment)["extra_data"].get("by_hand", {})
            assert float(entry["raw_score"]) == pytest.approx(float(row["total"]) + sum(by_hand.values()), abs=1e-9)
    pages = {path.parents[1].name: path.read_text("utf-8") for path in (ours.home / "feedback").rglob("*.html")}
    assert sorted(pages) == ["late", "leaks", "link", "partly", "renamed", "right"]
    reasons = [test["output"].split("\n") for test in ours.verdict("partly")["tests"] if test["status"] == "failed"]
    assert reasons
    assert all(line in html.unescape(pages["partly"]) for reason in reasons for line in reason)
    everything = [*pages.values(), *(text.decode("utf-8", "replace") for text in ours.files().values())]
    assert not [secret for secret in secrets if any(secret in text for text in everything)]


def test_a_judging_that_breaks_is_a_zero_that_says_so(handed_in, monkeypatch):
    graded = handed_in.copied("broken")

    def breaks(*arguments):
        raise RuntimeError("out of luck")

    monkeypatch.setattr(preprocessor, "verdict_of", breaks)
    result = graded.api().autograde(TOPIC, "right")
    assert result["success"]
    assert "right: not judged: the grader broke" in result["log"]
    scores = graded.scores("right")
    assert {score for name, score in scores.items() if name.startswith("check-")} == {0.0}
    assert "Not judged" in json.dumps(graded.notebook("right"))


def test_whom_nbgrader_cannot_enter_is_said(handed_in):
    graded = handed_in.copied("not UTF-8")
    submitted = graded.home / "submitted"
    for student in set(graded.students()) - {"untouched"}:
        shutil.rmtree(submitted / student)
    (submitted / os.fsdecode(b"r\xe9my")).mkdir()
    shutil.copytree(submitted / "untouched" / TOPIC, submitted / os.fsdecode(b"r\xe9my") / TOPIC)
    lines = [line for line in graded.grade().splitlines() if "not entered" in line]
    assert len(lines) == 1
    assert lines[0].startswith(f"{TOPIC}/r\\xe9my: not entered into the gradebook (UnicodeEncodeError: ")
    assert set(graded.scores("untouched").values()) == {0.0}


def test_a_course_folder_that_cannot_be_graded_is_one_line(handed_in, capsys, monkeypatch):
    home = handed_in.copied("no course folder").home
    monkeypatch.chdir(home)

    def refused():
        assert main(["grade", ".", "--allow-contained"]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert not (home / "verdicts").exists()
        return line

    with Gradebook(f"sqlite:///{home / 'gradebook.db'}", "two-topics") as gradebook:
        gradebook.remove_assignment(TOPIC)
    assert f"{TOPIC} isn't in it" in refused()
    (home / "gradebook.db").unlink()
    assert "gradebook.db: no gradebook" in refused()
    assert not (home / "gradebook.db").exists()
    (home / "nbgrader_config.py").write_text("c = get_config(\n")
    assert refused().startswith(f"autograder: {home / 'nbgrader_config.py'}: SyntaxError")
