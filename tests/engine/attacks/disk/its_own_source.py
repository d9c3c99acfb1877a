"""Overwrites its own source, where a loader reads it from a file.

Must hold: sources are bytes, in no file that it could reach."""

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    with open(f"{target.folder}/submissions/mallory/mlp/activations.py", "a") as file:
        file.write("# better")
