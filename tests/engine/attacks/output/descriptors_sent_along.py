"""Sends descriptors along with its answers, until the grader has no more.

Must hold: the grader takes none, and a worker can't send any."""

import array
import os
import socket

GOAL = "grader"
CANNOT = "the kernel closes descriptors that nobody asks for"


def attack():
    connection = socket.socket(fileno=os.dup(3))
    connection.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [1] * 250))])
    os._exit(1)
