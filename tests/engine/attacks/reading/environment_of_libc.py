"""Looks for the course secret in the C library's copy of the environment, where Python's was emptied.

Must hold: it isn't there either."""

import ctypes

GOAL = "leak"


def attack():
    found, environ = [], ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    while environ[len(found)]:
        found.append(environ[len(found)])
    return found
