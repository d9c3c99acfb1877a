"""Where the kernel walls nothing off, hidden tests are graded only if that is allowed, whichever way grading starts."""

import pytest

from autograder.cli import main
from autograder.gradebook import preprocessor
from autograder.sandbox import levels

REASON = "only Linux has the walls that are used here"


@pytest.fixture(autouse=True)
def only_contained(monkeypatch):
    monkeypatch.setattr(levels, "probe", lambda: levels.Probe("contained", (REASON,)))


@pytest.fixture
def source(tmp_path):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.py").write_text("def relu(Z):\n    return Z * (Z > 0)\n")
    return tmp_path / "class"


def test_grade_refuses_in_one_line_and_grades_nothing(source, tmp_path, capsys):
    assert main(["grade", str(source), "-o", str(tmp_path / "out")]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("autograder: Nothing was graded: ")
    assert REASON in shown.err
    assert shown.err.endswith("or allow it with --allow-contained.\n")
    assert shown.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_grade_grades_where_it_is_allowed_and_the_verdict_says_so(source, tmp_path, capsys):
    command = ["grade", str(source), "-o", str(tmp_path / "out"), "--assignment", "activations", "--jobs", "1"]
    assert main([*command, "--allow-contained"]) == 0
    assert '"isolation": "contained"' in (tmp_path / "out" / "ada" / "results.json").read_text()


def test_an_nbgrader_course_is_refused_too(tmp_path, capsys):
    (tmp_path / "submitted" / "ada" / "activations").mkdir(parents=True)
    (tmp_path / "nbgrader_config.py").write_text("")
    assert main(["grade", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("autograder: Nothing was graded: ")
    assert not (tmp_path / "verdicts").exists()


def test_nbgraders_own_command_stops_instead_of_writing_zeros():
    judge = preprocessor.Judge()
    with pytest.raises(levels.AutograderError, match=r"c\.Judge\.allow_contained = True"):
        judge.refuse()
    preprocessor.Judge(allow_contained=True).refuse()
