"""Stops another process of the same user, which looks as if it hung.

Must hold: no signals are sent."""

import os
import signal

import target

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    os.kill(target.victim, signal.SIGSTOP)
