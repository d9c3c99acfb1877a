"""Writes a line into the grader's own output, by way of /proc, that says it has passed.

Must hold: what a worker's parent prints goes nowhere, and nobody reads it."""

import json
import os

GOAL = "mark"


def attack():
    with open(f"/proc/{os.getppid()}/fd/1", "w") as output:
        output.write(json.dumps({"passed": True, "endless": False, "printed": 0}) + "\n")
    return 0
