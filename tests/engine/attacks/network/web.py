"""Asks a web server for a page, with what it knows in the address.

Must hold: there are no sockets."""

import urllib.request

import target

GOAL = "heard"
HELD_FROM = "isolated"


def attack():
    urllib.request.urlopen(f"http://127.0.0.1:{target.tcp}/hidden-tests", timeout=0.1)
