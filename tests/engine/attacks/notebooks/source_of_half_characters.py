"""Has half a character in a cell, which no file can hold.

Must hold: that cell is left out."""

GOAL = "grader"
NOTEBOOK = True
REPEAT = {"HALF": ("", "\\ud800", 1)}
# %%
x = "HALF"


# %%
def attack():
    return "HALF"
