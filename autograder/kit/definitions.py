"""What a student's module says about an exercise, without running it: line, signature and what is asked. Called by
`ladder` and `notebook`."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass
from pathlib import Path

from autograder.kit.exercises import Exercise
from autograder.kit.student import PACKAGE

LINES, WIDTH = 5, 76  # of an example


@dataclass(frozen=True)
class Definition:
    where: str  # "mlp/forward.py:41"
    signature: str  # "linear_forward(A_prev, W, b)"
    asked: str  # first line of the docstring
    is_filled_in: bool  # there is more in it than the docstring and one line
    example: list[str]  # its first worked example, as the lines stand there; none where it is long


def definition(root: Path, exercise: Exercise) -> Definition:
    """What is known of the exercise in the kit at `root`; its file and name alone where it can't be found there."""
    path = root / PACKAGE / f"{exercise.topic}.py"
    where = f"{PACKAGE}/{path.name}"
    try:
        node = find(ast.parse(path.read_bytes()).body, exercise.name)
    except (OSError, SyntaxError, ValueError):
        node = None
    if node is None:
        return Definition(where, exercise.name, "", False, [])
    text = inspect.cleandoc(ast.get_docstring(node) or "")
    function = find(node.body, "__init__") if isinstance(node, ast.ClassDef) else node
    signature = f"{exercise.name}({_parameters(function)})" if isinstance(function, ast.FunctionDef) else exercise.name
    line = function.lineno if function else node.lineno
    body = function.body if isinstance(function, ast.FunctionDef) else []
    return Definition(f"{where}:{line}", signature, text.split("\n")[0], len(body) > 2, _example(text))


def _example(text: str) -> list[str]:
    """The first lines of the docstring's doctest, up to the first that shows a result."""
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.startswith(">>> ")), len(lines))
    end = next((i for i in range(start, len(lines)) if not lines[i].startswith((">>> ", "... "))), len(lines))
    while end < len(lines) and lines[end].strip() and not lines[end].startswith(">>> "):
        end += 1
    found = lines[start:end]
    return found if len(found) <= LINES and all(len(line) <= WIDTH for line in found) else []


def find(body: list[ast.stmt], name: str) -> ast.FunctionDef | ast.ClassDef | None:
    """The last definition of that name; of "MLP.train" the method's."""
    first, _, rest = name.partition(".")
    for node in reversed(body):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == first:
            return find(node.body, rest) if rest else node
    return None


def _parameters(function: ast.FunctionDef) -> str:
    arguments = function.args
    if arguments.args and arguments.args[0].arg == "self":
        arguments.args = arguments.args[1:]
    for argument in ast.walk(arguments):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    return ast.unparse(arguments)
