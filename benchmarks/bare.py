"""The same tests on the same submission with nothing round them: the modules are executed in this process, or in one
forked from it, and the tests call them. What `limit.py` and `stock.py` measure against."""

import contextlib
import io
import sys
import types
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.course import PACKAGE, Course
from autograder.errors import AutograderError
from autograder.kit.check import Check
from autograder.kit.exercises import Exercise
from autograder.kit.student import LocalBackend, Student
from autograder.pictures import Pictures
from autograder.points import Attempt, points_of
from autograder.secret import Seeds
from autograder.suite import Suite


def load(modules: Mapping[str, str]) -> None:
    """Make mlp and its modules of these sources, in the course's order."""
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]
    package = sys.modules[PACKAGE] = types.ModuleType(PACKAGE)
    package.__path__ = []
    for topic, text in modules.items():
        module = sys.modules[f"{PACKAGE}.{topic}"] = types.ModuleType(f"{PACKAGE}.{topic}")
        setattr(package, topic, module)
        exec(compile(text, f"{topic}.py", "exec"), vars(module))


def score(course: Course, suite: Suite, exercise: Exercise, seeds: Seeds, namespace: Mapping[str, Any] | None) -> float:
    """The points of one exercise, by its tests alone: no right ones stand in for others. Prints nothing."""
    tests = [test for test in suite.tests if test.exercise == exercise]
    attempts = []
    for test in tests:
        attempt = Attempt()
        for case in test.cases:
            backend = LocalBackend(namespace, course.catalogue.constructors)
            student = Student(course.catalogue, backend, backend.parameters, backend.docs)
            fixtures = {
                "student": student,
                "rng": seeds.rng(case.name),
                "check": Check(student),
                "reference": suite.reference,
                "pictures": Pictures(),
            }
            try:
                with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
                    warnings.simplefilter("ignore")
                    case.run(fixtures)
            except AutograderError:
                raise
            except Exception as problem:
                attempt.failure = str(problem)
                break
        attempts.append(attempt)
    result, _ = points_of(exercise, tests, attempts, [False] * len(tests), None, [])
    return result.score


def scores(course: Course, suite: Suite, modules: Mapping[str, str], seeds: Seeds) -> dict[str, float]:
    """The points of each exercise."""
    load(modules)
    return {e.id: score(course, suite, e, seeds, None) for e in course.catalogue.exercises}
