"""The course's answers, right and wrong, as functions that can be called in this process. Called by `naming`."""

import ast
import contextlib
import itertools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType, ModuleType, SimpleNamespace
from typing import Any

from autograder.course import PACKAGE, Course
from autograder.diagnosis.variations import variations
from autograder.kit.calls import parameter_names
from autograder.kit.exercises import Exercise
from autograder.kit.parts import Parts, parts_of

Answer = Callable[..., Any]  # a function, a method or an __init__, in an exercise's place


@dataclass(frozen=True)
class Mistake:
    """A known mistake. `sentence` is for the student."""

    id: str
    sentence: str
    answer: Answer


class Bank:
    """Of one course. `modules`: the reference's, by topic."""

    def __init__(self, course: Course, modules: Mapping[str, ModuleType]):
        self._course, self.modules = course, modules
        self._compiled: dict[Path, CodeType] = {}
        self._varied: dict[Exercise, list[tuple[str, str, CodeType]]] = {}

    def mistakes(self, exercise: Exercise) -> list[Mistake]:
        """The exercise's known mistakes, made anew each time, since some keep something between calls."""
        return self._entries(exercise, "mistakes", "mistake")

    def variants(self, exercise: Exercise) -> list[Answer]:
        """Right answers in other styles."""
        return [entry.answer for entry in self._entries(exercise, "variants", "variant")]

    def _entries(self, exercise: Exercise, folder: str, decorator: str) -> list[Mistake]:
        path = self._course.solutions / folder / f"{exercise.topic}.py"
        if not path.exists():  # a course may do without
            return []
        if path not in self._compiled:
            self._compiled[path] = compile(path.read_bytes(), str(path), "exec")
        found: list[Mistake] = []

        def registering(exercise_id: str) -> Callable[[Answer], Answer]:
            def register(answer: Answer) -> Answer:
                if exercise_id == exercise.id:
                    found.append(Mistake(answer.__name__, " ".join((answer.__doc__ or "").split()), answer))
                return answer

            return register

        modules = {f"{PACKAGE}.{topic}": module for topic, module in self.modules.items()}
        registry = {folder: SimpleNamespace(**{decorator: registering})}
        with _imported({PACKAGE: ModuleType(PACKAGE), **modules, **registry}):
            exec(self._compiled[path], {"__name__": f"{folder}.{exercise.topic}"})
        return found

    def reference(self, exercise: Exercise) -> Answer:
        owner, _, method = exercise.name.partition(".")
        found = getattr(self.modules[exercise.topic], owner)
        return getattr(found, method or "__init__") if self.class_of(exercise) else found  # type: ignore[no-any-return]

    def class_of(self, exercise: Exercise) -> str | None:
        """The name of the class that an exercise is a part of."""
        owner = exercise.name.partition(".")[0]
        return owner if owner in self._course.catalogue.classes else None

    def in_place(self, exercise: Exercise, answer: Answer) -> Mapping[str, Any]:
        """All names of the reference, with `answer` in the exercise's place. Functions of the reference that call it
        go on calling the right one."""
        owner, _, method = exercise.name.partition(".")
        names = {name: value for module in self.modules.values() for name, value in vars(module).items()}
        if self.class_of(exercise) and not isinstance(answer, type):
            answer = type(owner, (names[owner],), {method or "__init__": answer})
        return {**names, owner: answer}

    def variations(self, exercise: Exercise) -> Iterator[tuple[str, Answer]]:
        """(family, answer) of each one-place change of the reference."""
        if exercise not in self._varied:
            self._varied[exercise] = [
                (variation.family, variation.node.name, _compiled(variation.node))
                for variation in variations(self.source(exercise), self._functions_like(exercise))
            ]
        for family, name, code in self._varied[exercise]:
            space = dict(vars(self.modules[exercise.topic]))
            exec(code, space)
            yield family, space[name]

    def source(self, exercise: Exercise) -> ast.FunctionDef:
        """The reference's definition."""
        node: Any = self._trees[exercise.topic]
        path = exercise.name.split(".")
        if exercise.name in self._course.catalogue.classes:
            path.append("__init__")
        for name in path:
            node = next(child for child in node.body if getattr(child, "name", None) == name)
        return node  # type: ignore[no-any-return]

    @cached_property
    def _trees(self) -> dict[str, ast.Module]:
        folder = self._course.solutions / PACKAGE
        return {topic: ast.parse((folder / f"{topic}.py").read_bytes()) for topic in self.modules}

    def parts(self, exercise: Exercise) -> Parts:
        """Of what the exercise returns."""
        return parts_of(self.reference(exercise).__doc__ or "")

    def parameters(self, exercise: Exercise) -> Sequence[str]:
        """Names of the positional arguments, as tests hand them over."""
        names = parameter_names(self.reference(exercise))
        return names[1:] if self.class_of(exercise) else names

    def _functions_like(self, exercise: Exercise) -> Sequence[str]:
        """Names of the exercises before it that take one argument, and can be taken for each other."""
        module, before = (
            vars(self.modules[exercise.topic]),
            itertools.takewhile(lambda other: other != exercise, self._course.catalogue.exercises),
        )
        ones = [other for other in before if not self.class_of(other) and len(self.parameters(other)) == 1]
        return [other.name for other in ones if other.name in module]

    def calling(self, exercise: Exercise) -> Iterator[tuple[Exercise, Callable[[Answer], Answer]]]:
        """The exercises that this one's reference calls by name, each with what makes an answer that calls another
        function in its place: where a student wrote that step out, its mistakes are made here."""
        node, module = self.source(exercise), self.modules[exercise.topic]
        read = {child.id for child in ast.walk(node) if isinstance(child, ast.Name)}
        for other in self._course.catalogue.exercises:
            if other.name in read and other.name not in self._course.catalogue.classes and other != exercise:
                code = _compiled(node)

                def make(answer: Answer, name: str = other.name, code: CodeType = code) -> Answer:
                    space = {**vars(module), name: answer}
                    exec(code, space)
                    return space[node.name]  # type: ignore[no-any-return]

                yield other, make


def _compiled(node: ast.FunctionDef) -> CodeType:
    return compile(ast.Module([node], []), "<variation>", "exec")


@contextlib.contextmanager
def _imported(modules: Mapping[str, Any]) -> Iterator[None]:
    """These can be imported meanwhile, and what was imported under their names before is put back."""
    aside = {name: sys.modules[name] for name in modules if name in sys.modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name in modules:
            del sys.modules[name]
        sys.modules.update(aside)
