"""Makes the socket that it shares with the grader return at once, or shuts it down.

Must hold: each end has settings of its own, and no answer is no pass."""

import os
import socket

GOAL = "mark"


def attack():
    os.set_blocking(3, False)
    socket.socket(fileno=3).shutdown(socket.SHUT_RDWR)
    os._exit(0)
