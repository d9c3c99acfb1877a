"""Takes back the wish to die with its parent.

Must hold: that can't be taken back."""

import ctypes

import tools

GOAL = "done"
HELD_FROM = "isolated"


def attack():
    tools.syscall("prctl", 1, 0)
    signal = ctypes.c_int(-1)
    tools.syscall("prctl", 2, ctypes.byref(signal))
    return "done" if signal.value == 0 else None
