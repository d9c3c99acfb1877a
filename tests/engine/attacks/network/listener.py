"""Waits for connections, to be called from outside.

Must hold: there are no sockets."""

import socket

GOAL = "done"
HELD_FROM = "isolated"


def attack():
    socket.create_server(("127.0.0.1", 0))
    return "done"
