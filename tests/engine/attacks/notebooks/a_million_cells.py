"""Has so many cells that reading them takes longer than anyone has.

Must hold: reading it has limits too."""

GOAL = "endless"
NOTEBOOK = True
REPEAT = {
    '"cells": [': ('"cells": [', '{"cell_type": "code", "source": "x = [1, 2, 3]\\nfor i in x: print(i)"}, ', 200_000)
}


# %%
# %%
def attack():
    return 0
