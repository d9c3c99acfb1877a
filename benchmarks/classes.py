"""A class made like a real one, of any size: of ten students six are right, with a tenth of their exercises in one of
the variants' styles, three have one known mistake as well, and one stopped before the end. No two sources are alike,
down to the names in them."""

import ast
import random
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from autograder.answers import Modules, bank, mixed, put
from autograder.course import PACKAGE, Course

RIGHT, WRONG = 6, 9  # of ten; who comes after stopped
ODD = 0.1  # of the exercises; a loop over all samples in training costs as much as a hundred others


def students(course: Course, count: int, topics: Collection[str] | None = None) -> Iterator[tuple[str, Modules]]:
    """Name and modules of each, with names of their own and mistakes in these topics alone, by default in all."""
    topics = topics or [topic.name for topic in course.catalogue.topics]
    variants, mistakes = bank(course, "variants"), bank(course, "mistakes")
    wrong = [answer for answers in mistakes.values() for answer in answers if answer.exercise.topic in topics]
    stubs = {
        topic.name: (course.starter_code / PACKAGE / f"{topic.name}.py").read_text(encoding="utf-8")
        for topic in course.catalogue.topics
    }
    for number in range(count):
        choice = random.Random(number)
        modules = mixed(course, variants, ODD, choice)
        if RIGHT <= number % 10 < WRONG:
            answer = choice.choice(wrong)
            modules[answer.exercise.topic] = put(modules[answer.exercise.topic], answer)
        modules |= {topic: _personal(modules[topic], number) for topic in topics}
        if number % 10 >= WRONG:
            last = choice.randrange(len(modules))
            modules = {topic: text if i < last else stubs[topic] for i, (topic, text) in enumerate(modules.items())}
        yield f"student{number:04}", modules


def write(people: Iterable[tuple[str, Modules]], folder: Path) -> None:
    """As folders of submissions, each with its mlp/."""
    for name, modules in people:
        (folder / name / PACKAGE).mkdir(parents=True)
        for topic, text in modules.items():
            (folder / name / PACKAGE / f"{topic}.py").write_text(text, encoding="utf-8")


def _personal(text: str, number: int) -> str:
    """The same with local variables called in the student's own way."""
    tree = ast.parse(text)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
        given = {
            argument.arg for node in ast.walk(function) if isinstance(node, ast.arguments) for argument in _all(node)
        }
        kept = {
            name for node in ast.walk(function) if isinstance(node, (ast.Global, ast.Nonlocal)) for name in node.names
        }
        own = {name.id for name in names if isinstance(name.ctx, ast.Store)} - given - kept
        for name in names:
            if name.id in own:
                name.id = f"{name.id}_{number}"
    return ast.unparse(tree)


def _all(arguments: ast.arguments) -> list[ast.arg]:
    rest = [arg for arg in (arguments.vararg, arguments.kwarg) if arg]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *rest]
