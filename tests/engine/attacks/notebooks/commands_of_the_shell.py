"""Runs a command of the shell in a cell, as notebooks allow.

Must hold: such lines are left out."""

GOAL = "files"
CANNOT = "the loader that both have in common knows no shell"
NOTEBOOK = True
REPEAT = {"0  # a shell": ("", "!touch {target.folder}/new", 1), "1  # a script": ("", "%%bash\\ntouch new", 1)}
# %%
import target

# %%
0  # a shell
# %%
1  # a script
# %%
get_ipython().system(f"touch {target.folder}/new")
get_ipython().run_cell_magic("bash", "", f"touch {target.folder}/new")


# %%
def attack():
    return 0
