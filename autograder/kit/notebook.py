"""What a notebook's cells call: check("relu") runs an exercise's checks on the function as it stands there and, in the
kit, saves it into its module; check_by_hand("forward_by_hand") looks at numbers that were worked out by hand."""

from __future__ import annotations

import html
import inspect
import json
import linecache
import os
import runpy
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.kit import by_hand
from autograder.kit.definitions import definition
from autograder.kit.exercises import Catalogue, Exercise
from autograder.kit.results import DONE, OPEN, failure_lines, first_wrong, needs, state_of
from autograder.kit.student import PACKAGE

COLOURS = {"done": "#1a7f37", "wrong": "#b42318", "not started": "#6b5900"}


class Report:
    """What a cell shows: `verdict` is done, wrong or not started; `detail` are lines."""

    def __init__(self, name: str, verdict: str, detail: list[str]):
        self.name, self.verdict, self.detail = name, verdict, detail

    def __repr__(self) -> str:
        return "\n".join([f"{self.name}: {self.verdict}", *self.detail])

    def _repr_html_(self) -> str:
        head = f'<b style="color: {COLOURS[self.verdict]}">{html.escape(self.name)}: {self.verdict}</b>'
        body = html.escape("\n".join(self.detail))
        return head + (f'<pre style="margin: 0.3em 0">{body}</pre>' if body else "")


def check(name: str) -> Report | None:
    """Run the checks of the exercise that you have here on what this notebook defines."""
    return _shown(_check(name, sys._getframe(1).f_globals))


def check_by_hand(name: str) -> Report | None:
    """Compare the numbers that this notebook's variables hold with those that come out."""
    return _shown(_check_by_hand(name, sys._getframe(1).f_globals))


def _shown(report: Report) -> Report | None:
    """For nbgrader's Validate a cell passes if it raises nothing and returns nothing."""
    if "NBGRADER_EXECUTION" not in os.environ:
        return report
    if report.verdict != "done":
        raise AssertionError(repr(report))
    return None


def _check(name: str, namespace: Mapping[str, Any]) -> Report:
    root = _root()
    catalogue = Catalogue.from_json((root / "exercises.json").read_text(encoding="utf-8"))
    try:
        exercise = catalogue.find(name)
    except KeyError as error:
        return Report(name, "not started", [str(error.args[0])])
    first = name.rpartition(exercise.topic + ".")[2].partition(".")[0]
    if first not in namespace:
        return Report(
            exercise.name, "not started", [f"{first} is not defined here. Run the cell that defines it first."]
        )
    from autograder.kit.runner import run_tests

    tests = root / "tests" / f"test_{exercise.topic}.py"
    results = run_tests(tests, catalogue, exercise, namespace)
    state = state_of(results)
    if state == OPEN:
        lines = [f"{needs(results)}."] if needs(results) else [*_in_the_module(root, exercise)]
        verdict = "not started"
    elif state == DONE:
        verdict, lines = "done", ["The check passes." if len(results) == 1 else f"All {len(results)} checks pass."]
    else:
        right = sum(result.problem is None for result in results)
        verdict, lines = "wrong", [*failure_lines(first_wrong(results)), "", f"{right} of {len(results)} checks pass."]
    module = root / PACKAGE / f"{exercise.topic}.py"
    if verdict == "wrong" and _is_right(module, tests, catalogue, exercise):
        lines.append(f"Not saved: {PACKAGE}/{module.name} has one that is right, and keeps it.")
    elif state != OPEN or needs(results):
        lines += _saved(module, namespace[first], first)
    return Report(exercise.name, verdict, lines)


def _is_right(module: Path, tests: Path, catalogue: Catalogue, exercise: Exercise) -> bool:
    """Whether the exercise as it stands in the module passes."""
    from autograder.kit.runner import run_tests

    try:
        namespace = runpy.run_path(str(module))  # as it is now, whatever was imported before
    except Exception:
        return False
    return state_of(run_tests(tests, catalogue, exercise, namespace)) == DONE


def _in_the_module(root: Path, exercise: Exercise) -> Iterator[str]:
    """Where the exercise is filled in, if it isn't here."""
    about, module = definition(root, exercise), root / PACKAGE / f"{exercise.topic}.py"
    if not module.is_file():  # as where a notebook is handed out alone
        return
    if f'NotImplementedError("{exercise.name}")' not in module.read_text(encoding="utf-8", errors="replace"):
        first = exercise.name.partition(".")[0]
        yield f"Here it is the stub; it is filled in in {about.where}. To go on with that one, run in this cell:"
        yield f"from {PACKAGE}.{exercise.topic} import {first}"


def _root() -> Path:
    """The folder of exercises.json, at the working directory or above."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "exercises.json").is_file():
            return folder
    raise FileNotFoundError(f"{here}: no exercises.json here or above. Start the notebook in the folder that you got.")


def _saved(path: Path, defined: Any, name: str) -> Iterator[str]:
    """Put the cell into the kit's module; a line that says so. Nothing where there is no such module or cell."""
    filename = _file_of(defined)
    if filename is None or Path(filename).is_file() or not path.is_file():
        return
    from autograder.kit.saving import NotSaved, save

    where = f"{PACKAGE}/{path.name}"
    cell = "".join(linecache.getlines(filename))
    try:
        if not cell:
            raise NotSaved("the cell's code can't be had. Take out its %% line")
        if save(path, cell, name):
            yield f"Saved in {where}."
    except NotSaved as error:
        yield f"Not saved in {where}: {error}."


def _file_of(defined: Any) -> str | None:
    """The file name of the code that defined a function or class; a cell has one that is no file's."""
    for part in vars(defined).values() if inspect.isclass(defined) else [defined]:
        code = getattr(inspect.unwrap(part) if callable(part) else part, "__code__", None)
        if code is not None:
            return str(code.co_filename)
    return None


def _check_by_hand(name: str, namespace: Mapping[str, Any]) -> Report:
    content = json.loads((_root() / "exercises.json").read_text(encoding="utf-8"))
    try:
        answers = content["by_hand"][name]["answers"]
    except KeyError:
        return Report(name, "not started", ["There is no hand calculation of that name."])
    said = {answer: _said(name, answer, namespace, hashes) for answer, hashes in answers.items()}
    width = max(map(len, said))
    lines = [f"  {answer:<{width}}  {text}" for answer, text in said.items()]
    if all(text == "right" for text in said.values()):
        return Report(name, "done", lines)
    return Report(name, "not started" if all(text == "open" for text in said.values()) else "wrong", lines)


def _said(name: str, answer: str, namespace: Mapping[str, Any], hashes: list[str]) -> str:
    value = namespace.get(answer)
    if value is None:
        return "open"
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return "not a number"
    return "right" if by_hand.is_right(name, answer, number, hashes) else "wrong"
