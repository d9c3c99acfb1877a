"""Fails to be imported, with terminal commands in the message.

Must hold: messages about loading have no control characters."""

GOAL = "controls"
CANNOT = "the loader that both have in common keeps only a clean line"

raise ImportError("\x1b[2J100 points")
