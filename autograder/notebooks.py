"""A topic in, its notebook's bytes out: the students' one, or nbgrader's source with solutions and grading metadata.
Called by `build` and `release`.

Cells of both are the same and have the same ids, which are names, so that a change in one section moves no other cell.
"""

import ast
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from autograder.cell_ids import (
    answer_cell,
    by_hand_cell,
    calculation_cell,
    check_cell,
    exercise_cell,
    given_cell,
)
from autograder.course import PACKAGE, ByHand, Course, Question
from autograder.errors import AutograderError
from autograder.kit.exercises import Exercise, Topic
from autograder.markdown import Block
from autograder.stubs import BEGIN, END, Module

Cell = dict[str, Any]

ANSWER_STUB = "Write your answer here."
SETUP = """\
# Run this cell first.
import sys
from pathlib import Path

for folder in ("..", "."):
    sys.path.insert(0, str(Path(folder).resolve()))

import numpy as np

from autograder.kit.notebook import check, check_by_hand
"""


def notebook(course: Course, topic: Topic, module: Module, plots: frozenset[str], *, source: bool) -> bytes:
    """The notebook of a topic; `source`: nbgrader's, else the students'. `plots`: what autograder.kit.plots offers."""
    cells = list(_Builder(course, topic, module, plots, source).cells())
    for cell_id, count in Counter(cell["id"] for cell in cells).items():
        if count > 1 or not re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", cell_id):
            raise AutograderError(
                f"assignments/{topic.name}.md: {cell_id!r} is no cell id, or has been used. Rename it."
            )
    document = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


class _Builder:
    def __init__(self, course: Course, topic: Topic, module: Module, plots: frozenset[str], source: bool):
        self.topic, self.module, self.source = topic, module, source
        self.blocks = course.blocks[topic.name]
        self.exercises = {exercise.name: exercise for exercise in topic.exercises}
        self.by_hand = {item.name: item for item in course.by_hand[topic.name]}
        self.questions = {question.name: question for question in course.questions[topic.name]}
        self.plots = plots
        self.numbers: Counter[str] = Counter()
        self.shown = 0  # parts of the module that have had their cell
        self.open: set[str] = set()  # exercises of the last cell to fill in that have had no check yet

    def cells(self) -> Iterator[Cell]:
        makers: dict[str, Callable[[Block], Iterator[Cell]]] = {
            "text": lambda block: iter([_text(self.number(block), block.source)]),
            "code": lambda block: iter([_code(f"code-{self.number(block, 'code-')}", block.source)]),
            "exercise": lambda block: self.exercise(self.exercises[block.data["name"]]),
            "by_hand": lambda block: self.calculation(self.by_hand[block.data["name"]]),
            "question": lambda block: self.question(self.questions[block.data["name"]]),
        }
        yield _code(f"code-{self.topic.name}-setup", self.setup())
        for block in self.blocks:
            yield from makers[block.kind](block)

    def number(self, block: Block, kind: str = "") -> str:
        """<section>-<n>; sections of one heading share their numbers."""
        section = re.sub(r"[^a-z0-9]+", "-", block.heading.lower())[:40].strip("-") or "section"
        self.numbers[kind + section] += 1
        return f"{section}-{self.numbers[kind + section]}"

    def setup(self) -> str:
        """The first cell: the paths, what the kit offers, what the reference imports or has before its exercises."""
        code = "\n".join(block.source for block in self.blocks if block.kind == "code")
        used = sorted(self.plots & set(re.findall(r"\w+", code)))
        plots = f"from autograder.kit.plots import {', '.join(used)}\n" if used else ""
        imports = [_absolute(line.strip()) for line in self.module.imports if line.strip() != "import numpy as np"]
        text = SETUP + plots + "".join(f"{line}\n" for line in imports)
        return "\n\n".join([text.rstrip("\n"), *self.given()])

    def given(self) -> list[str]:
        """What students are given of the module before its next exercise."""
        parts = self.module.parts
        start = self.shown
        while self.shown < len(parts) and not parts[self.shown].names:
            self.shown += 1
        return [part.stub for part in parts[start : self.shown]]

    def exercise(self, exercise: Exercise) -> Iterator[Cell]:
        """The cell to fill in (for a class: once, whole), the check, and what the module has next."""
        if exercise.name not in self.open:
            part = self.module.parts[self.shown] if self.shown < len(self.module.parts) else None
            if self.open or part is None or exercise.name not in part.names:
                raise AutograderError(
                    f"assignments/{self.topic.name}.md: {exercise.name} stands elsewhere in the reference's order."
                )
            self.shown += 1
            self.open = set(part.names)
            whole = f"{self.topic.name}.{part.names[0].split('.')[0]}"
            cell = _code(exercise_cell(whole), part.solution if self.source else part.stub)
            yield self.marked(cell, solution=True)
        yield self.marked(_code(check_cell(exercise.id), f'check("{exercise.name}")'), exercise.points)
        self.open.remove(exercise.name)
        if not self.open and (given := self.given()):
            yield _code(given_cell(exercise.id), "\n\n\n".join(given))

    def calculation(self, item: ByHand) -> Iterator[Cell]:
        lines = [f"{name} = None  # {answer.meaning}" for name, answer in item.answers.items()]
        yield _code(calculation_cell(item.name), "\n".join(lines))
        yield self.marked(_code(by_hand_cell(item.name), f'check_by_hand("{item.name}")'), item.points)

    def question(self, question: Question) -> Iterator[Cell]:
        yield self.marked(_text(f"question-{question.name}", question.text.strip("\n")))
        answer = f"{BEGIN}\n{question.marking.strip()}\n{END}" if self.source else ANSWER_STUB
        yield self.marked(_text(answer_cell(question.name), answer), question.points, solution=True)

    def marked(self, cell: Cell, points: float | None = None, *, solution: bool = False) -> Cell:
        """The cell with nbgrader's metadata, in its source notebook: what students may not change is locked."""
        if self.source:
            cell["metadata"]["nbgrader"] = {
                "cell_type": cell["cell_type"],
                "grade": points is not None,
                "grade_id": cell["id"],
                "locked": not solution,
                "schema_version": 3,
                "solution": solution,
                "task": False,
            }
            if points is not None:
                cell["metadata"]["nbgrader"]["points"] = points
        return cell


def _text(cell_id: str, source: str) -> Cell:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source.splitlines(keepends=True)}


def _code(cell_id: str, source: str) -> Cell:
    cell = _text(cell_id, source)
    return {**cell, "cell_type": "code", "execution_count": None, "outputs": []}


def _absolute(statement: str) -> str:
    """An import as it works in a notebook, which is in no package."""
    node = ast.parse(statement).body[0]
    if isinstance(node, ast.ImportFrom) and node.level == 1:
        return statement.replace("from .", f"from {PACKAGE}.", 1)
    return statement
