"""The catalogue of a course: its topics and exercises in order, and exercises.json, in which it reaches students.
Imported by everything; imports nothing of ours."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Exercise:
    """One function, constructor ("MLP") or method ("MLP.train") that a student writes."""

    topic: str
    name: str  # unique over the course
    points: float
    hints: tuple[str, ...] = field(repr=False)  # a traceback would give them away
    extra: bool  # of a topic that is extra credit
    seconds: float = 0  # that one call may take, where that is more than usual

    @property
    def id(self) -> str:
        return f"{self.topic}.{self.name}"

    @property
    def owner(self) -> str | None:
        """The class of a method; None for functions and constructors."""
        return self.name.partition(".")[0] if "." in self.name else None


@dataclass(frozen=True)
class Topic:
    """One module, one notebook, one assignment."""

    name: str
    title: str
    extra: bool
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True)
class Catalogue:
    title: str
    topics: tuple[Topic, ...]

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises in the course's order."""
        return tuple(exercise for topic in self.topics for exercise in topic.exercises)

    @cached_property
    def classes(self) -> frozenset[str]:
        """Names of the classes whose methods are exercises."""
        return frozenset(exercise.owner for exercise in self.exercises if exercise.owner)

    @property
    def constructors(self) -> tuple[Exercise, ...]:
        """One for each of the classes."""
        return tuple(exercise for exercise in self.exercises if exercise.name in self.classes)

    @cached_property
    def _by_name(self) -> dict[str, Exercise]:
        return {name: exercise for exercise in self.exercises for name in (exercise.id, exercise.name)}

    @cached_property
    def _by_words(self) -> dict[str, Exercise]:
        """How tests call the exercises: MLP_train; a constructor is MLP_init."""
        return {
            f"{exercise.name}_init" if exercise.name in self.classes else exercise.name.replace(".", "_"): exercise
            for exercise in self.exercises
        }

    def find(self, name: str) -> Exercise:
        """The exercise of that name or id; a KeyError whose one argument is a line for people otherwise."""
        if name in self._by_name:
            return self._by_name[name]
        if topic := next((topic for topic in self.topics if topic.name == name), None):
            names = ", ".join(exercise.name for exercise in topic.exercises)
            raise KeyError(f"{name} is a topic. Its tests: pytest tests/test_{name}.py. Its exercises: {names}")
        near = difflib.get_close_matches(name, [exercise.name for exercise in self.exercises], n=3)
        names = ", ".join(near or [exercise.name for exercise in self.exercises])
        raise KeyError(f"There is no exercise {name!r}. {'Did you mean' if near else 'There are'}: {names}")

    def of_test(self, function_name: str) -> Exercise:
        """The exercise that test_<exercise>_<what is true> is about: whole words count, and the longest name wins."""
        words = function_name.removeprefix("test_").split("_")
        for count in range(len(words), 0, -1):
            if exercise := self._by_words.get("_".join(words[:count])):
                return exercise
        raise ValueError(f"{function_name} names no exercise. Call it test_<exercise>_<what is true>.")

    def to_json(self) -> str:
        """The catalogue as exercises.json, which may hold more than this beside it."""
        topics = [
            {
                "name": topic.name,
                "title": topic.title,
                "extra": topic.extra,
                "exercises": [
                    {"name": exercise.name, "points": exercise.points, "hints": list(exercise.hints)}
                    | ({"seconds": exercise.seconds} if exercise.seconds else {})
                    for exercise in topic.exercises
                ],
            }
            for topic in self.topics
        ]
        return json.dumps({"title": self.title, "topics": topics}, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Catalogue:
        data = json.loads(text)
        return cls(
            data["title"],
            tuple(
                Topic(
                    topic["name"],
                    topic["title"],
                    topic["extra"],
                    tuple(
                        Exercise(
                            topic["name"],
                            item["name"],
                            item["points"],
                            tuple(item["hints"]),
                            topic["extra"],
                            item.get("seconds", 0),
                        )
                        for item in topic["exercises"]
                    ),
                )
                for topic in data["topics"]
            ),
        )
