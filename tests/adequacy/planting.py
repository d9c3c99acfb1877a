"""A wrong answer of a bank as a submission: the reference, with that answer in its exercise's place. Used by the
commands beside it."""

import ast
import inspect
import re
import sys
from importlib import import_module
from pathlib import Path

from autograder.course import PACKAGE, Course
from autograder.submissions import Submission

REGISTRIES = "def mistake(*a, **k):\n    return lambda function: function\nvariant = held_back = mistake\n"


def entries(course: Course, bank: str, registry: str) -> list:
    """All entries of a bank ("mistakes", "held_back.registry"), in the course's order."""
    for folder in (course.solutions, course.root / "tests"):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    package = bank.partition(".")[0]
    for topic in course.catalogue.topics:
        import_module(f"{package}.{topic.name}")
    return getattr(import_module(bank), registry)


def planted(course: Course, entry, student: str) -> Submission:
    """The answer stands where the reference's definition stood, so that tables and functions below see it. What it
    calls itself is the reference, in a package of its own."""
    exercise = course.catalogue.find(entry.exercise)
    function = getattr(entry, "function", None) or entry.answer
    bank = Path(inspect.getsourcefile(function)).read_text(encoding="utf-8")
    bank = re.sub(r"^from (mistakes|variants|held_back\S*) import .*$", "", own(bank), flags=re.M)
    files = {f"{PACKAGE}/planted.py": hidden(REGISTRIES + bank)}
    for path in (course.solutions / PACKAGE).glob("*.py"):
        text = path.read_text(encoding="utf-8")
        files[f"{PACKAGE}/right/{path.name}"] = hidden(own(text))
        files[f"{PACKAGE}/{path.name}"] = (
            replaced(text, exercise, course, function) if path.stem == exercise.topic else text
        )
    return Submission(student, {path: text.encode() for path, text in files.items()})


def hidden(source: str) -> str:
    """A module that doesn't look as if it were the place of any exercise."""
    return f"exec(compile({source!r}, __file__, 'exec'))\n"


def own(source: str) -> str:
    return re.sub(rf"^(\s*from ){PACKAGE}\.", rf"\1{PACKAGE}.right.", source, flags=re.M)


def replaced(source: str, exercise, course: Course, function) -> str:
    tree, names = ast.parse(source), exercise.name.split(".")
    if exercise.name in course.catalogue.classes and not isinstance(function, type):
        names.append("__init__")
    body = tree.body
    for name in names:
        place = next(i for i, node in enumerate(body) if getattr(node, "name", None) == name)
        if name == names[-1]:
            body[place] = ast.parse(f"from {PACKAGE}.planted import {function.__name__} as {name}").body[0]
        else:
            body = body[place].body
    return ast.unparse(tree)
