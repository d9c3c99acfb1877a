"""Asks the kernel for the machine's addresses by netlink.

Must hold: there are no sockets."""

import socket

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "netlink in the kernel"


def attack():
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).bind((0, 0))
    return "done"
