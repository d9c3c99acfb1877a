"""Solutions and assignments in, starter_code out. Called by `autograder build`, and by `release` for the same files.

The files depend on nothing but their sources, so that a fresh build shows whether the committed ones are stale.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from autograder.course import PACKAGE, Course
from autograder.errors import AutograderError
from autograder.kit.by_hand import answer_hashes
from autograder.kit.exercises import Exercise, Topic
from autograder.notebooks import notebook
from autograder.stubs import Module, cut

KIT = Path(__file__).with_name("kit")
README = """\
# Starter code

Made by `autograder build` from `solutions/` and `assignments/`. Change those, not the files here, and build again:
`autograder build --check` says which of them are stale.
"""


def build(course: Course) -> list[str]:
    """Bring starter_code up to date; returns the paths of the files that changed."""
    fresh = starter_files(course)
    changed = _differing(course, fresh)
    for name in changed:
        path = course.starter_code / name
        if name in fresh:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(fresh[name])
        else:
            path.unlink()
    return changed


def check(course: Course) -> list[str]:
    """What is stale or missing, one line each."""
    problems = [line for topic in course.catalogue.topics for line in _missing(course, topic)]
    problems += _stray_tests(course)
    try:
        problems += [
            f"starter_code/{name}: stale. Run autograder build." for name in _differing(course, starter_files(course))
        ]
    except AutograderError as error:
        if str(error) not in problems:
            problems.append(str(error))
    return problems


def starter_files(course: Course) -> dict[str, bytes]:
    """Path under starter_code -> content."""
    files = {
        "README.md": README.encode(),
        "exercises.json": _exercises_json(course),
        f"{PACKAGE}/__init__.py": _package(course),
    }
    for topic in course.catalogue.topics:
        module = reference_module(course, topic)
        files[f"{PACKAGE}/{topic.name}.py"] = module.stub().encode()
        files[f"notebooks/{topic.name}.ipynb"] = notebook(course, topic, module, plot_names(), source=False)
    return files


def reference_module(course: Course, topic: Topic) -> Module:
    """The reference of a topic, cut into its parts."""
    path = course.solutions / PACKAGE / f"{topic.name}.py"
    where = f"solutions/{PACKAGE}/{path.name}"
    if not path.is_file():
        raise AutograderError(f"{where}: no such file. It holds the reference solutions of {topic.name}.")
    module = cut(path.read_text(encoding="utf-8"), {exercise.name for exercise in topic.exercises}, where)
    if absent := [exercise.name for exercise in topic.exercises if exercise.name not in module.exercises]:
        raise AutograderError(f"{where}: {absent[0]} is not defined, but has a block in assignments/{topic.name}.md.")
    return module


def read(path: Path) -> bytes:
    """A file that the course cannot do without."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise AutograderError(f"{path}: no such file, and it is needed. See `autograder build --check`.") from None


def plot_names() -> frozenset[str]:
    """The plotting functions that the kit gives to notebooks."""
    tree = ast.parse((KIT / "plots.py").read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_")


def _package(course: Course) -> bytes:
    path = course.solutions / PACKAGE / "__init__.py"
    return cut(read(path).decode(), (), f"solutions/{PACKAGE}/{path.name}").stub().encode()


def _exercises_json(course: Course) -> bytes:
    content = json.loads(course.catalogue.to_json())
    content["by_hand"] = {
        item.name: {
            "answers": {name: answer_hashes(item.name, name, answer.value) for name, answer in item.answers.items()}
        }
        for items in course.by_hand.values()
        for item in items
    }
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _differing(course: Course, fresh: dict[str, bytes]) -> list[str]:
    """Files whose content is not the fresh build's, and generated ones that it doesn't have any more."""
    root = course.starter_code
    stale = [
        name for name, content in fresh.items() if not (root / name).is_file() or (root / name).read_bytes() != content
    ]
    found = [*root.glob(f"{PACKAGE}/*.py"), *root.glob("notebooks/*.ipynb")]
    return stale + sorted(name for path in found if (name := path.relative_to(root).as_posix()) not in fresh)


def _missing(course: Course, topic: Topic) -> Iterator[str]:
    """What a topic's exercises still lack."""
    page = f"assignments/{topic.name}.md"
    try:
        module = reference_module(course, topic)
    except AutograderError as error:
        yield str(error)
    else:
        for name in module.unlisted:
            yield f"solutions/{PACKAGE}/{topic.name}.py: {name} is public, but has no block in {page}."
    tested = {
        found
        for function in _tests(course.tests_public / f"test_{topic.name}.py")
        if (found := _exercise(course, function))
    }
    mistaken = _mistakes(course.solutions / "mistakes" / f"{topic.name}.py")
    for exercise in topic.exercises:
        if not 2 <= len(exercise.hints) <= 3:
            yield f"{page}: {exercise.name} has {len(exercise.hints)} hints. Write two or three."
        if exercise.id not in tested:
            yield f"tests/public/test_{topic.name}.py: no test of {exercise.name}."
        if exercise.id not in mistaken:
            yield f"solutions/mistakes/{topic.name}.py: no known mistake of {exercise.name}."
    for name in sorted(mistaken - {exercise.id for exercise in topic.exercises}):
        yield f"solutions/mistakes/{topic.name}.py: {name!r} is no exercise of this topic."


def _stray_tests(course: Course) -> Iterator[str]:
    for folder in (course.tests_public, course.tests_hidden):
        for path in sorted(folder.glob("test_*.py")):
            for function in _tests(path):
                if _exercise(course, function) is None:
                    where = f"tests/{folder.name}/{path.name}"
                    yield f"{where}: {function} names no exercise. Call it test_<exercise>_<what is true>."


def _exercise(course: Course, function: str) -> str | None:
    try:
        exercise: Exercise = course.catalogue.of_test(function)
    except ValueError:
        return None
    return exercise.id


def _tests(path: Path) -> list[str]:
    return [node.name for node in _functions(path) if node.name.startswith("test_")]


def _mistakes(path: Path) -> set[str]:
    """Ids in `@mistake("topic.name")` decorators."""
    return {
        argument.value
        for node in _functions(path)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).split(".")[-1] == "mistake"
        for argument in decorator.args[:1]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def _functions(path: Path) -> list[ast.FunctionDef | ast.ClassDef]:
    """Top-level definitions of a file, none where there is no file."""
    if not path.is_file():
        return []
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise AutograderError(f"{path}, line {error.lineno}: {error.msg}.") from None
    return [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
