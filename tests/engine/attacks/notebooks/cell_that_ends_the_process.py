"""Ends the process in a cell, with status 0.

Must hold: status 0 is no answer."""

GOAL = "mark"
NOTEBOOK = True
# %%
import os

os._exit(0)


# %%
def attack():
    return 0
