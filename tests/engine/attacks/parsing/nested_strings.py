"""Has formatted strings that take the parser quadratic time or worse.

Must hold: parsing has a limit."""

GOAL = "endless"
REPEAT = {"{INNER}": ("", "{1}", 400_000)}


def attack():
    return f"{INNER}"  # noqa: F821 (the runner replaces it)
