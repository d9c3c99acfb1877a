"""Gradescope's zip: unpacked and run as Gradescope does it, with this Python in the place of the one that setup.sh
makes."""

import json
import shutil
import stat
import subprocess
import sys
import zipfile
from types import SimpleNamespace

import pytest

from autograder.course import PACKAGE
from autograder.export import export, gradescope
from autograder.sandbox.client import Limits
from autograder.secret import FILE
from autograder.session import BUDGET

ENGINE = "the engine in the zip"
VISIBILITIES = {"visible", "hidden", "after_due_date", "after_published"}
# Of all fields that its documentation has, those that we write, each with its type.
TOP = {
    "score": float, "execution_time": float, "output": str, "output_format": str, "stdout_visibility": str,
    "tests": list, "extra_data": dict,
}  # fmt: skip
TEST = {
    "name": str, "score": float, "max_score": float, "status": str, "output": str, "visibility": str, "tags": list,
    "extra_data": dict,
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("gradescope") / "autograder.zip"
    export(None, "gradescope", file=path)
    return path


@pytest.fixture(scope="module")
def home(archive):
    """/autograder, somewhere else."""
    home = archive.parent / "auto grader"
    with zipfile.ZipFile(archive) as unpacked:
        unpacked.extractall(home / "source")
    (home / "results").mkdir()
    with (home / "source" / "course" / "autograder" / "__init__.py").open("a") as file:
        file.write(f"import sys\nprint({ENGINE!r}, file=sys.stderr)\n")
    python = home / "source" / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    shutil.copy(home / "source" / "run_autograder", home)
    (home / "run_autograder").chmod(0o755)
    return home


@pytest.fixture(scope="module")
def programs(archive):
    """A PATH that has what run_autograder calls and nothing else, so no bubblewrap either, as in a container."""
    folder = archive.parent / "bin"
    folder.mkdir()
    (folder / "dirname").symlink_to(shutil.which("dirname"))
    return str(folder)


@pytest.fixture
def run(home, programs):
    """`run(files)`: what a submission with these files gets, once its results are seen to be what Gradescope reads."""

    def graded(files, **options):
        results = results_of(home, programs, files, **options)
        assert {name: type(value) for name, value in results.keys.items()} == TOP
        assert results.output_format == "text"
        assert results.stdout_visibility in VISIBILITIES
        for test in results.tests:
            assert {name: type(value) for name, value in test.items()} == TEST
            assert test["status"] in ("passed", "failed")
            assert test["visibility"] == "visible", "a hidden one would hide the total"
            assert 0 <= test["score"] <= test["max_score"]
            assert {type(tag) for tag in test["tags"]} <= {str}
        return results

    return graded


def results_of(home, programs, files, users=("ada@uni.edu",)):
    shutil.rmtree(home / "submission", ignore_errors=True)
    for name, text in files.items():
        path = home / "submission" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    metadata = {"users": [{"email": user, "id": 1, "name": "x"} for user in users], "assignment": {}}
    (home / "submission_metadata.json").write_text(json.dumps(metadata))
    done = subprocess.run(
        [home / "run_autograder"],
        cwd="/",
        env={"PATH": programs, "HOME": "/"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert ENGINE in done.stderr
    text = (home / "results" / "results.json").read_text()
    results = json.loads(text, parse_constant=pytest.fail)
    return SimpleNamespace(**results, text=text, keys=results)


def test_the_zip_has_what_gradescope_asks_for(archive, course):
    with zipfile.ZipFile(archive) as found:
        for name in ("setup.sh", "run_autograder"):
            text = found.read(name)
            assert text.startswith(b"#!/bin/sh\n")
            assert b"\r" not in text
            assert found.getinfo(name).external_attr >> 16 & 0o111 == 0o111
            assert subprocess.run(["sh", "-n"], input=text, check=False).returncode == 0
        names = set(found.namelist())
        assert b"python3.11" in found.read("setup.sh")
        secret = found.read(f"course/{FILE}")
    for topic in course.catalogue.topics:
        assert {f"course/tests/{folder}/test_{topic.name}.py" for folder in ("public", "hidden")} <= names
        assert {f"course/solutions/{bank}/{topic.name}.py" for bank in ("mlp", "mistakes", "variants")} <= names
    assert not [name for name in names if "__pycache__" in name or "held_back" in name]
    assert len(secret.strip()) == 64
    assert stat.S_IMODE(archive.stat().st_mode) & 0o077 == 0


def test_each_zip_has_a_secret_of_its_own(archive, tmp_path, course):
    export(None, "gradescope", file=tmp_path / "again.zip")
    secrets = set()
    for path in (archive, tmp_path / "again.zip"):
        with zipfile.ZipFile(path) as found:
            secrets.add(found.read(f"course/{FILE}"))
    own = course.root / FILE
    assert len(secrets | ({own.read_bytes()} if own.exists() else set())) == 2 + own.exists()


def test_whatever_a_submission_does_it_is_over_within_ten_minutes(course):
    """Nothing new is tried once the time for all is over; then one call may still run."""
    longest = max(Limits().call, *(exercise.seconds for exercise in course.catalogue.exercises))
    assert gradescope.BACKSTOP > 2, "half a processor"
    assert gradescope.BACKSTOP * (BUDGET + longest) < 560


def test_a_right_submission_is_graded_there(run, course):
    package = course.solutions / PACKAGE
    results = run({f"{PACKAGE}/{path.name}": path.read_text(encoding="utf-8") for path in package.glob("*.py")})
    assert results.score == 100
    assert results.output == ""
    assert results.extra_data["student"] == "ada@uni.edu"
    if sys.platform == "linux":
        assert results.extra_data["isolation"] == "isolated"


def test_wrong_and_missing_parts_are_told_in_the_tests_own_words(run, course):
    exercise = course.catalogue.exercises[0]
    source = f"def {exercise.name}(*arguments):\n    print('SECRET')\n    raise ValueError('SECRET')\n"
    results = run({f"{exercise.topic}.py": source}, users=("bob@uni.edu", "ada@uni.edu"))
    assert results.score == 0
    said = [test["output"] for test in results.tests if test["extra_data"]["exercise"] == exercise.id]
    assert said
    assert all(text.endswith(f"{exercise.name} raised ValueError") for text in said)
    assert "SECRET" not in results.text
    assert results.extra_data["student"] == "ada@uni.edu bob@uni.edu"


def test_nothing_to_read_is_said_and_not_a_crash(run):
    results = run({"essay.txt": "My network."})
    assert results.score == 0
    assert "no .py file or notebook" in results.output
