"""Raises an error to get at the frames of its callers through the traceback, and at their expected answer.

Must hold: the expected answer is never in the process."""

GOAL = "mark"


def attack():
    try:
        raise ValueError
    except ValueError as error:
        frame = error.__traceback__.tb_frame.f_back
    while "expected" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["expected"]
