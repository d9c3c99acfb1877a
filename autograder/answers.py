"""Right and wrong answers of the course as text: out of solutions/, put into modules and notebooks. Called by
`example_class`, `demo` and the benchmarks. Nothing of it is imported or run here."""

import ast
import builtins
import json
import random
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.cell_ids import answer_cell, calculation_cell, exercise_cell
from autograder.course import PACKAGE, Course
from autograder.kit.exercises import Exercise
from autograder.stubs import BEGIN, END, cut

Modules = dict[str, str]  # topic -> source


@dataclass(frozen=True)
class Answer:
    """One definition out of a bank of variants or mistakes, and the imports that it needs. `place`: names on the way to
    the definition that it can stand for."""

    exercise: Exercise
    place: tuple[str, ...]
    node: ast.FunctionDef | ast.ClassDef
    imports: tuple[str, ...]


def reference(course: Course) -> Modules:
    folder = course.solutions / PACKAGE
    return {topic.name: (folder / f"{topic.name}.py").read_text(encoding="utf-8") for topic in course.catalogue.topics}


def bank(course: Course, name: str) -> dict[str, list[Answer]]:
    """By exercise id, the definitions in solutions/<name>/ that can stand in the reference's place."""
    answers: dict[str, list[Answer]] = {exercise.id: [] for exercise in course.catalogue.exercises}
    for topic in course.catalogue.topics:
        path = course.solutions / name / f"{topic.name}.py"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _bound(ast.parse(reference(course)[topic.name]).body) | set(dir(builtins))
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or not node.decorator_list:
                continue
            decorator = node.decorator_list[0]
            if not isinstance(decorator, ast.Call) or not isinstance(decorator.args[0], ast.Constant):
                continue
            node.decorator_list = []
            exercise = course.catalogue.find(str(decorator.args[0].value))
            missing = _free(node) - known
            imports = [line for line in tree.body if _is_foreign(line, name) and _bound([line]) & missing]
            if missing <= _bound(imports) and exercise.name.split(".")[0] not in _free(node):
                is_constructor = exercise.name in course.catalogue.classes and isinstance(node, ast.FunctionDef)
                place = (*exercise.name.split("."), *(["__init__"] * is_constructor))
                answers[exercise.id].append(Answer(exercise, place, node, tuple(map(ast.unparse, imports))))
    return answers


def put(source: str, answer: Answer) -> str:
    """A module's source with `answer` in the place of its exercise's definition, under that docstring."""
    target: Any = ast.parse(source)
    for name in answer.place:
        target = next(child for child in target.body if getattr(child, "name", None) == name)
    body = [target.body[0], *answer.node.body[1:]]
    fields = {**vars(answer.node), "name": answer.place[-1], "body": body, "decorator_list": []}
    text = textwrap.indent(ast.unparse(type(answer.node)(**fields)), " " * target.col_offset)
    lines = source.split("\n")
    lines[target.lineno - 1 : target.end_lineno] = text.split("\n")
    after = ast.parse(source).body[0].end_lineno  # the module's docstring
    lines[after:after] = answer.imports
    return "\n".join(lines)


def mixed(course: Course, variants: Mapping[str, Sequence[Answer]], share: float, choice: random.Random) -> Modules:
    """The reference with variants of this share of its exercises; a class brings its own methods."""
    modules, replaced = dict(reference(course)), set()
    for exercise in course.catalogue.exercises:
        if variants[exercise.id] and exercise.owner not in replaced and choice.random() < share:
            answer = choice.choice(variants[exercise.id])
            modules[exercise.topic] = put(modules[exercise.topic], answer)
            if isinstance(answer.node, ast.ClassDef):
                replaced.add(exercise.name)
    return modules


def fill_notebook(course: Course, topic: str, source: str, notebook: Path) -> str:
    """A notebook of the kit or of the nbgrader course, filled in wholly; exercises from a module's source."""
    document = json.loads(notebook.read_text(encoding="utf-8"))
    names = [exercise.name for exercise in course.topic(topic).exercises]
    cells = {}
    for part in cut(source, names, topic).parts:
        if part.names:
            lines = [line for line in part.solution.split("\n") if line.strip() not in (BEGIN, END)]
            cells[exercise_cell(f"{topic}.{part.names[0].split('.')[0]}")] = "\n".join(lines)
    for item in course.by_hand[topic]:
        values = (f"{name} = {answer.value}" for name, answer in item.answers.items())
        cells[calculation_cell(item.name)] = "\n".join(values)
    cells |= {answer_cell(question.name): "An answer in words." for question in course.questions[topic]}
    for cell in document["cells"]:
        cell["source"] = cells.get(cell["id"], cell["source"])
    return json.dumps(document, indent=1)


def _is_foreign(node: ast.stmt, own: str) -> bool:
    """An import of neither the course's package nor the bank itself."""
    if isinstance(node, ast.ImportFrom):
        return str(node.module).split(".")[0] not in (PACKAGE, own)
    return isinstance(node, ast.Import)


def _bound(body: list[ast.stmt]) -> set[str]:
    """Names that statements at the top of a module define."""
    names = set()
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _free(node: ast.AST) -> set[str]:
    """Names that a definition reads and doesn't define."""
    _, *inside = ast.walk(node)
    names = [child for child in inside if isinstance(child, ast.Name)]
    read = {child.id for child in names if isinstance(child.ctx, ast.Load)}
    stored = {child.id for child in names if isinstance(child.ctx, ast.Store)}
    arguments = {child.arg for child in inside if isinstance(child, ast.arg)}
    inner = {child.name for child in inside if isinstance(child, ast.FunctionDef | ast.ClassDef)}
    return read - stored - arguments - inner
