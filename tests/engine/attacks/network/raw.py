"""Makes a raw socket.

Must hold: there are no sockets, for root either."""

import socket

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    return "done"
