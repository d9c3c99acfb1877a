"""Is a notebook that breaks off in the middle.

Must hold: it is an error of that file alone."""

GOAL = "grader"
CANNOT = "the reader that both have in common takes it for no notebook"
NOTEBOOK = True
REPEAT = {"]": ("", "", 0)}


# %%
def attack():
    return 0
