"""What a check cell of the stock course in `stock.py` calls, in a kernel: the same tests as `autograder grade`, with
nothing to wait for that a plain cell wouldn't: pytest, which tests only need for their marks, isn't imported."""

import importlib.util
import pickle
import sys
import types
from functools import cache
from pathlib import Path
from typing import Any


class _NoPytest(types.ModuleType):
    """Marks that leave a test as it is."""

    def __getattr__(self, name: str) -> Any:
        return _Marks() if name == "mark" else lambda *args, **kwargs: None


class _Marks:
    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: args[0] if args and callable(args[0]) else lambda function: function


sys.modules["pytest"] = _NoPytest("pytest")

import bare  # noqa: E402

from autograder.course import CHECKOUT, Course, find_course  # noqa: E402
from autograder.points import points_by_hand  # noqa: E402
from autograder.secret import Seeds  # noqa: E402
from autograder.suite import Case, Suite, Test, load_reference  # noqa: E402


def exercise(name: str, namespace: dict[str, Any], tests: str, secret: str) -> float:
    """The points of an exercise, which nbgrader takes from the cell's last line."""
    course, suite = _loaded(tests)
    found = course.catalogue.find(name)
    seeds = Seeds(secret.encode(), Path.cwd().parent.name, found.topic)
    return bare.score(course, suite, found, seeds, namespace)


def by_hand(name: str, namespace: dict[str, Any], tests: str, secret: str) -> float:
    course, _ = _loaded(tests)
    item = next(item for items in course.by_hand.values() for item in items if item.name == name)
    return points_by_hand(item, namespace)


@cache
def _loaded(tests: str) -> tuple[Course, Suite]:
    course = find_course(CHECKOUT)
    modules = load_reference(course)
    names = {name: value for module in modules.values() for name, value in vars(module).items() if name[0] != "_"}
    found = []
    for name, exercise_id, folder, supporting, cases in pickle.loads(Path(tests).read_bytes()):
        chosen = course.catalogue.find(exercise_id)
        functions = vars(_module(course.root / "tests" / folder / f"test_{chosen.topic}.py"))
        made = [Case(case, functions[name], arguments, parameters) for case, arguments, parameters in cases]
        found.append(Test(name, chosen, folder, "", supporting, made))
    return course, Suite(found, "", types.SimpleNamespace(**names), modules)


@cache
def _module(path: Path) -> types.ModuleType:
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
