"""The engine names no exercise, and its imports run one way: from what students get towards what people read."""

import ast
from pathlib import Path

import pytest

from autograder.course import find_course

ENGINE = Path(__file__).parents[2] / "autograder"
MODULES = sorted(ENGINE.rglob("*.py"))

# Each part may import itself and what stands before it.
ORDER = [
    ["errors", "progress", "kit"],
    ["markdown", "course", "names", "cell_ids", "files", "tables", "zips", "sandbox"],
    ["stubs", "notebooks", "build", "release", "secret", "submissions", "downloads", "pictures", "verdict"],
    ["assembling", "entry", "adjustments"],
    ["diagnosis"],
    ["suite", "points", "replacements", "session", "judge", "pool", "cluster", "batch", "explain"],
    ["gradebook"],
    ["mark"],
    ["pages", "drawing", "feedback", "similarity", "charts", "report", "export"],
    ["doctor", "answers", "example_class", "demo"],
    ["cli"],
]
RANK = {part: rank for rank, parts in enumerate(ORDER) for part in parts}


def part_of(module):
    """`autograder.kit.check` is in `kit`."""
    return module.split(".")[1] if "." in module else ""


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_imports_run_one_way(path):
    own = path.relative_to(ENGINE).with_suffix("").parts[0]
    if own == "__init__":
        return
    for module in imports(path):
        part = part_of(module)
        if module.startswith("autograder.") and part not in ("", own):
            assert RANK[part] <= RANK[own], f"{own} imports {module}, which comes after it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_the_engine_names_no_exercise(path):
    exercises = find_course(ENGINE).catalogue.exercises
    names = {part for exercise in exercises for part in (exercise.id, exercise.name, exercise.name.split(".")[0])}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        found = {
            ast.Name: lambda n: n.id,
            ast.FunctionDef: lambda n: n.name,
            ast.Constant: lambda n: n.value,
        }.get(type(node), lambda n: None)(node)
        assert not (isinstance(found, str) and found in names), f"line {node.lineno} names the exercise {found}"


def test_student_code_meets_no_engine_module_but_the_sandbox_and_calls():
    """What the worker's process imports is what student code could reach: no test, no judge, no secret."""
    reachable, waiting = set(), {ENGINE / "sandbox" / "zygote.py", ENGINE / "sandbox" / "worker.py"}
    while waiting:
        path = waiting.pop()
        reachable.add(path)
        for module in imports(path):
            parts = module.split(".")[1:] if module.startswith("autograder.") else []
            for length in (len(parts), len(parts) - 1):
                candidate = ENGINE.joinpath(*parts[:length]).with_suffix(".py") if length > 0 else None
                if candidate and candidate.is_file() and candidate not in reachable:
                    waiting.add(candidate)
    outside = {p.relative_to(ENGINE).as_posix() for p in reachable if p.parent.name != "sandbox"}
    assert outside <= {"kit/calls.py"}, outside
