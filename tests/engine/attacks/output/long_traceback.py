"""Fails at a depth at which each line of the traceback is long.

Must hold: of a traceback, a little is kept."""

GOAL = "flood"
CANNOT = "the autograder without walls keeps no traceback"

exec("def f(n):\n    return f(n - 1) if n else 1 / 0  # " + "x" * 100_000)


def attack():
    return f(300)  # noqa: F821 (it was made by exec)
