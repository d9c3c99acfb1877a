"""Connects to a socket in the file system, as databases and container engines have them.

Must hold: there are no sockets."""

import socket

import target

GOAL = "heard"
HELD_FROM = "isolated"


def attack():
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(target.unix)
    connection.sendall(b"the hidden tests")
