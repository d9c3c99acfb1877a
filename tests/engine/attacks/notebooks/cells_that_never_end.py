"""Has a cell that never ends, before the one that counts.

Must hold: that cell is left out, and costs what depends on it."""

GOAL = "endless"
NOTEBOOK = True
# %%
while True:
    pass


# %%
def attack():
    return 0
