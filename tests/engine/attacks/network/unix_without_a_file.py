"""Connects to a socket that has a name but no file, so that file permissions don't count.

Must hold: there are no sockets."""

import socket

import target

GOAL = "heard"
HELD_FROM = "isolated"


def attack():
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(f"\0{target.abstract}")
    connection.sendall(b"the hidden tests")
