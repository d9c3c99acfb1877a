"""A verdict: the outcomes of all tests of one submission, and `results.json` and `grades.csv`, which hold them.

Made by `judge`; read by everything after it. The format is Gradescope's results.json."""

import base64
import json
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from autograder.errors import AutograderError
from autograder.files import write_atomically
from autograder.kit.exercises import Exercise
from autograder.names import folder_of
from autograder.tables import cell, csv_text

RESULTS = "results.json"
GRADES = "grades.csv"
STATES = ("passed", "failed", "missing", "not_started", "blocked")


@dataclass
class TestResult:
    """The outcome of one test that carries points."""

    __test__ = False  # not for pytest to collect

    name: str
    exercise: str  # id
    score: float
    max_score: float
    passed: bool
    output: str
    tags: list[str]
    mistake: str | None = None

    @property
    def cause(self) -> str:
        """What a teacher would say of the mistake, which is the last line of `output`; "" where none was named."""
        return self.output.rpartition("\n")[2] if self.mistake else ""

    @property
    def outcome(self) -> str:
        """`output` without the cause."""
        return self.output.rpartition("\n")[0] if self.mistake else self.output


@dataclass(frozen=True)
class Picture:
    """What a test showed. `series` by name, each packed by `pictures`; which ones there are depends on `kind`."""

    kind: str  # "points", "curves", "boundary" or "errors"
    title: str
    series: dict[str, str]


@dataclass
class ExerciseResult:
    score: float
    max_score: float
    state: str  # one of STATES
    judged_with: list[str] = field(default_factory=list)


@dataclass
class Verdict:
    """All that is known about one submission's code, and on what: which submission, which tests, which seed."""

    student: str
    assignment: str | None  # None: the whole kit
    submission_sha256: str
    tests_version: str
    seed: str
    isolation: str
    tests: list[TestResult]
    exercises: dict[str, ExerciseResult]  # by id, in the course's order
    output: str  # what couldn't be read or loaded, a line each
    by_hand: dict[str, float] = field(default_factory=dict)  # hand calculations: points for the gradebook
    execution_time: float = 0.0  # seconds
    pictures: dict[str, list[Picture]] = field(default_factory=dict)  # by id of the exercise
    passages: list[int] = field(default_factory=list)  # of its code, those of the starter code left out

    @property
    def score(self) -> float:
        """Sum of the exercises' scores."""
        return round(sum(exercise.score for exercise in self.exercises.values()), 2)

    @property
    def max_score(self) -> float:
        """Points of all tests, extra credit included."""
        return round(sum(exercise.max_score for exercise in self.exercises.values()), 2)

    @property
    def scores(self) -> dict[str, float]:
        """By exercise id."""
        return {name: exercise.score for name, exercise in self.exercises.items()}

    @property
    def basis(self) -> tuple[str | None, ...]:
        """Two verdicts with the same basis are the same."""
        return (
            self.student, self.assignment, self.submission_sha256, self.tests_version, self.seed, self.isolation,
        )  # fmt: skip

    def to_json(self) -> str:
        extra: dict[str, Any] = {
            "student": self.student,
            "assignment": self.assignment,
            "submission_sha256": self.submission_sha256,
            "tests_version": self.tests_version,
            "seed": self.seed,
            "isolation": self.isolation,
            "exercises": {
                name: {"score": e.score, "max_score": e.max_score, "state": e.state, "judged_with": e.judged_with}
                for name, e in self.exercises.items()
            },
        }
        if self.by_hand:
            extra["by_hand"] = self.by_hand
        if self.passages:
            extra["passages"] = _pack(self.passages)
        if self.pictures:
            extra["pictures"] = {name: [vars(picture) for picture in shown] for name, shown in self.pictures.items()}
        tests = [
            {
                "name": test.name,
                "score": test.score,
                "max_score": test.max_score,
                "status": "passed" if test.passed else "failed",
                "output": test.output,
                "visibility": "visible",
                "tags": test.tags,
                "extra_data": {"exercise": test.exercise, "mistake": test.mistake},
            }
            for test in self.tests
        ]
        document = {
            "score": self.score,
            "max_score": self.max_score,
            "execution_time": round(self.execution_time, 3),
            "output": self.output,
            "tests": tests,
            "extra_data": extra,
        }
        return json.dumps(document, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Verdict":
        """ValueError, KeyError, TypeError or AttributeError where it isn't one."""
        document = json.loads(text)
        extra = document["extra_data"]
        tests = [
            TestResult(
                test["name"], test["extra_data"]["exercise"], test["score"], test["max_score"],
                test["status"] == "passed", test["output"], test["tags"], test["extra_data"]["mistake"],
            )
            for test in document["tests"]
        ]  # fmt: skip
        return cls(
            student=extra["student"],
            assignment=extra["assignment"],
            submission_sha256=extra["submission_sha256"],
            tests_version=extra["tests_version"],
            seed=extra["seed"],
            isolation=extra["isolation"],
            tests=tests,
            exercises={name: ExerciseResult(**result) for name, result in extra["exercises"].items()},
            output=document["output"],
            by_hand=extra.get("by_hand", {}),
            execution_time=document["execution_time"],
            pictures={
                name: [Picture(**picture) for picture in shown] for name, shown in extra.get("pictures", {}).items()
            },
            passages=_unpack(extra.get("passages", "")),
        )


def _pack(passages: Sequence[int]) -> str:
    return base64.b64encode(struct.pack(f"<{len(passages)}I", *passages)).decode("ascii")


def _unpack(text: str) -> list[int]:
    """ValueError where it isn't one."""
    packed = base64.b64decode(text)
    if len(packed) % 4:
        raise ValueError("passages that break off")
    return list(struct.unpack(f"<{len(packed) // 4}I", packed))


def write_verdict(verdict: Verdict, out: Path) -> Path:
    """Write results.json of one student; it is there wholly or not at all."""
    path = out / folder_of(verdict.student) / RESULTS
    write_atomically(path, verdict.to_json())
    return path


def read_verdict(path: Path) -> Verdict:
    try:
        return Verdict.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise AutograderError(f"{path}: not a verdict ({problem}). Delete it and grade again with --resume.") from None


def read_verdicts(out: Path) -> list[Verdict]:
    """All verdicts of a class, by student."""
    verdicts = [read_verdict(path) for path in sorted(out.glob(f"**/{RESULTS}"))]
    if not verdicts:
        raise AutograderError(f"{out}: no results in it. `autograder grade` makes them.")
    if len({verdict.assignment for verdict in verdicts}) > 1:
        raise AutograderError(f"{out}: results of several assignments. Name one of its folders.")
    return sorted(verdicts, key=lambda verdict: verdict.student)


class Scored(Protocol):
    """As much of a `Verdict` as grades.csv has."""

    @property
    def student(self) -> str: ...
    @property
    def scores(self) -> dict[str, float]: ...
    @property
    def score(self) -> float: ...


def write_grades(verdicts: Iterable[Scored], exercises: Sequence[Exercise], out: Path) -> Path:
    """Write grades.csv: a row per student, a column per exercise, the total."""
    rows = [["student", *(exercise.id for exercise in exercises), "total"]]
    for verdict in sorted(verdicts, key=lambda verdict: verdict.student):
        by_exercise = verdict.scores
        scores = [f"{by_exercise[exercise.id]:.2f}" for exercise in exercises]
        rows.append([cell(verdict.student), *scores, f"{verdict.score:.2f}"])
    path = out / GRADES
    write_atomically(path, csv_text(rows))
    return path
