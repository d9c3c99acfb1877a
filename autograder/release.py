"""A course in, what students and nbgrader get out: kit (folder and zip) and nbgrader course folder. Called by the
command line and by `demo`.

Files are chosen by name, never by leaving some out, so that no solution, hidden test or marking text can slip in.
"""

import json
import os
import shutil
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from autograder.build import KIT, plot_names, read, reference_module, starter_files
from autograder.course import PACKAGE, Course
from autograder.errors import AutograderError
from autograder.kit.exercises import Topic
from autograder.kit.originals import KEY, digest_of
from autograder.kit.pictures import FILE as PICTURES
from autograder.notebooks import ANSWER_STUB, notebook

MARKER = ".autograder-release"  # says that a folder is ours to refresh
REQUIREMENTS = "numpy>=1.26\nmatplotlib>=3.8\npytest>=8\n"
CONFTEST = """\
import pytest

try:
    import autograder.kit
except ModuleNotFoundError as problem:
    pytest.exit(str(problem), returncode=4)
pytest_plugins = ["autograder.kit.plugin"]
"""
PYTEST_INI = """\
[pytest]
pythonpath = .
testpaths = tests
addopts = --import-mode=importlib --continue-on-collection-errors
"""
PACKAGE_INIT = '"""The support code of this course. Nothing in here has to be changed."""\n'
CONFIG = '''\
"""nbgrader's settings for this course. `autograder release` makes this file once and never overwrites it."""

from pathlib import Path

c = get_config()  # noqa: F821
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = {course_id!r}

# The notebook that students get
c.ClearSolutions.code_stub = {{"python": 'raise NotImplementedError("not started")'}}
c.ClearSolutions.text_stub = {answer_stub!r}

# Grading: student code runs apart from the tests, not in a kernel; damaged notebooks are mended first
c.Autograde.pre_convert_hook = "autograder.gradebook.mending.expect_notebook"
c.Autograde.exporter_class = "autograder.gradebook.mending.MendingExporter"
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
]
c.Autograde.autograde_preprocessors = [
    "autograder.gradebook.preprocessor.Judge",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]
'''
LATE = """
# Late submissions
c.AssignLatePenalties.plugin_class = "autograder.gradebook.late.PointsPerDay"
c.PointsPerDay.points_per_day = {points!r}
"""


def release(course: Course, folder: Path) -> str:
    """Make or refresh the release in `folder`; returns a line for people. What graders added there is never touched."""
    if folder.exists() and not (folder / MARKER).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise AutograderError(f"{folder}: not empty, and not an earlier release. Name a new or empty folder.")
    starter = starter_files(course)
    kit = kit_files(course, starter)
    sources = {topic.name: source_files(course, topic, kit) for topic in course.catalogue.topics}
    _warn_of_open_deadlines(course)

    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(
        "Made by `autograder release`: kit, kit.zip and course/source are made anew each time.\n"
    )
    _nbgrader_course(course, folder / "course", sources)
    _replace(folder / "kit", kit)
    _zip(folder / "kit.zip", kit)
    return (
        f"{folder}: kit/ and kit.zip for students; course/ for nbgrader, with {len(sources)} assignments in release/."
    )


def kit_files(course: Course, starter: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """What students get to work without nbgrader: path -> content."""
    starter = starter or starter_files(course)
    files = {
        "README.md": read(course.assignments / "kit_README.md"),
        "requirements.txt": REQUIREMENTS.encode(),
        "pytest.ini": PYTEST_INI.encode(),
        "conftest.py": CONFTEST.encode(),
        "exercises.json": _with_digests(course, starter["exercises.json"]),
        "autograder/__init__.py": PACKAGE_INIT.encode(),
    }
    for source, name in ((PICTURES, PICTURES), ("kit_checks.yml", ".github/workflows/checks.yml")):
        if (course.assignments / source).is_file():  # a course may do without
            files[name] = read(course.assignments / source)
    files |= {name: starter[name] for name in starter if name.startswith((f"{PACKAGE}/", "notebooks/"))}
    files |= {f"tests/{name}": read(course.tests_public / name) for name in map(_test_file, course.catalogue.topics)}
    files |= {f"autograder/kit/{path.name}": read(path) for path in sorted(KIT.glob("*.py"))}
    return files


def _with_digests(course: Course, exercises: bytes) -> bytes:
    """exercises.json for the kit, which knows its checks."""
    tests = {name: digest_of(read(course.tests_public / name)) for name in map(_test_file, course.catalogue.topics)}
    return (json.dumps({**json.loads(exercises), KEY: tests}, indent=1, ensure_ascii=False) + "\n").encode()


def source_files(course: Course, topic: Topic, kit: dict[str, bytes]) -> dict[str, bytes]:
    """One assignment as nbgrader's source: the notebook with its solutions, and the files that ship with it."""
    module = reference_module(course, topic)
    tests = f"tests/{_test_file(topic)}"
    files = {
        f"{topic.name}.ipynb": notebook(course, topic, module, plot_names(), source=True),
        "exercises.json": kit["exercises.json"],
        f"{PACKAGE}/__init__.py": kit[f"{PACKAGE}/__init__.py"],
        tests: kit[tests],
    }
    for earlier in course.catalogue.topics:
        if earlier is topic:
            break
        name = f"{PACKAGE}/{earlier.name}.py"
        files[name] = read(course.solutions / name)
    return files | {name: content for name, content in kit.items() if name.startswith("autograder/")}


def _test_file(topic: Topic) -> str:
    return f"test_{topic.name}.py"


def _warn_of_open_deadlines(course: Course) -> None:
    now = datetime.now(UTC)
    for topic in course.catalogue.topics[:-1]:
        deadline = course.deadlines.get(topic.name)
        if deadline and deadline > now:
            print(
                f"Warning: the deadline of {topic.name} is {deadline:%Y-%m-%d %H:%M}, and later assignments ship its "
                "solution. Don't hand those out before.",
                file=sys.stderr,
            )


def _replace(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _zip(path: Path, files: dict[str, bytes]) -> None:
    """The same bytes for the same files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"kit/{name}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])


def _write_config(course: Course, path: Path) -> None:
    course_id = "-".join("".join(c if c.isalnum() else " " for c in course.catalogue.title.lower()).split())
    text = CONFIG.format(course_id=course_id, answer_stub=ANSWER_STUB)
    if course.late_points_per_day:
        text += LATE.format(points=course.late_points_per_day)
    if not path.exists():
        path.write_text(text, encoding="utf-8")
    elif path.read_text(encoding="utf-8") != text:
        print(
            f"Warning: {path} is kept, though it isn't what this release would write. Delete it for a new one.",
            file=sys.stderr,
        )


def _nbgrader_course(course: Course, home: Path, sources: dict[str, dict[str, bytes]]) -> None:
    """Write source/ and let nbgrader make release/ of it and enter the assignments into gradebook.db."""
    home.mkdir(exist_ok=True)
    _write_config(course, home / "nbgrader_config.py")
    scripts = sysconfig.get_path("scripts")
    os.environ["PATH"] = f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}"  # nbgrader calls alembic by name
    from nbgrader.api import Gradebook
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config.loader import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(home)).load_config()
    directory = CourseDirectory(config=config)
    api = NbGraderAPI(coursedir=directory, config=config)
    for name, files in sources.items():
        with _kept_on_failure(home, [home / "source" / name, home / "release" / name]):
            _replace(home / "source" / name, files)
            result = api.generate_assignment(name)
            if not result["success"]:
                raise AutograderError(_reason(name, result))
        if name in course.deadlines:
            due = course.deadlines[name].astimezone(UTC).replace(tzinfo=None)
            with Gradebook(directory.db_url, directory.course_id) as gradebook:
                gradebook.update_or_create_assignment(name, duedate=due)


@contextmanager
def _kept_on_failure(home: Path, folders: list[Path]) -> Iterator[None]:
    """Put folders aside, and back where what should replace them fails."""
    aside = home / ".earlier"
    shutil.rmtree(aside, ignore_errors=True)
    kept = {folder: aside / folder.relative_to(home) for folder in folders if folder.exists()}
    for folder, copy in kept.items():
        copy.parent.mkdir(parents=True)
        folder.rename(copy)
    try:
        yield
    except BaseException:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        for folder, copy in kept.items():
            copy.rename(folder)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _reason(name: str, result: dict[str, str]) -> str:
    """nbgrader's own last words about an assignment that it could not release."""
    text = f"{result.get('log')}\n{result.get('error')}"
    if "there are submissions associated with it" in text:
        return (
            f"{name}: its cells changed, and submissions of it are in the gradebook, so nbgrader keeps the old ones. "
            "Release a changed course into a new folder."
        )
    lines = [line for line in text.splitlines() if line.strip()]
    return f"{name}: nbgrader could not release it: {lines[-1].strip() if lines else 'no reason given'}"
