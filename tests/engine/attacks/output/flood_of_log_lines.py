"""Writes 20 MB of log lines.

Must hold: they go nowhere."""

import logging

GOAL = "flood"


def attack():
    for _ in range(200):
        logging.warning("x" * 100_000)
