"""What a teacher sees of one exercise of a submission, and that no student-facing text has it."""

import json
from dataclasses import replace

import pytest

from autograder.cli import main
from autograder.course import CHECKOUT, read_course
from autograder.errors import AutograderError
from autograder.explain import explain
from autograder.judge import Judge
from autograder.sandbox.client import Sandbox
from autograder.secret import VARIABLE
from autograder.submissions import read_submission

ACTIVATIONS = """\
import numpy as np

def relu(Z):
    print("S3CRET print \\x1b[31m\\u202e")
    return Z[0]

def relu_derivative(Z):
    raise ValueError("S3CRET message\\nS3CRET second line \\x1b[2J")

def sigmoid(Z):
    print("\\n" * 100_000, "x" * 10_000_000)
    return "S3CRET \\x9b" * 100_000

def sigmoid_derivative(Z):
    raise NotImplementedError

def tanh(Z):
    return np.tanh(Z)
"""


@pytest.fixture(scope="module")
def course():
    return read_course(CHECKOUT)


@pytest.fixture(scope="module", autouse=True)
def secret():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "of these tests")
        yield


@pytest.fixture(scope="module")
def submission(tmp_path_factory):
    path = tmp_path_factory.mktemp("submissions") / "mallory"
    (path / "mlp").mkdir(parents=True)
    (path / "mlp" / "activations.py").write_text(ACTIVATIONS, encoding="utf-8")
    return path


def test_calls_values_and_prints_are_shown(course, submission):
    text = explain(course, submission, "relu")
    tests = [test.name for test in course_tests(course, "relu")]
    assert all(f"  {name}" in text for name in tests)
    assert text.count("FAILED") == len(tests)
    assert "called    relu(Z (4, 6))\n            Z = shape (4, 6), float64\n            [[" in text
    assert "returned  shape (6,), float64\n" in text
    assert "expected  array of shape (4, 6)\n" in text
    assert "printed   S3CRET print \\x1b[31m\\u202e\n" in text


def course_tests(course, name):
    with Judge(course, b"", None) as judge:
        return judge.tests_of(course.catalogue.find(name))


def test_a_traceback_begins_with_the_students_own_line(course, submission):
    text = explain(course, submission, "activations.relu_derivative")
    assert (
        "raised    Traceback (most recent call last):\n"
        '              File "mlp/activations.py", line 8, in relu_derivative\n'
        "                raise ValueError("
    ) in text
    assert "            ValueError: S3CRET message\n            S3CRET second line \\x1b[2J\n" in text
    assert "calls.py" not in text


def test_what_passes_is_shown_as_well(course, submission):
    text = explain(course, submission, "tanh")
    assert "FAILED" not in text
    assert "returned  shape" in text


def test_nothing_reaches_the_terminal_but_text_of_some_length(course, submission):
    text = explain(course, submission, "sigmoid")
    assert len(text) < 50_000
    assert all(line.isprintable() for line in text.split("\n"))


def test_an_endless_call_is_made_once(course, tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.judge.Sandbox", lambda limits, level: Sandbox(replace(limits, call=0.5), level))
    submission = tmp_path / "endless.py"
    submission.write_text("def tanh_derivative(Z):\n    while True:\n        pass\n", encoding="utf-8")
    text = explain(course, submission, "tanh_derivative")
    assert text.count("took too long: still running") == 1
    assert "an earlier call did" in text


def test_a_stub_and_a_missing_exercise_are_named_so(course, submission):
    assert explain(course, submission, "sigmoid_derivative").endswith("Not started: the code still is the stub.")
    assert "Missing" in explain(course, submission, "MLP.train")


def test_inputs_are_those_of_the_grading(course, submission, tmp_path):
    """An nbgrader course's by its folders, all others by the student's name; each with its seed."""
    home = tmp_path / "course"
    handed_in = home / "submitted" / "mallory" / "activations"
    handed_in.mkdir(parents=True)
    (home / "nbgrader_config.py").touch()
    (handed_in / "activations.py").write_text(ACTIVATIONS, encoding="utf-8")
    texts = [explain(course, path, "relu") for path in (submission, handed_in)]
    for text, path, assignment in zip(texts, (submission, handed_in), (None, "activations"), strict=True):
        with Judge(course, b"of these tests", assignment) as judge:
            seed = judge.seeds("mallory").name
        assert text.startswith(f"activations.relu of mallory, {assignment or 'the whole kit'}, seed {seed}\n"), path
    assert texts[0].split("\n")[4:] != texts[1].split("\n")[4:]
    with pytest.raises(AutograderError, match=r"MLP\.train is no exercise of activations, but of training"):
        explain(course, handed_in, "MLP.train")


def test_a_student_of_a_download_is_shown_as_graded(course, tmp_path):
    path = tmp_path / "lovelaceada_LATE_101_555_activations-1.py"
    path.write_text(ACTIVATIONS, encoding="utf-8")
    with Judge(course, b"of these tests", None) as judge:
        seed = judge.seeds("lovelaceada_101").name
    text = explain(course, path, "relu")
    assert text.startswith(f"activations.relu of lovelaceada_101, the whole kit, seed {seed}\n")
    assert text == explain(course, tmp_path / "lovelaceada_101", "relu")


def test_nothing_of_it_is_in_the_verdict(course, submission):
    with Judge(course, b"of these tests", "activations") as judge:
        text = judge.judge(read_submission(submission)).to_json()
    assert json.loads(text)["tests"]
    assert "S3CRET" not in text
    assert "Traceback" not in text


def test_wrong_names_are_one_line(course, submission, capsys):
    assert main(["explain", str(submission), "rleu"]) == 1
    assert main(["explain", str(submission.parent / "nobody"), "relu"]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("autograder: There is no exercise 'rleu'. Did you mean: relu")
    assert second == f"autograder: {submission.parent / 'nobody'}: no such submission."


def test_what_was_judged_with_right_ones_is_shown_so(course, tmp_path):
    (tmp_path / "ada" / "mlp").mkdir(parents=True)
    for topic in course.catalogue.topics:
        source = (course.solutions / "mlp" / f"{topic.name}.py").read_text(encoding="utf-8")
        source = source.replace("return W @ A_prev + b", "return W @ A_prev - b")
        (tmp_path / "ada" / "mlp" / f"{topic.name}.py").write_text(source, encoding="utf-8")
    text = explain(course, tmp_path / "ada", "forward")
    assert "Judged with right ones in the place of: forward.linear_forward." in text
    assert "FAILED" not in text
