"""Returns a text that clears the teacher's screen.

Must hold: values are never shown, and what a report shows has no control characters."""

GOAL = "controls"


def attack():
    raise ValueError("\x1b[2J\x1b]0;100 points\x07\u202e")
