"""Is a notebook with the marks of a merge conflict.

Must hold: it is an error of that file alone."""

GOAL = "grader"
NOTEBOOK = True
REPEAT = {'"nbformat"': ("", "\n<<<<<<< HEAD\n", 1)}


# %%
def attack():
    return 0
