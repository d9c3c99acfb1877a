"""Reports progress again and again while its module is imported.

Must hold: all loading together has a limit."""

import os

import tools

GOAL = "endless"
serving, wire = tools.worker()
while True:
    if serving is not None:
        os.write(3, wire.encode(serving.request, "at", ("mlp/activations.py", 0)))
