"""Is JSON nested a hundred thousand deep.

Must hold: it is read in a worker, and is an error of that file."""

GOAL = "grader"
NOTEBOOK = True
REPEAT = {'"nbformat": 4': ('"x": ', "[", 100_000)}


# %%
def attack():
    return 0
