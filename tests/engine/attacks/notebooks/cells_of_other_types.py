"""Has numbers, nothing, and lists of lists where sources and cells should be.

Must hold: it is read as far as it can be, without an error of ours."""

GOAL = "grader"
NOTEBOOK = True
REPEAT = {'"cells": [': ('"cells": [', 'null, 7, [], {"cell_type": "code", "source": [[1], null, {}]}, ', 10)}


# %%
def attack():
    return 0
