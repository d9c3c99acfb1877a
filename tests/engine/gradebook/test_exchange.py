"""nbgrader's exchange by its own commands: three students fetch, submit, and find their own feedback."""

import html
import json
import multiprocessing
import os
import shutil
from datetime import UTC, datetime

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderApp

TOPIC, WRONG = "forward", "collapse_linear_layers"
CLASS = {"lovelace": "right", "turing": "partly", "hopper": "untouched"}  # whose notebook each of them hands in
FORK = multiprocessing.get_context("fork")  # of this process: to import nbgrader takes longer than its commands


def nbgrader(folder, environment, *arguments):
    os.chdir(folder)
    os.environ |= environment
    NbGraderApp.launch_instance(list(arguments))


@pytest.fixture(scope="module")
def teacher(handed_in):
    teacher = handed_in.copied("exchange course")
    shutil.rmtree(teacher.home / "submitted")
    return teacher


@pytest.fixture(scope="module")
def run(teacher, tmp_path_factory):
    """run("collect"): the teacher's command; run("submit", "turing"): a student's, in a folder of their own, which is
    returned. Both know from a file of their machine's where the exchange is."""
    folder = tmp_path_factory.mktemp("exchange")
    config = f"c.CourseDirectory.course_id = 'two-topics'\nc.Exchange.root = {str(folder / 'root')!r}\n"
    (folder / "nbgrader_config.py").write_text(f"c = get_config()\n{config}", encoding="utf-8")

    def run(command, student=None):
        home = folder / student if student else teacher.home
        home.mkdir(exist_ok=True)
        whose = [f"--student={student}"] if student else []  # else it is the name of the account, here one for all
        environment = {"JUPYTER_CONFIG_PATH": str(folder), "JUPYTER_DATA_DIR": str(home / "data")}
        process = FORK.Process(target=nbgrader, args=(home, environment, command, TOPIC, *whose))
        process.start()
        process.join()
        assert process.exitcode == 0
        return home / TOPIC

    return run


@pytest.fixture(scope="module")
def fetched(teacher, run, handed_in):
    """The whole way there and back: by student, the folder of their work."""
    run("release_assignment")
    folders = {student: run("fetch_assignment", student) for student in CLASS}
    for student, name in CLASS.items():
        notebook = json.loads((handed_in.home / "submitted" / name / TOPIC / f"{TOPIC}.ipynb").read_text("utf-8"))
        notebook["cells"].append({"cell_type": "markdown", "id": "own", "metadata": {}, "source": f"By {student}."})
        (folders[student] / f"{TOPIC}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    *in_time, late = CLASS
    for student in in_time:
        run("submit", student)
    with Gradebook(teacher.directory.db_url, teacher.directory.course_id) as gradebook:
        gradebook.update_or_create_assignment(TOPIC, duedate=datetime.now(UTC).replace(tzinfo=None))
    run("submit", late)
    for command in ("collect", "autograde", "generate_feedback", "release_feedback"):
        run(command)
    for student in CLASS:
        run("fetch_feedback", student)
    return folders


def test_marks_are_those_of_what_each_submitted(fetched, teacher, course):
    exercises = course.topic(TOPIC).exercises
    full = {f"check-{exercise.id.replace('.', '-')}": exercise.points for exercise in exercises}
    assert {student: {name: teacher.scores(student)[name] for name in full} for student in CLASS} == {
        "lovelace": full,
        "turing": {**full, f"check-{TOPIC}-{WRONG}": 0},
        "hopper": dict.fromkeys(full, 0),
    }
    assert {student: teacher.row(student)["penalty"] for student in CLASS} == {
        "lovelace": None, "turing": None, "hopper": 0.0,  # late, but nobody gets less than nothing
    }  # fmt: skip


def test_students_find_their_own_feedback_and_nothing_else(fetched, sentence, secrets):
    pages = {}
    for student, folder in fetched.items():
        (page,) = (path for path in (folder / "feedback").rglob("*") if path.is_file())
        pages[student] = html.unescape(page.read_text("utf-8"))
    for student, page in pages.items():
        assert [other for other in CLASS if f"By {other}." in page] == [student]
        assert [other for other in CLASS if other in page] == [student]
        assert not [secret for secret in secrets if secret in page]
    assert {student: page.count(sentence) for student, page in pages.items()} == {
        "lovelace": 0,
        "turing": 1,
        "hopper": 0,
    }
    assert {student: "the code still is the stub" in page for student, page in pages.items()} == {
        "lovelace": False, "turing": False, "hopper": True,
    }  # fmt: skip


def test_students_are_handed_out_what_was_released_and_no_more(fetched, teacher, secrets):
    released = teacher.home / "release" / TOPIC
    for folder in fetched.values():
        files = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
        own = {name for name in files if name.parts[0] == "feedback"}
        assert files - own == {path.relative_to(released) for path in released.rglob("*") if path.is_file()}
        text = b"".join((folder / name).read_bytes() for name in files - own)
        assert not [secret for secret in secrets if secret.encode() in text]
