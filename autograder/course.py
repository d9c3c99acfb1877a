"""A course's folder in, a `Course` out: what assignments/ says, checked, and where all lies. Called by every command.

assignments/course.toml has the title, the order of topics and the deadlines; all else stands in the topics' Markdown.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.kit.exercises import Catalogue, Exercise, Topic
from autograder.markdown import Block, read_blocks

PACKAGE = "mlp"  # what students' modules are imported from
CHECKOUT = Path(__file__).resolve().parent.parent  # the course that comes with the engine

_OPTIONAL = {
    "exercise": {"seconds": (int, float)}
}  # of CPU time that one call may take, where the usual 10 are too few
_KEYS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "exercise": {"name": str, "points": (int, float), "hints": list},
    "by_hand": {"name": str, "points": (int, float), "answers": dict},
    "question": {"name": str, "points": (int, float), "text": str, "marking": str},
}


@dataclass(frozen=True)
class Answer:
    """One number of a hand calculation."""

    value: float
    meaning: str


@dataclass(frozen=True)
class ByHand:
    """A hand calculation: numbers filled into a cell, marked automatically."""

    name: str
    points: float
    answers: dict[str, Answer]


@dataclass(frozen=True)
class Question:
    """A free-text question, marked by a person. `marking` is for them alone."""

    name: str
    points: float
    text: str
    marking: str


@dataclass(frozen=True)
class Course:
    """Everything that assignments/ says. By topic: `blocks`, `by_hand`, `questions` (every topic has an entry)."""

    root: Path
    catalogue: Catalogue
    blocks: dict[str, tuple[Block, ...]]
    by_hand: dict[str, tuple[ByHand, ...]]
    questions: dict[str, tuple[Question, ...]]
    deadlines: dict[str, datetime]  # only topics that have one; always with a time zone
    late_points_per_day: float

    @property
    def assignments(self) -> Path:
        return self.root / "assignments"

    @property
    def solutions(self) -> Path:
        return self.root / "solutions"

    @property
    def starter_code(self) -> Path:
        return self.root / "starter_code"

    @property
    def tests_public(self) -> Path:
        return self.root / "tests" / "public"

    @property
    def tests_hidden(self) -> Path:
        return self.root / "tests" / "hidden"

    def topic(self, name: str) -> Topic:
        """The topic of that name; an error that lists the names otherwise."""
        for topic in self.catalogue.topics:
            if topic.name == name:
                return topic
        names = ", ".join(topic.name for topic in self.catalogue.topics)
        raise AutograderError(f"There is no assignment {name!r} in this course. It has: {names}.")


def find_course(start: Path | None = None) -> Course:
    """The course around `start` (by default the working directory), else the one that this engine came with."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, CHECKOUT):
        if (folder / "assignments" / "course.toml").is_file():
            return read_course(folder)
    raise AutograderError(f"{here}: no assignments/course.toml here or above. Run this inside a course's folder.")


def read_course(root: Path) -> Course:
    """The course in `root`; an AutograderError names the file and line of what is wrong with it."""
    path = root / "assignments" / "course.toml"
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        title, names, extra = settings["title"], settings["topics"], settings.get("extra_credit", [])
        deadlines = {topic: _aware(when) for topic, when in settings.get("deadlines", {}).items()}
        late = float(settings.get("late", {}).get("points_per_day", 0))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise AutograderError(f"{path}: {type(error).__name__}: {error}. Needed: title and topics.") from None
    if unknown := sorted({*extra, *deadlines} - set(names)):
        raise AutograderError(f"{path}: {', '.join(unknown)} is not in topics.")
    topics = list[Topic]()
    blocks: dict[str, tuple[Block, ...]] = {}
    by_hand: dict[str, tuple[ByHand, ...]] = {}
    questions: dict[str, tuple[Question, ...]] = {}
    for name in names:
        page = root / "assignments" / f"{name}.md"
        if not page.is_file():
            raise AutograderError(f"{page}: no such file. Write it, or take {name!r} out of course.toml's topics.")
        blocks[name] = tuple(read_blocks(page))
        exercises = tuple(
            Exercise(name, data["name"], data["points"], tuple(data["hints"]), name in extra, data.get("seconds", 0))
            for data in _data(blocks[name], "exercise")
        )
        topics.append(Topic(name, _title(blocks[name], page), name in extra, exercises))
        by_hand[name] = tuple(_by_hand(block) for block in blocks[name] if block.kind == "by_hand")
        questions[name] = tuple(Question(**data) for data in _data(blocks[name], "question"))
    _refuse_repeated(exercise.name for topic in topics for exercise in topic.exercises)
    _refuse_repeated(item.name for items in by_hand.values() for item in items)
    _refuse_repeated(question.name for items in questions.values() for question in items)
    return Course(root, Catalogue(title, tuple(topics)), blocks, by_hand, questions, deadlines, late)


def _aware(when: object) -> datetime:
    if not isinstance(when, datetime):
        raise ValueError(f"{when} is not a date with a time, such as 2027-03-01T23:59:00Z")
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _title(blocks: tuple[Block, ...], page: Path) -> str:
    for block in blocks:
        if block.source.startswith("# "):
            return block.heading
    raise AutograderError(f"{page}: no '# ' heading. The first one is the topic's title.")


def _data(blocks: tuple[Block, ...], kind: str) -> list[dict[str, Any]]:
    """The checked TOML of every block of one kind."""
    return [_checked(block) for block in blocks if block.kind == kind]


def _checked(block: Block) -> dict[str, Any]:
    keys = _KEYS[block.kind]
    optional = _OPTIONAL.get(block.kind, {})
    for key, kind in (keys | {key: optional[key] for key in optional.keys() & block.data.keys()}).items():
        if not isinstance(block.data.get(key), kind) or isinstance(block.data[key], bool):
            raise AutograderError(f"{block.where}: the {block.kind} block needs {', '.join(keys)}; look at {key!r}.")
    if extra := sorted(set(block.data) - set(keys) - set(optional)):
        raise AutograderError(
            f"{block.where}: the {block.kind} block has no key {extra[0]!r}. It has: {', '.join([*keys, *optional])}."
        )
    if block.data["points"] <= 0:
        raise AutograderError(f"{block.where}: points must be above 0.")
    return block.data


def _by_hand(block: Block) -> ByHand:
    data = _checked(block)
    try:
        answers = {
            name: Answer(float(entry["value"]), str(entry["meaning"])) for name, entry in data["answers"].items()
        }
    except (KeyError, TypeError, ValueError):
        raise AutograderError(f"{block.where}: an answer is written z = {{ value = 0.5, meaning = '...' }}.") from None
    if bad := [name for name in answers if not name.isidentifier()]:
        raise AutograderError(f"{block.where}: {bad[0]!r} cannot be a variable's name.")
    return ByHand(data["name"], data["points"], answers)


def _refuse_repeated(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise AutograderError(f"{name} has two blocks in assignments/. Names are unique over the course.")
        seen.add(name)
