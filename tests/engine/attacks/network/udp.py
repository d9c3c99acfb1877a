"""Sends a packet, as name servers get them.

Must hold: there are no sockets."""

import socket

import target

GOAL = "heard"
HELD_FROM = "isolated"


def attack():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"the hidden tests", ("127.0.0.1", target.udp))
