"""A file of tests in, the results of one exercise out, without pytest's machinery: quick enough for a notebook's cell.
Called by `notebook`. Tests use the fixtures `student`, `rng` and `check`, and parametrize."""

from __future__ import annotations

import contextlib
import copy
import importlib.util
import io
import itertools
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from autograder.kit.check import Check
from autograder.kit.exercises import Catalogue, Exercise
from autograder.kit.results import Result
from autograder.kit.student import LocalBackend, Student


def seed_of(test_name: str) -> int:
    """The seed of a test's `rng` where nothing secret is at stake: always the same for one test."""
    return zlib.crc32(test_name.encode())


def run_tests(path: Path, catalogue: Catalogue, exercise: Exercise, namespace: Mapping[str, Any]) -> list[Result]:
    """Run the exercise's tests in the file on the functions in `namespace`, or else those of the modules."""
    timed_out: set[str] = set()
    return [
        _run(catalogue, LocalBackend(namespace, catalogue.constructors, timed_out), function, name, case)
        for function in _functions(path)
        if catalogue.of_test(function.__name__) == exercise
        for name, case in _cases(function)
    ]


def _functions(path: Path) -> list[Callable[..., None]]:
    spec = importlib.util.spec_from_file_location(f"checks_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [value for name, value in vars(module).items() if name.startswith("test_") and callable(value)]


def _cases(function: Callable[..., None]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each case's name, which is pytest's, and its arguments."""
    marks = [mark for mark in getattr(function, "pytestmark", ()) if mark.name == "parametrize"]
    if not marks:
        yield function.__name__, {}
        return
    for chosen in itertools.product(*map(_parameter_sets, marks)):
        ids, arguments = zip(*chosen, strict=True)
        yield f"{function.__name__}[{'-'.join(ids)}]", {name: item for each in arguments for name, item in each.items()}


def _parameter_sets(mark: Any) -> list[tuple[str, dict[str, Any]]]:
    """The id and the arguments of each entry of a parametrize mark."""
    names, entries = mark.args
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    ids = mark.kwargs.get("ids")
    sets = []
    for i, entry in enumerate(entries):
        values = entry.values if hasattr(entry, "marks") else entry if len(names) > 1 else (entry,)  # pytest.param
        given = getattr(entry, "id", None) or (ids(values[0]) if callable(ids) else ids[i] if ids else str(i))
        sets.append((str(given), dict(zip(names, values, strict=True))))
    return sets


def _run(
    catalogue: Catalogue, backend: LocalBackend, function: Callable[..., None], name: str, case: dict[str, Any]
) -> Result:
    student = Student(catalogue, backend, backend.parameters, backend.docs)
    arguments = {
        "student": student,
        "rng": np.random.default_rng(seed_of(name)),
        "check": Check(student),
        **copy.deepcopy(case),
    }
    code = function.__code__
    printed, problem = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        try:
            function(**{name: arguments[name] for name in code.co_varnames[: code.co_argcount]})
        except Exception as error:
            problem = error
    return Result(problem, " ".join((function.__doc__ or "").split()), printed.getvalue())
