"""The tests of a course, collected once by pytest and then called as often as there are submissions. Called by `judge`.

Tests that carry points: the public ones that take `rng`, and all hidden ones."""

import contextlib
import copy
import hashlib
import importlib
import inspect
import io
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.course import PACKAGE, Course
from autograder.errors import AutograderError
from autograder.kit.exercises import Exercise

FIXTURES = {"student", "rng", "check"}
MARKS = {"parametrize", "supporting"}


@dataclass(frozen=True)
class Case:
    """One call of a test function. `name` is folder/file::function[id]: its inputs are drawn from it."""

    name: str
    function: Callable[..., None]
    arguments: tuple[str, ...]
    parameters: dict[str, Any]

    def run(self, fixtures: dict[str, Any]) -> None:
        """Parameters are copied: changed by one submission, they would leak into the next."""
        given = {name: copy.deepcopy(value) for name, value in self.parameters.items()}
        self.function(**{name: given[name] if name in given else fixtures[name] for name in self.arguments})


@dataclass
class Test:
    """One test function that carries points; it passes if all its cases do."""

    __test__ = False  # not for pytest to collect

    name: str
    exercise: Exercise
    folder: str  # "public" or "hidden"
    sentence: str
    supporting: bool  # counts only where an unmarked test of its exercise passes
    cases: list[Case] = field(default_factory=list)


@dataclass(frozen=True)
class Suite:
    tests: list[Test]  # by exercise in the course's order
    version: str  # a hash of all that decides a verdict
    reference: SimpleNamespace
    modules: dict[str, ModuleType]  # the reference's, by topic


def collect(course: Course) -> Suite:
    """All tests that carry points; AutograderError where a test can't be run this way."""
    modules = load_reference(course)
    names = {name: value for module in modules.values() for name, value in vars(module).items() if name[0] != "_"}
    tests: dict[tuple[str, str], Test] = {}
    homes: dict[str, str] = {}
    for folder, allowed in (("public", FIXTURES), ("hidden", FIXTURES | {"reference", "pictures"})):
        for item in _items(course, course.root / "tests" / folder):
            function, file = item.originalname, item.path.name
            if homes.setdefault(function, f"{folder}/{file}") != f"{folder}/{file}":
                raise AutograderError(f"{function}: stands in {homes[function]} and in {folder}/{file}. Rename one.")
            case = _case(item, f"{folder}/{file}::{item.name}", allowed)
            if folder == "hidden" or "rng" in case.arguments:
                test = tests.setdefault((folder, function), _test(course, item, folder))
                test.cases.append(case)
    order = {exercise.id: place for place, exercise in enumerate(course.catalogue.exercises)}
    ordered = sorted(tests.values(), key=lambda test: order[test.exercise.id])
    return Suite(ordered, version_of(course), SimpleNamespace(**names), modules)


class _Grab:
    """A pytest plugin that keeps what was collected, and why it wasn't."""

    def __init__(self) -> None:
        self.items: list[pytest.Function] = []
        self.problems: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = [item for item in session.items if isinstance(item, pytest.Function)]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if not report.passed:
            self.problems.append(f"{report.nodeid}: {str(report.longrepr).splitlines()[-1]}")


@contextlib.contextmanager
def _plain_pytest() -> Iterator[None]:
    """Whatever this machine adds to pytest: not here, since it can leave out tests."""
    ours = {"PYTEST_ADDOPTS": "", "PYTEST_PLUGINS": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _items(course: Course, folder: Path) -> list[pytest.Function]:
    grab, imported = _Grab(), set(sys.modules)
    arguments = [
        "--collect-only",
        "--import-mode=importlib",
        "--noconftest",
        "-c",
        os.devnull,
        "--rootdir",
        str(folder),
    ]
    plugins = ["cacheprovider", "terminal", "autograder.kit.plugin", "faulthandler"]
    plugins.append("unraisableexception")  # it collects garbage twice, a second where there are many objects
    off = [f"-pno:{name}" for name in plugins]
    with _plain_pytest(), contextlib.redirect_stdout(io.StringIO()):
        code = pytest.main([*arguments, *off, str(folder)], plugins=[grab])
    for name in [name for name in set(sys.modules) - imported if name.split(".")[-1].startswith("test_")]:
        del sys.modules[name]  # pytest would take it for the file of that name in the next folder
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) or grab.problems:
        raise AutograderError(f"{folder}: the tests cannot be collected ({'; '.join(grab.problems) or code}).")
    return grab.items


def _case(item: pytest.Function, name: str, allowed: set[str]) -> Case:
    parameters = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    arguments = tuple(item._fixtureinfo.argnames)
    unknown = set(item._fixtureinfo.initialnames) - allowed - set(parameters)
    if unknown or item.cls is not None or inspect.iscoroutinefunction(item.obj):
        what = f"asks for {', '.join(sorted(unknown))}" if unknown else "is in a class, or async"
        raise AutograderError(f"{name}: {what}. Tests are plain functions of {', '.join(sorted(allowed))}.")
    if marks := {mark.name for mark in item.iter_markers()} - MARKS:
        raise AutograderError(f"{name}: the mark {', '.join(marks)} means nothing when marking. Take it out.")
    return Case(name, item.obj, arguments, parameters)


def _test(course: Course, item: pytest.Function, folder: str) -> Test:
    try:
        exercise = course.catalogue.of_test(item.originalname)
    except ValueError as error:
        raise AutograderError(f"{folder}/{item.path.name}: {error}") from None
    sentence = " ".join((item.obj.__doc__ or "").split("\n\n")[0].split())
    if not sentence:
        raise AutograderError(f"{folder}/{item.path.name}: {item.originalname} has no docstring for students to read.")
    supporting = item.get_closest_marker("supporting") is not None
    return Test(item.originalname, exercise, folder, sentence, supporting)


def load_reference(course: Course) -> dict[str, ModuleType]:
    """The reference's modules by topic, from this course's own files, whatever else is called the same."""
    with _own_package(course.solutions / PACKAGE):
        return {topic.name: importlib.import_module(f"{PACKAGE}.{topic.name}") for topic in course.catalogue.topics}


@contextlib.contextmanager
def _own_package(folder: Path) -> Iterator[None]:
    """Import the package from `folder` meanwhile; what was imported under its name before is put back."""
    aside = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == PACKAGE}
    sys.path.insert(0, str(folder.parent))
    try:
        yield
    except ImportError as error:
        raise AutograderError(f"{folder}: the reference cannot be imported ({error}).") from None
    finally:
        sys.path.remove(str(folder.parent))
        for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
            del sys.modules[name]
        sys.modules.update(aside)


def version_of(course: Course) -> str:
    """Changes with the tests, the reference, the points, what runs and compares, and NumPy (its streams may change)."""
    engine = Path(__file__).parent
    files = [
        *course.tests_public.glob("*.py"),
        *course.tests_hidden.glob("*.py"),
        *course.solutions.glob("*/*.py"),
        *(course.starter_code / PACKAGE).glob("*.py"),
    ]
    decisive = (
        "assembling",
        "judge",
        "pictures",
        "points",
        "replacements",
        "secret",
        "session",
        "submissions",
        "suite",
    )
    own = [engine / f"{name}.py" for name in decisive]
    own += [*(engine / "diagnosis").glob("*.py"), *(engine / "kit").glob("*.py"), *(engine / "sandbox").glob("*.py")]
    digest = hashlib.sha256(f"numpy {np.__version__}\n{course.catalogue.to_json()}".encode())
    for root, paths in ((course.root, files), (engine, own)):
        for path in sorted(paths):
            digest.update(path.relative_to(root).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
