"""Listens to all packets of the machine.

Must hold: there are no sockets, for root either."""

import socket

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    return "done"
