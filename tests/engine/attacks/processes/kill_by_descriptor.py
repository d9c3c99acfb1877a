"""Kills another process by way of a descriptor of it.

Must hold: no signals are sent."""

import os
import signal

import target

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    signal.pidfd_send_signal(os.pidfd_open(target.victim), signal.SIGKILL)
