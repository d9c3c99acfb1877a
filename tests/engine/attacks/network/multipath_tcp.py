"""Connects by the multipath variant of TCP, another protocol number.

Must hold: there are no sockets."""

import socket

import target

GOAL = "heard"
HELD_FROM = "isolated"
NEEDS = "multipath TCP in the kernel"


def attack():
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)
    connection.connect(("127.0.0.1", target.tcp))
    connection.sendall(b"the hidden tests")
