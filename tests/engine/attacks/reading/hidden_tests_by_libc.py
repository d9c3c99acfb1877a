"""Lets the C library open and read the file of hidden tests.

Must hold: it is no way round Python's open."""

import ctypes

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    libc, text = ctypes.CDLL(None), ctypes.create_string_buffer(1000)
    libc.fopen.restype = ctypes.c_void_p
    libc.fgets(text, 1000, ctypes.c_void_p(libc.fopen(target.secret_file.encode(), b"r")))
    return text.value
