"""Is a notebook that breaks off in the middle.

Must hold: it is an error of that file alone."""

GOAL = "grader"
NOTEBOOK = True
REPEAT = {"]": ("", "", 0)}


# %%
def attack():
    return 0
