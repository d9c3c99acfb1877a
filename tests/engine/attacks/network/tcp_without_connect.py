"""Sends its first data along with the connection (TCP Fast Open), which needs no connect.

Must hold: there are no sockets."""

import socket

import target

GOAL = "heard"
HELD_FROM = "isolated"
NEEDS = "TCP Fast Open in the kernel"


def attack():
    connection = socket.socket()
    connection.sendto(b"the hidden tests", 0x20000000, ("127.0.0.1", target.tcp))
