"""Connects its own socket, which it may use, to another address.

Must hold: that socket stays where it is."""

import socket

import target

GOAL = "heard"
CANNOT = "a connected socket can't be connected again"


def attack():
    connection = socket.socket(fileno=3)
    connection.connect(target.unix)
    connection.sendall(b"the hidden tests")
