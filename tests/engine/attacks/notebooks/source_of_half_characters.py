"""Has half a character in a cell, which no file can hold.

Must hold: that cell is left out."""

GOAL = "grader"
CANNOT = "the reader that both have in common leaves that cell out"
NOTEBOOK = True
REPEAT = {"HALF": ("", "\\ud800", 1)}
# %%
x = "HALF"


# %%
def attack():
    return "HALF"
