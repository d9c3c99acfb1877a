"""Makes a socket to the host of a virtual machine.

Must hold: there are no sockets."""

import socket

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "AF_VSOCK in the kernel"


def attack():
    socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)
    return "done"
