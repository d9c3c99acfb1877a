"""Makes an empty file, as a sign for a later submission.

Must hold: no file can be made."""

from pathlib import Path

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    Path(target.folder, "results", "sign").touch()
