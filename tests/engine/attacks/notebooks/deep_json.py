"""Is JSON nested a hundred thousand deep.

Must hold: it is read in a worker, and is an error of that file."""

GOAL = "grader"
CANNOT = "the reader that both have in common takes it for no notebook"
NOTEBOOK = True
REPEAT = {'"nbformat": 4': ('"x": ', "[", 100_000)}


# %%
def attack():
    return 0
