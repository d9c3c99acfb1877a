"""The page "Run a course in an afternoon": its commands, as they stand there, on a class of two."""

import re
import shlex
import zipfile

import pytest

from autograder.cli import main
from autograder.course import PACKAGE
from autograder.secret import VARIABLE

CANVAS = """\
Student,ID,SIS Login ID,Section,{title} (4711)
    Points Possible,,,,100
Ada,1,ada,A,
Bob,2,bob,A,
"""
MOODLE = """\
Identifier,Full name,Email address,Grade,Maximum grade,Last modified (grade)
Participant 1,ada,ada@example.org,,100.00,-
Participant 2,bob,bob@example.org,,100.00,-
"""


@pytest.fixture
def commands(course):
    """All of the page's first part but those that set this environment up."""
    page, _ = (course.assignments / "README.md").read_text(encoding="utf-8").split("\n## With nbgrader", 1)
    lines = "".join(re.findall(r"```sh\n(.*?)```", page, re.DOTALL)).splitlines()
    return [shlex.split(line) for line in lines if line.startswith("autograder ")]


@pytest.fixture
def here(course, tmp_path, monkeypatch):
    """Where the commands are typed, beside ../spring; with a submission of one topic by ada, and none by bob."""
    here, submissions = tmp_path / "mlp", tmp_path / "spring" / "submissions"
    here.mkdir()
    first = f"{PACKAGE}/{course.catalogue.topics[0].name}.py"
    monkeypatch.chdir(here)
    monkeypatch.setenv(VARIABLE, "of the afternoon")
    (here / "gradebook.csv").write_text(CANVAS.format(title=course.catalogue.title), encoding="utf-8")
    (here / "worksheet.csv").write_text(MOODLE, encoding="utf-8")

    def hand_in():
        (submissions / "ada" / PACKAGE).mkdir(parents=True)
        (submissions / "ada" / first).write_bytes((course.solutions / first).read_bytes())
        with zipfile.ZipFile(submissions / "bob.zip", "w") as archive:
            archive.write(course.starter_code / first, first)

    return here, hand_in


def test_the_commands_of_the_page_work(commands, here, tmp_path):
    folder, hand_in = here
    for program, *arguments in commands:
        assert program == "autograder"
        assert main(arguments) == 0, arguments
        if arguments[0] == "release":
            hand_in()
    marks = tmp_path / "spring" / "marks"
    made = {path.relative_to(tmp_path).as_posix() for path in (*marks.rglob("*"), *folder.iterdir())}
    assert {
        "spring/marks/ada/feedback.html", "spring/marks/bob/feedback.html", "spring/marks/report.html",
        "spring/marks/marks.csv", "spring/marks/canvas.csv", "spring/marks/moodle.csv",
        "spring/marks/moodle_feedback.zip", "mlp/autograder.zip",
    } <= made  # fmt: skip
