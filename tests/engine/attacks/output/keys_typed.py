"""Types a command into the teacher's terminal.

Must hold: a worker has no terminal, and no ioctl."""

import fcntl

GOAL = "done"
CANNOT = "tests are run without a terminal, and on this kernel typing into one is off"


def attack():
    for character in b"exit\n":
        fcntl.ioctl(0, 0x5412, bytes([character]))  # TIOCSTI
    return "done"
