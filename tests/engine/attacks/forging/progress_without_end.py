"""Reports progress again and again, each report of which gives it time anew.

Must hold: progress is heard while loading only, and there is an end to that too."""

import os

import tools

GOAL = "endless"


def attack():
    serving, wire = tools.worker()
    while True:
        if serving is not None:
            os.write(3, wire.encode(serving.request, "at", ("mlp/activations.py", 0)))
