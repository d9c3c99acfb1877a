"""Sentences about what everybody stumbles over once, from the words of the error. Called by `ladder` and `check`."""

from __future__ import annotations

import re
from collections.abc import Collection

ENOUGH = "NumPy, Matplotlib and Python's standard library are all that is used here."


def about_loading(reason: str, names: Collection[str]) -> str:
    """About a module that can't be imported, or lacks an exercise; "" where there is nothing to add. `reason` is like
    "mlp/activations.py:87: NameError: name 'sigmoid' is not defined"; `names` are those of all exercises."""
    if "TabError" in reason:
        return "Tabs and spaces are mixed. Let your editor turn all tabs into four spaces."
    if "IndentationError" in reason:
        return "All lines of a function's body begin at the same column, four spaces further in than its def."
    missing = re.search(r"NameError: name '(\w+)'|cannot import name '(\w+)'|There is no (\w+)", reason)
    if missing and (name := next(filter(None, missing.groups()))) in names:
        return f"Was {name} renamed, or taken out? Tests and other modules know it by that name."
    if module := re.search(r"No module named '(\w+)", reason):
        return f"{module[1]} is not installed, and not needed: {ENOUGH}"
    return ""


def about_nothing(printed: bool) -> str:
    """About None, where a value was expected."""
    if printed:
        return "Nothing came back, but something was printed. Return it instead: printing is for people's eyes only."
    return "Nothing came back: is the line with return missing, or in a branch that isn't reached?"
