"""The banks in `solutions`, and their answers run through the course's tests: in this process, without the sandbox."""

import ast
import contextlib
import os
import select
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from autograder.course import PACKAGE, find_course
from autograder.diagnosis.bank import Bank
from autograder.diagnosis.evidence import Case as Evidence
from autograder.diagnosis.evidence import Recording
from autograder.diagnosis.naming import cause_of
from autograder.kit.check import Check, CheckFailed
from autograder.kit.plugin import seed_of
from autograder.kit.student import CallFailed, LocalBackend, Student
from autograder.pictures import Pictures
from autograder.suite import collect


@pytest.fixture(scope="session")
def course(pytestconfig):
    return find_course(pytestconfig.rootpath)


@pytest.fixture(scope="session")
def suite(course):
    return collect(course)


@pytest.fixture(scope="session")
def failures(course, suite):
    """`failures(exercise, answer)`: the tests that fail, with their messages, where `answer` takes the exercise's place
    in the reference. A class takes the place of the whole class, and its methods' tests run as well."""

    def run(exercise, answer):
        package = replaced(course, exercise, answer)
        whole = isinstance(answer, type)
        tests = [t for t in suite.tests if t.exercise == exercise or (whole and t.exercise.owner == exercise.name)]
        outcomes = {test.name: failure(course, suite, test, package) for test in tests}
        return {name: message for name, message in outcomes.items() if message}

    return run


@pytest.fixture(scope="session")
def cause(course, suite):
    """`cause(exercise, answer)`: the cause that is named where `answer` takes the exercise's place in the reference."""
    bank = Bank(course, suite.modules)

    def named(exercise, answer):
        package, evidence = replaced(course, exercise, answer), []
        failed = [failure(course, suite, test, package, evidence) for test in suite.tests if test.exercise == exercise]
        assert any(failed)
        return cause_of(bank, exercise, evidence)

    return named


def failure(course, suite, test, package, evidence=None):
    """Why a test fails on the answers in `package`; None where it passes. What it calls is put into `evidence`."""
    for case in test.cases:
        calls = Evidence()
        backend = LocalBackend(package, course.catalogue.constructors)
        student = Student(course.catalogue, Recording(backend, calls), backend.parameters)
        if evidence is not None:
            evidence.append(calls)
        rng = np.random.default_rng(seed_of(case.name))
        try:
            case.run({
                "student": student, "check": Check(student), "rng": rng, "reference": suite.reference,
                "pictures": Pictures(),
            })  # fmt: skip
        except (CheckFailed, CallFailed) as problem:
            return f"{case.name}: {problem}"
    return None


def replaced(course, exercise, answer):
    """All that a fresh copy of the reference defines, by name, with `answer` in an exercise's place from its definition
    on, so that tables, imports and functions below see it, too."""
    path = exercise.name.split(".")
    if exercise.name in course.catalogue.classes and not isinstance(answer, type):
        path.append("__init__")
    names = {}
    with own_package():
        for topic in course.catalogue.topics:
            file = course.solutions / PACKAGE / f"{topic.name}.py"
            tree = ast.parse(file.read_text(encoding="utf-8"))
            if topic.name == exercise.topic:
                node = tree
                for name in path:
                    node = next(child for child in node.body if getattr(child, "name", None) == name)
                node.decorator_list.append(ast.Name("__answer__", ast.Load()))
            module = sys.modules[f"{PACKAGE}.{topic.name}"] = ModuleType(f"{PACKAGE}.{topic.name}")
            module.__answer__ = lambda definition: answer
            exec(compile(ast.fix_missing_locations(tree), str(file), "exec"), vars(module))
            names |= {name: value for name, value in vars(module).items() if name[0] != "_"}
    return names


@contextmanager
def own_package():
    """An empty package in the place of what was imported under its name, which is put back afterwards."""
    aside = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == PACKAGE}
    sys.modules[PACKAGE] = ModuleType(PACKAGE)
    sys.modules[PACKAGE].__path__ = []
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
            del sys.modules[name]
        sys.modules.update(aside)


def entries(course, package, registry):
    """All entries of a bank, in the course's order."""
    for topic in course.catalogue.topics:
        import_module(f"{package}.{topic.name}")
    return getattr(import_module(package), registry)


@pytest.fixture(scope="session")
def processes_of():
    """processes_of(pid): it and all below it, also where it may not be looked into."""

    def processes_of(pid):
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):  # it ended meanwhile
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        found = [pid]
        for parent in found:
            found += [child for child, its_parent in parents.items() if its_parent == parent]
        return found

    return processes_of


@pytest.fixture(scope="session")
def ended():
    """ended(pid): whether a process ends, at once or soon."""

    def ended(pid):
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            return True
        with open(descriptor, "rb") as process:  # noqa: PTH123
            return bool(select.select([process], [], [], 10)[0])

    return ended


@pytest.fixture
def disk(tmp_path):
    """disk(options, script, *arguments): a shell's script in an empty folder that is a disk of its own, and what is on
    the disk in the end."""
    private = ["unshare", "--mount", "--map-root-user", "sh", "-euc"]
    if not shutil.which("unshare") or subprocess.run([*private, "mount -t tmpfs tmpfs /mnt"], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    (tmp_path / "disk").mkdir()

    def disk(options, script, *arguments):
        script = f"mount -t tmpfs -o {options} tmpfs disk; {script}; cp -a disk seen"
        result = subprocess.run(
            [*private, script, "sh", *map(str, arguments)], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        return result.stderr.splitlines(), tmp_path / "seen"

    return disk


def pytest_generate_tests(metafunc):
    """`known_mistake` and `right_variant` are every entry of their bank in turn."""
    for fixture, bank in (("known_mistake", ("mistakes", "MISTAKES")), ("right_variant", ("variants", "VARIANTS"))):
        if fixture in metafunc.fixturenames:
            found = entries(find_course(metafunc.config.rootpath), *bank)
            metafunc.parametrize(fixture, found, ids=lambda entry: entry.id)
