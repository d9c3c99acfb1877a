"""Reads what another student handed in, to copy it.

Must hold: it can't be read."""

from pathlib import Path

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return [path.read_text() for path in Path(target.folder, "submissions").glob("*/mlp/activations.py")]
