"""How the tests of one exercise went in, its points out. Called by `judge`.

A test that carries points counts in full or not at all. Tests that None or zeros could pass, the supporting ones, count
only beside one that needs right values. The points of a void test go to the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.course import ByHand
from autograder.diagnosis.evidence import Case as Evidence
from autograder.diagnosis.naming import Cause
from autograder.kit.exercises import Exercise
from autograder.suite import Test
from autograder.verdict import ExerciseResult, Picture, TestResult

TOLERANCE_BY_HAND = 0.0015  # answers are asked for to three decimals


@dataclass
class Attempt:
    """How one test went."""

    failure: str | None = None  # why it failed, in words fit for a student; None: it passed
    called: set[str] = field(default_factory=set)  # ids of exercises
    raised: bool = False  # a call gave no value
    broken: bool = False  # the test itself raised: our bug
    evidence: list[Evidence] = field(default_factory=list)  # what its cases called, where that was kept
    pictures: list[Picture] = field(default_factory=list)  # what it showed


def points_of(
    exercise: Exercise,
    tests: Sequence[Test],
    attempts: Sequence[Attempt],
    void: Sequence[bool],
    state: str | None,
    judged_with: list[str],
    cause: Cause | None = None,
) -> tuple[ExerciseResult, list[TestResult]]:
    """`state`: that of an exercise that could not be tested."""
    shares = iter(split_points(exercise.points, void.count(False)))
    points = [0.0 if is_void else next(shares) for is_void in void]
    passed = [attempt.failure is None for attempt in attempts]
    proven = any(ok and not test.supporting for ok, test in zip(passed, tests, strict=True))
    results = []
    for test, attempt, share, is_void, ok in zip(tests, attempts, points, void, passed, strict=True):
        lines = [test.sentence] if ok else [test.sentence, str(attempt.failure)]
        if ok and test.supporting and not proven:
            lines.append("Counts once a test of this exercise's values passes.")
        elif is_void:
            lines.append("Not counted: it needs a later exercise, which fails.")
        elif not ok and cause:
            lines.append(cause.sentence)
        score = share if ok and (proven or not test.supporting) else 0.0
        results.append(
            TestResult(
                test.name, exercise.id, score, share, ok, "\n".join(lines), [exercise.topic, test.folder],
                cause.id if cause and not ok and not is_void else None,
            )
        )  # fmt: skip
    if not state:
        failed = any(not ok and not is_void for ok, is_void in zip(passed, void, strict=True))
        state = "failed" if failed else "passed" if proven else "blocked"
    score = round(sum(result.score for result in results), 2)
    return ExerciseResult(score, round(float(exercise.points), 2), state, judged_with), results


def split_points(points: float, count: int) -> list[float]:
    """Points in hundredths, as even as can be, whose sum is exact."""
    if not count:
        return []
    whole, rest = divmod(round(points * 100), count)
    return [(whole + (place < rest)) / 100 for place in range(count)]


def points_by_hand(item: ByHand, values: Mapping[str, Any]) -> float:
    """Of a hand calculation, by the numbers that a student filled in."""
    right = [_is_close(values.get(name), answer.value) for name, answer in item.answers.items()]
    return round(item.points * sum(right) / len(right), 2)


def _is_close(value: Any, answer: float) -> bool:
    """Whether a filled-in number is right. Only plain numbers are; the value comes from a student."""
    if isinstance(value, np.ndarray) and value.size == 1 and value.dtype.kind in "iuf":
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        return False
    try:
        return abs(float(value) - answer) <= TOLERANCE_BY_HAND
    except OverflowError:
        return False
