"""Is nested more deeply than the parser's stack.

Must hold: it is parsed in a worker, and is an error of that file."""

GOAL = "grader"
CANNOT = "this Python's parser refuses it"
REPEAT = {"INNER": ("", "(", 100_000)}


def attack():
    return INNER  # noqa: F821 (the runner replaces it)
