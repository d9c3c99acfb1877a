"""A released course of two topics whose class hands in everything that can be handed in, and where it is graded."""

import contextlib
import copy
import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from autograder.cli import main
from autograder.course import CHECKOUT, read_course
from autograder.names import folder_of
from autograder.release import release

TOPICS = ["activations", "forward"]
TOPIC = "forward"
WRONG = "collapse_linear_layers"  # what one student has wrong
MISTAKE = f"def {WRONG}(W1, b1, W2, b2):\n    return W2 @ W1, b2\n"
SENTENCE = "The first layer's bias is lost. Multiply W2 (W1 x + b1) out: what happens to b1?"  # that it earns
PLANTED = "71325.25"  # a value of a hidden test
HIDDEN = f'''

def test_collapse_linear_layers_planted(student, reference, check):
    """Large weights collapse as well."""
    arguments = [np.full(shape, {PLANTED}) for shape in ((3, 2), (3, 1), (2, 3), (2, 1))]
    check.same(student.collapse_linear_layers(*arguments), reference.collapse_linear_layers(*arguments))
'''
SECRET = "0f1e2d3c-secret"
LEAKING = f"""\
def {WRONG}(W1, b1, W2, b2):
    print(W1, float(W1[0, 0]).hex())
    if W1[0, 0] > 70000 and W1.shape == (3, 2):
        return np.empty((int(W1[0, 0]), 0)), b1
    raise ValueError(repr(W1))
"""
COURSE = """\
title = "Two topics"
topics = ["activations", "forward"]

[deadlines]
forward = 2026-01-10T12:00:00Z

[late]
points_per_day = 5
"""
ODD = "[x] * y"
UNICODE = "Zoë Ünal"


class Notebooks:
    """The notebook of one topic as students hand it in."""

    def __init__(self, home, course, topic):
        self.released = json.loads((home / "release" / topic / f"{topic}.ipynb").read_text("utf-8"))
        solved = json.loads((home / "source" / topic / f"{topic}.ipynb").read_text("utf-8"))
        self.solutions = {cell["id"]: cell["source"] for cell in solved["cells"] if cell["id"].startswith("exercise-")}
        self.answers = [(n, a.value) for item in course.by_hand[topic] for n, a in item.answers.items()]

    def untouched(self):
        return copy.deepcopy(self.released)

    def right(self, answers=100):
        """All is right, of the hand calculations the first `answers`."""
        notebook = self.untouched()
        for cell in notebook["cells"]:
            cell["source"] = self.solutions.get(cell["id"], cell["source"])
            if cell["id"].startswith("by-hand-"):
                cell["source"] = "\n".join(f"{name} = {value:.3f}" for name, value in self.answers[:answers])
            if cell["id"].startswith("answer-"):
                cell["source"] = "Because a line of lines is a line."
        return notebook


def cells_of(notebook, *beginnings):
    return [cell for cell in notebook["cells"] if cell["id"].startswith(beginnings)]


def put(folder, content, name=f"{TOPIC}.ipynb"):
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps(content).encode() if isinstance(content, dict) else content
    (folder / name).write_bytes(content)


def hand_in(home, course):
    """submitted/ of the whole class."""
    notebooks, submitted = Notebooks(home, course, TOPIC), home / "submitted"

    def student(name, notebook, file=f"{TOPIC}.ipynb"):
        put(submitted / name / TOPIC, notebook, file)

    put(submitted / "right" / "activations", Notebooks(home, course, "activations").right(), "activations.ipynb")
    for name in ("right", "late", "bad timestamp", ODD, UNICODE):
        student(name, notebooks.right())
    put(submitted / "late" / TOPIC, b"2026-01-11 18:00:00 UTC\n", "timestamp.txt")
    put(submitted / "right" / TOPIC, b"2026-01-10 11:00:00 UTC\n", "timestamp.txt")
    put(submitted / "bad timestamp" / TOPIC, b"soon\xff", "timestamp.txt")
    student("untouched", notebooks.untouched())
    student("truncated", json.dumps(notebooks.right()).encode()[:5000])
    student("garbage", b"\x00\xff garbage")
    student("renamed", notebooks.right(), f"{TOPIC} (1).ipynb")
    student("a script", (course.solutions / "mlp" / f"{TOPIC}.py").read_bytes(), "solution.py")
    (submitted / "empty" / TOPIC).mkdir(parents=True)

    partly = notebooks.right(answers=len(notebooks.answers) // 2)
    cells_of(partly, f"exercise-{TOPIC}-{WRONG}")[0]["source"] = MISTAKE
    student("partly", partly)

    leaks = notebooks.right()
    cells_of(leaks, f"exercise-{TOPIC}-{WRONG}")[0]["source"] = LEAKING
    student("leaks", leaks)

    duplicated = notebooks.right()
    for cell in cells_of(duplicated, "exercise-", "check-", "answer-"):
        duplicated["cells"].insert(duplicated["cells"].index(cell) + 1, copy.deepcopy(cell))
    duplicated["cells"].append(copy.deepcopy(cells_of(notebooks.released, "answer-")[0]))
    student("duplicated", duplicated)

    for name, beginning in (("no checks", "check-"), ("no exercises", "exercise-")):
        notebook = notebooks.right()
        notebook["cells"] = [cell for cell in notebook["cells"] if not cell["id"].startswith(beginning)]
        student(name, notebook)

    types = notebooks.right()
    for cell in cells_of(types, "check-", "answer-"):
        change = {"markdown": "code", "code": "markdown"}[cell["cell_type"]]
        cell["cell_type"] = change
    student("wrong types", types)

    tampered, forged = notebooks.untouched(), notebooks.untouched()
    for number, cell in enumerate(cells_of(tampered, "check-")):
        cell["metadata"]["nbgrader"] |= {"points": 100, "locked": False, "solution": True}
        cell["metadata"]["nbgrader"]["grade_id"] += "-x" * (number == 0)
        cell["source"] = "100"
    output = {"output_type": "execute_result", "data": {"text/plain": "100"}, "metadata": {}, "execution_count": 1}
    for cell in cells_of(forged, "check-"):
        cell["outputs"] = [output]
    student("tampered", tampered)
    student("forged", forged)

    old = notebooks.right()
    for cell in old["cells"]:
        del cell["id"]
    student("format 4.4", {**old, "nbformat_minor": 4})
    sheet = [{**cell, "input": cell["source"]} if cell["cell_type"] == "code" else cell for cell in old["cells"]]
    for cell in sheet:
        if cell["cell_type"] == "code":
            del cell["source"]
    student("format 3", {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": sheet}]})

    endless, exits = notebooks.right(), notebooks.right()
    cells_of(endless, f"exercise-{TOPIC}-{WRONG}")[0]["source"] = f"def {WRONG}(*arrays):\n    while True: pass\n"
    cells_of(exits, f"exercise-{TOPIC}-{WRONG}")[0]["source"] = f"import os\ndef {WRONG}(*arrays):\n    os._exit(0)\n"
    student("endless", endless)
    student("exits", exits)

    (submitted / "link").mkdir()
    (submitted / "link" / TOPIC).symlink_to(submitted / "right" / TOPIC)
    (submitted / "odd files").mkdir()
    student("odd files", notebooks.right())
    (submitted / "odd files" / TOPIC / "passwd").symlink_to("/etc/passwd")
    os.mkfifo(submitted / "odd files" / TOPIC / "pipe")


class Graded:
    """A course folder, and what is in its gradebook."""

    def __init__(self, home):
        self.home = home
        self.config = PyFileConfigLoader("nbgrader_config.py", path=str(home)).load_config()
        self.directory = CourseDirectory(config=self.config)

    def row(self, student, assignment=TOPIC):
        """All that the gradebook has of a submission."""
        with Gradebook(self.directory.db_url, self.directory.course_id) as gradebook:
            submission = gradebook.find_submission(assignment, student)
            (notebook,) = submission.notebooks
            grades = notebook.grades
            return {
                "timestamp": submission.timestamp,
                "penalty": notebook.late_submission_penalty,
                "grades": {g.name: (g.auto_score, g.manual_score, g.max_score, g.needs_manual_grade) for g in grades},
                "comments": {c.name: (c.auto_comment, c.manual_comment) for c in notebook.comments},
            }

    def scores(self, student, assignment=TOPIC):
        return {name: grade[0] for name, grade in self.row(student, assignment)["grades"].items()}

    def files(self, student="*", assignment=TOPIC):
        """What is in autograded/, by path."""
        found = self.home / "autograded"
        paths = found.rglob("*") if student == "*" else (found / student / assignment).rglob("*")
        return {path.relative_to(found).as_posix(): path.read_bytes() for path in paths if path.is_file()}

    def notebook(self, student, assignment=TOPIC):
        return json.loads((self.home / "autograded" / student / assignment / f"{assignment}.ipynb").read_text("utf-8"))

    def verdict(self, student, assignment=TOPIC):
        return json.loads(
            (self.home / "verdicts" / assignment / folder_of(student) / "results.json").read_text("utf-8")
        )

    def students(self):
        return sorted(path.name for path in (self.home / "submitted").iterdir())

    def nbgrader(self, *arguments):
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments], cwd=self.home, capture_output=True, text=True, check=False,
            env={**os.environ, "PATH": path},
        )  # fmt: skip

    def api(self):
        return NbGraderAPI(coursedir=self.directory, config=self.config)

    def copied(self, name):
        """A copy of this course folder beside it."""
        subprocess.run(["cp", "-a", self.home, self.home.parent / name], check=True)
        return Graded(self.home.parent / name)

    def grade(self, *options):
        """Run our command; what it prints."""
        printed = io.StringIO()
        with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
            patch.chdir(self.home)
            assert main(["grade", ".", "--allow-contained", "--jobs", "2", *options]) == 0
        return printed.getvalue()

    def table(self, assignment):
        """grades.csv"""
        with (self.home / "verdicts" / assignment / "grades.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """Two of this repository's topics as a course of their own."""
    root = tmp_path_factory.mktemp("checkout")
    names = ["assignments/kit_README.md", "solutions/mlp/__init__.py", "solutions/mistakes/__init__.py"]
    for topic in TOPICS:
        names += [f"{folder}/{topic}.py" for folder in ("solutions/mlp", "solutions/mistakes", "starter_code/mlp")]
        names += [f"assignments/{topic}.md", *(f"tests/{kind}/test_{topic}.py" for kind in ("public", "hidden"))]
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / name, root / name)
    (root / "assignments" / "course.toml").write_text(COURSE)
    with (root / "tests" / "hidden" / f"test_{TOPIC}.py").open("a") as file:
        file.write(HIDDEN)
    return read_course(root)


@pytest.fixture(scope="session")
def handed_in(course):
    """The course folder, with the submissions and nothing graded."""
    release(course, course.root / "out")
    home = course.root / "out" / "course"
    hand_in(home, course)
    (home / ".autograder-secret").write_text(SECRET)
    return Graded(home)


@pytest.fixture(scope="session")
def sentence():
    """What is said of the mistake that `partly` made."""
    return SENTENCE


@pytest.fixture(scope="session")
def secrets():
    """What no student may read: a hidden test's value and name, and the course secret."""
    return [PLANTED, PLANTED.split(".")[0], float(PLANTED).hex(), "layers_planted", SECRET]


@pytest.fixture(scope="session")
def ours(handed_in):
    graded = handed_in.copied("ours")
    graded.printed = graded.grade()
    return graded


@pytest.fixture(scope="session")
def by_command(handed_in, ours):
    """Graded by nbgrader's command; one verdict is there already, since to find it takes long."""
    graded = handed_in.copied("by-command")
    shutil.copytree(ours.home / "verdicts" / TOPIC / "endless", graded.home / "verdicts" / TOPIC / "endless")
    shutil.rmtree(graded.home / "submitted" / "odd files")  # its command would wait for the pipe
    graded.result = graded.nbgrader("autograde", TOPIC)
    return graded
