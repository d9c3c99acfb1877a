"""The command line: usage, exit codes, and that it answers before anything heavy is imported."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder import cli
from autograder.errors import AutograderError

COMMANDS = ["demo", "build", "release", "grade", "explain", "feedback", "report", "export", "doctor"]


def test_help_names_every_command_and_imports_nothing_heavy():
    program = (
        "import sys\nfrom autograder.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
        "print('HEAVY', sorted({'numpy', 'nbgrader', 'pytest', 'msgspec'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "HEAVY []" in shown
    for command in COMMANDS:
        assert f"\n    {command} " in shown


@pytest.mark.parametrize(
    "words",
    [
        "",
        "grad x",
        "release",
        "build --chek",
        "grade x -o y --jobs 0",
        "grade x -o y --jobs many",
        "grade nowhere",
        "explain alice",
        "export marks --to excel",
        "export --to csv",
        "export marks --to canvas",
        "export marks --to csv --fill c.csv",
        "export marks a.csv --to csv b.csv",
        "export marks --to csv --to gradescope a.csv",
        "export marks --to canvas --to moodle --fill c.csv",
        "report marks extra",
    ],
)
def test_wrong_usage_exits_with_2_and_says_how(words, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(words.split())
    assert stop.value.code == 2
    assert "usage: autograder" in capsys.readouterr().err


def test_jobs_says_what_it_takes(capsys):
    with pytest.raises(SystemExit):
        cli.main(["grade", "x", "-o", "y", "--jobs", "many"])
    assert "argument --jobs: must be a whole number, at least 1, not 'many'" in capsys.readouterr().err


def test_what_cannot_be_done_is_one_line_and_exit_1(monkeypatch, capsys):
    def fail(folder):
        raise AutograderError(f"{folder}: no space left. Free some.")

    monkeypatch.setitem(sys.modules, "autograder.demo", SimpleNamespace(demo=fail))
    assert cli.main(["demo", "here"]) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "autograder: here: no space left. Free some.\n")


@pytest.fixture
def exports(monkeypatch):
    """What `export` is asked to write: OUT, system, --fill and FILE of each call."""
    calls = []

    def export(out, to, *, fill, file):
        calls.append(tuple(None if word is None else str(word) for word in (out, to, fill, file)))
        return "done"

    monkeypatch.setitem(sys.modules, "autograder.export", SimpleNamespace(export=export))
    return calls


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("export marks --to csv", ("marks", "csv", None, None)),
        ("export marks --to csv x.csv", ("marks", "csv", None, "x.csv")),
        ("export --to csv marks x.csv", ("marks", "csv", None, "x.csv")),
        ("export marks x.csv --to csv", ("marks", "csv", None, "x.csv")),
        ("export marks --to moodle --fill in.csv out.csv", ("marks", "moodle", "in.csv", "out.csv")),
        ("export --to gradescope auto.zip", (None, "gradescope", None, "auto.zip")),
    ],
)
def test_export_takes_its_paths_on_either_side_of_its_options(words, expected, exports, capsys):
    assert cli.main(words.split()) == 0
    assert exports == [expected]
    assert capsys.readouterr().out == "done\n"


def test_export_writes_for_several_systems_at_once(exports, capsys):
    assert cli.main(["export", "marks", "--to", "csv", "--to", "moodle", "--fill", "in.csv", "--to", "gradescope"]) == 0
    assert exports == [
        ("marks", "csv", None, None),
        ("marks", "moodle", "in.csv", None),
        ("marks", "gradescope", None, None),
    ]
    assert capsys.readouterr().out == "done\n" * 3


class Summary:
    def __init__(self, broken=()):
        self.broken_tests = list(broken)

    def to_dict(self):
        return {"submissions": 2}

    def __str__(self):
        return "2 graded"


@pytest.fixture
def grading(monkeypatch):
    """Calls of the two ways to grade, as (name, source, out, options)."""
    calls = []

    def stand_in(name):
        def grade(source, out, course, **options):
            calls.append((name, source, out, options))
            return Summary()

        return SimpleNamespace(**{name: grade})

    monkeypatch.setitem(sys.modules, "autograder.batch", stand_in("grade_folder"))
    monkeypatch.setitem(sys.modules, "autograder.gradebook", stand_in("grade_course"))
    return calls


def test_grade_passes_on_what_was_asked(grading, tmp_path, capsys):
    asked = ["--assignment", "x", "--jobs", "3", "--dask", "tcp://x:1", "--resume"]
    assert cli.main(["grade", str(tmp_path), "-o", "out", *asked]) == 0
    options = {"assignment": "x", "jobs": 3, "dask": "tcp://x:1", "resume": True, "allow_contained": False}
    assert grading == [("grade_folder", tmp_path, Path("out"), options)]
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("2 graded\n", "")


def test_json_is_all_that_is_on_stdout(grading, tmp_path, capsys):
    assert cli.main(["grade", str(tmp_path), "-o", "out", "--json", "--allow-contained"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out) == {"submissions": 2}
    assert shown.err == ""


def test_an_nbgrader_course_is_graded_into_its_verdicts(grading, tmp_path):
    (tmp_path / "submitted").mkdir()
    (tmp_path / "nbgrader_config.py").write_text("")
    assert cli.main(["grade", str(tmp_path), "--allow-contained"]) == 0
    assert [call[:3] for call in grading] == [("grade_course", tmp_path, tmp_path / "verdicts")]


def test_a_broken_test_of_the_course_is_exit_1(grading, tmp_path, monkeypatch):
    broken = SimpleNamespace(grade_folder=lambda *_, **__: Summary(["alice"]))
    monkeypatch.setitem(sys.modules, "autograder.batch", broken)
    assert cli.main(["grade", str(tmp_path), "-o", "out", "--allow-contained"]) == 1
