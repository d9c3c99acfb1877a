"""Has constants that the compiler computes beforehand.

Must hold: compiling happens in a worker, whose time and memory are limited."""

GOAL = "endless"
REPEAT = {"INNER": ("", "(2**127)**99 % 99, ", 100_000)}


def attack():
    return INNER  # noqa: F821 (the runner replaces it)
