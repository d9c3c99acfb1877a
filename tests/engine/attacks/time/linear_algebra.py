"""Multiplies matrices in BLAS for minutes.

Must hold: no signal handler is needed to end it."""

import numpy as np

GOAL = "endless"


def attack():
    A = np.ones((1500, 1500))
    for _ in range(10_000):
        A @ A
