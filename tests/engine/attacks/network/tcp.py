"""Connects to a server over TCP and tells it something.

Must hold: there are no sockets."""

import socket

import target

GOAL = "heard"
HELD_FROM = "isolated"


def attack():
    socket.create_connection(("127.0.0.1", target.tcp)).sendall(b"the hidden tests")
