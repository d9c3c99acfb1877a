"""What `autograder release` hands out: only what students may see, working as it is, refreshed without loss."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from autograder.course import CHECKOUT, read_course
from autograder.errors import AutograderError
from autograder.release import release

PLANTED = "PLANTED-8d1f"
TOPICS = [topic.name for topic in read_course(CHECKOUT).catalogue.topics]


def plant(root):
    """Put a line into everything that students must not get."""
    for path in (root / "solutions" / "mlp").glob("*.py"):
        lines = path.read_text(encoding="utf-8").split("\n")
        bodies = [node.body for node in ast.walk(ast.parse("\n".join(lines))) if isinstance(node, ast.FunctionDef)]
        for line, column in sorted({(body[-1].lineno, body[-1].col_offset) for body in bodies}, reverse=True):
            lines.insert(line - 1, f"{' ' * column}# {PLANTED}")
        path.write_text("\n".join(lines) + f"\n\ndef _planted():\n    return {PLANTED!r}\n", encoding="utf-8")
    for page in (root / "assignments").glob("*.md"):
        if page.name != "kit_README.md":
            text = re.sub(
                r"^marking = (\"\"\"|''')", rf"marking = \1{PLANTED}", page.read_text(encoding="utf-8"), flags=re.M
            )
            page.write_text(text, encoding="utf-8")
    hidden = [*root.glob("solutions/*/*.py"), *root.glob("tests/hidden/*"), *root.glob("tests/engine/**/*.py")]
    for path in [*hidden, *(p for p in root.glob("autograder/**/*.py") if "kit" not in p.parts)]:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n# {PLANTED}\n")
    for name in ["assignments/course.toml", "assignments/README.md", ".autograder-secret"]:
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(f"\n# {PLANTED}\n")


def run(*command, cwd, **variables):
    variables = {"PATH": str(Path(sys.executable).parent), "HOME": str(cwd), **variables}
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, capture_output=True, text=True, env=variables, check=False
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of this repository with planted lines, and a first deadline that isn't past."""
    root = tmp_path_factory.mktemp("checkout")
    for name in ["assignments", "solutions", "autograder"]:
        shutil.copytree(CHECKOUT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ["public", "hidden", "engine"]:
        shutil.copytree(CHECKOUT / "tests" / name, root / "tests" / name, ignore=shutil.ignore_patterns("__pycache__"))
    plant(root)
    settings = root / "assignments" / "course.toml"
    text = settings.read_text(encoding="utf-8").replace(
        "[deadlines]", f"[deadlines]\n{TOPICS[0]} = 2999-01-01T00:00:00+01:00\n"
    )
    settings.write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def released(checkout):
    """What the command makes of that copy, run from it: (folder, finished process)."""
    program = "import sys; from autograder.cli import main; sys.exit(main(sys.argv[1:]))"
    done = run("-c", program, "release", "out", cwd=checkout, PYTHONPATH=str(checkout))
    assert done.returncode == 0, done.stderr
    return checkout / "out", done


@pytest.fixture
def kit(released, tmp_path):
    """A student's own copy of the kit."""
    return Path(shutil.copytree(released[0] / "kit", tmp_path / "kit"))


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


@pytest.mark.parametrize("done", [False, True])
def test_a_push_to_github_runs_the_checks_and_shows_them_on_the_runs_page(kit, done):
    """The steps of the workflow that the kit brings along, as they stand there."""
    if done:
        for path in (CHECKOUT / "solutions" / "mlp").glob("*.py"):
            shutil.copy(path, kit / "mlp")
    steps = yaml.safe_load((kit / ".github" / "workflows" / "checks.yml").read_text())["jobs"]["checks"]["steps"]
    summary = kit / "summary.md"
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(summary)}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    codes = [
        subprocess.run(["bash", "-eo", "pipefail", "-c", step["run"]], cwd=kit, env=environment, check=False).returncode
        for step in steps
        if "run" in step and "pip install" not in step["run"]
    ]
    assert codes == [0 if done else 1]
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("```\n")
    assert ("27 of 27 exercises" if done else "Next: sigmoid(Z)") in text
    assert text.endswith("```\n")


def test_the_kit_is_exactly_what_students_should_get(released):
    kit = files(released[0] / "kit")
    support = {name for name in kit if name.startswith("autograder/")}
    assert kit.keys() - support == {
        *(
            ".github/workflows/checks.yml",
            "README.md",
            "requirements.txt",
            "pytest.ini",
            "conftest.py",
            "exercises.json",
            "pictures.py",
            "mlp/__init__.py",
        ),
        *(f"mlp/{topic}.py" for topic in TOPICS),
        *(f"notebooks/{topic}.ipynb" for topic in TOPICS),
        *(f"tests/test_{topic}.py" for topic in TOPICS),
    }
    assert all(re.fullmatch(r"autograder/(kit/\w+|__init__)\.py", name) for name in support)


def test_nothing_secret_is_in_what_students_get(released):
    folder, _ = released
    assert PLANTED in (folder / "course" / "source" / TOPICS[1] / f"{TOPICS[1]}.ipynb").read_text(encoding="utf-8")
    assert [name for name, content in files(folder / "kit").items() if PLANTED.encode() in content] == []
    leaks = {name for name, content in files(folder / "course" / "release").items() if PLANTED.encode() in content}
    assert leaks == {f"{TOPICS[j]}/mlp/{TOPICS[i]}.py" for j in range(len(TOPICS)) for i in range(j)}


def test_the_zip_holds_the_kit_in_one_folder(released):
    folder, _ = released
    with zipfile.ZipFile(folder / "kit.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            f"kit/{name}": content for name, content in files(folder / "kit").items()
        }
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_open_deadline_is_warned_of_and_reaches_the_gradebook(released):
    folder, done = released
    assert done.stderr.count("Warning") == 1
    assert f"the deadline of {TOPICS[0]} is 2999-01-01" in done.stderr
    with gradebook(folder) as book:
        assert {assignment.name for assignment in book.assignments} == set(TOPICS)
        assert book.find_assignment(TOPICS[0]).duedate == datetime(2998, 12, 31, 23, 0)
        assert book.find_assignment(TOPICS[1]).duedate is None


def gradebook(folder):
    from nbgrader.api import Gradebook

    return Gradebook(f"sqlite:///{folder / 'course' / 'gradebook.db'}")


@pytest.mark.parametrize("topic", TOPICS)
def test_a_students_notebook_is_what_nbgrader_makes_of_its_source(released, topic):
    folder, _ = released
    ours = cells(folder / "kit" / "notebooks" / f"{topic}.ipynb")
    theirs = cells(folder / "course" / "release" / topic / f"{topic}.ipynb")
    for cell in theirs:
        for key in ("nbgrader", "deletable", "editable"):
            cell["metadata"].pop(key, None)
    for cell in [*ours, *theirs]:
        cell["source"] = re.sub(r"NotImplementedError\(.*\)", "NotImplementedError", "".join(cell["source"]))
    assert theirs == ours


@pytest.mark.parametrize("topic", TOPICS)
def test_an_assignment_ships_earlier_references_and_not_its_own(released, topic):
    names = files(released[0] / "course" / "release" / topic)
    earlier = TOPICS[: TOPICS.index(topic)]
    assert {name for name in names if not name.startswith("autograder/")} == {
        *(f"{topic}.ipynb", "exercises.json", "mlp/__init__.py", f"tests/test_{topic}.py"),
        *(f"mlp/{name}.py" for name in earlier),
    }
    assert "autograder/kit/notebook.py" in names


def test_pytest_in_the_kit_goes_from_not_started_to_done(kit):
    before = run("-m", "pytest", cwd=kit)
    assert before.returncode == 1
    assert re.search(r"\b0 of \d+ exercises", before.stdout)
    assert "Traceback" not in before.stdout + before.stderr
    for topic in TOPICS:
        shutil.copy(CHECKOUT / "solutions" / "mlp" / f"{topic}.py", kit / "mlp")
    after = run("-m", "pytest", cwd=kit)
    assert after.returncode == 0, after.stdout


def test_a_refresh_repeats_itself_and_loses_nothing(checkout, released, tmp_path):
    folder = Path(shutil.copytree(released[0], tmp_path / "out"))
    course = folder / "course"
    before = files(folder / "kit") | files(course / "release") | {"zip": (folder / "kit.zip").read_bytes()}
    kept = {
        course / "submitted" / "alice" / TOPICS[0] / f"{TOPICS[0]}.ipynb": "hers",
        course / "feedback" / "alice" / "page.html": "done",
        course / "nbgrader_config.py": (course / "nbgrader_config.py").read_text() + "# the instructor's own line\n",
    }
    for path, text in kept.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with gradebook(folder) as book:
        book.add_student("alice")
    (folder / "kit" / "left_over.py").write_text("")

    release(read_course(checkout), folder)

    assert files(folder / "kit") | files(course / "release") | {"zip": (folder / "kit.zip").read_bytes()} == before
    assert {path: path.read_text() for path in kept} == kept
    with gradebook(folder) as book:
        assert book.find_student("alice").id == "alice"
        assert book.find_assignment(TOPICS[0]).duedate is not None


def test_changed_cells_are_refused_once_there_are_submissions(checkout, released, tmp_path):
    folder = Path(shutil.copytree(released[0], tmp_path / "out"))
    changed = tmp_path / "changed"
    shutil.copytree(checkout, changed, ignore=shutil.ignore_patterns("out"))
    page = changed / "assignments" / f"{TOPICS[0]}.md"
    question = "\n```toml {question}\nname = 'new'\npoints = 1\ntext = 'New?'\nmarking = 'Yes.'\n```\n"
    page.write_text(page.read_text(encoding="utf-8") + question, encoding="utf-8")
    with gradebook(folder) as book:
        book.add_student("alice")
        book.add_submission(TOPICS[0], "alice")
    before = files(folder / "course" / "release") | files(folder / "course" / "source")
    with pytest.raises(
        AutograderError, match=f"{TOPICS[0]}: its cells changed, and submissions of it are in the gradebook"
    ):
        release(read_course(changed), folder)
    assert files(folder / "course" / "release") | files(folder / "course" / "source") == before


def test_a_foreign_folder_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(AutograderError, match="not empty, and not an earlier release"):
        release(read_course(CHECKOUT), tmp_path)
    with pytest.raises(AutograderError, match="not empty"):
        release(read_course(CHECKOUT), tmp_path / "thesis.txt")
    assert files(tmp_path) == {"thesis.txt": b"mine"}
