"""Replaces the check that a notebook's cells call, and the package that it comes from.

Must hold: marks don't come from a notebook's own checks."""

GOAL = "mark"
NOTEBOOK = True
# %%
import sys
import types

autograder = types.ModuleType("autograder")
autograder.check = lambda *args: "100 points"
sys.modules["autograder"] = autograder
# %%
import numpy as np

np.testing.assert_allclose = autograder.check
np.all = lambda value: True


# %%
def attack():
    return 0
