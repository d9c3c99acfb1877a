"""Is a notebook with the marks of a merge conflict.

Must hold: it is an error of that file alone."""

GOAL = "grader"
CANNOT = "the reader that both have in common takes it for no notebook"
NOTEBOOK = True
REPEAT = {'"nbformat"': ("", "\n<<<<<<< HEAD\n", 1)}


# %%
def attack():
    return 0
