"""Replaces the encoder of answers by one that encodes what the attacker likes, for each call to come.

Must hold: it is no more than a returned value."""

import os

import tools

GOAL = "mark"


def attack():
    serving, _ = tools.worker()
    data = tools.forged([1] * 6)
    if serving is None:
        os.write(3, data)
    else:
        serving.answer = lambda what, value: os.write(3, data)
    return 0
