"""Hand calculations: an answer's value in, hashes out that tell whether a student's number is right and don't show it.
Called by `build`, which puts them into exercises.json, and by `notebook`."""

from __future__ import annotations

import hashlib


def answer_hashes(calculation: str, answer: str, value: float) -> list[str]:
    """The hashes of all numbers of three decimals that count as right: up to 0.0015 off."""
    nearest = round(value * 1000)
    return sorted(_hash(calculation, answer, thousandths) for thousandths in range(nearest - 1, nearest + 2))


def is_right(calculation: str, answer: str, number: float, hashes: list[str]) -> bool:
    """Whether a student's number is one of those."""
    return abs(number) < 1e12 and _hash(calculation, answer, round(number * 1000)) in hashes


def _hash(calculation: str, answer: str, thousandths: int) -> str:
    return hashlib.sha256(f"{calculation}/{answer}/{thousandths}".encode()).hexdigest()[:16]
