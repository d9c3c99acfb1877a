"""Which submissions share passages that few others have: verdicts in, groups and pairs for a person to look at out.
Called by `report`. It decides nothing: short exercises with few right answers look alike.

A passage weighs log(1 + students / sharers), the more the fewer share it; what most of the class has isn't counted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from autograder.verdict import Verdict

COMMON = 0.5  # of the class: a passage that more have is the course's own way
ALIKE = 0.8  # the score from which a pair is shown
FEWEST = 5  # passages that count, in a submission that is compared


@dataclass(frozen=True)
class Alike:
    """`score`: the share of the passages in common, by weight."""

    score: float
    students: tuple[str, ...]
    same_files: bool = False


def alike(verdicts: Sequence[Verdict]) -> list[Alike]:
    """Students who handed in the same files, then pairs of others, the most alike first. Who has no passages but those
    of the starter code isn't compared."""
    same = defaultdict(list)
    for verdict in verdicts:
        if verdict.passages:
            same[verdict.submission_sha256].append(verdict)
    groups = [Alike(1.0, tuple(v.student for v in group), same_files=True) for group in same.values() if len(group) > 1]
    return [*groups, *_pairs([group[0] for group in same.values()])]


def _pairs(verdicts: Sequence[Verdict]) -> list[Alike]:
    sharers: dict[int, list[int]] = defaultdict(list)
    for number, verdict in enumerate(verdicts):
        for passage in verdict.passages:
            sharers[passage].append(number)
    shared = np.zeros((len(verdicts), len(verdicts)), dtype=np.float32)
    counts, totals = np.zeros(len(verdicts)), np.zeros(len(verdicts))
    for numbers in sharers.values():
        if len(numbers) <= max(2, COMMON * len(verdicts)):
            weight = np.log1p(len(verdicts) / len(numbers))
            counts[numbers] += 1
            totals[numbers] += weight
            shared[np.ix_(numbers, numbers)] += weight
    totals[counts < FEWEST] = np.inf
    scores = np.triu(shared / np.maximum.outer(totals, totals), 1)
    found = [
        Alike(round(float(scores[a, b]), 3), (verdicts[a].student, verdicts[b].student))
        for a, b in np.argwhere(scores >= ALIKE)
    ]
    return sorted(found, key=lambda pair: -pair.score)
