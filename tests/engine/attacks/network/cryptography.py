"""Makes a socket of the kernel's cryptography, by which the kernel was broken into before.

Must hold: there are no sockets."""

import socket

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "AF_ALG in the kernel"


def attack():
    socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET).bind(("hash", "sha256"))
    return "done"
