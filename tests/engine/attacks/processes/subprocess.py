"""Starts a program that goes on in a session of its own.

Must hold: no process can be started."""

import subprocess

GOAL = "survivor"
HELD_FROM = "isolated"


def attack():
    subprocess.Popen(["/bin/sleep", "60"], start_new_session=True)
