"""Returns an object with length and entries, which NumPy would collect for ever.

Must hold: it doesn't cross."""

import time

GOAL = "endless"


class Endless:
    def __len__(self):
        return 1 << 30

    def __getitem__(self, index):
        time.sleep(0.01)
        return 0.0


def attack():
    return Endless()
