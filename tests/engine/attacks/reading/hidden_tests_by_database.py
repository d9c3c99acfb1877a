"""Lets SQLite, C code that opens files of its own, read a database in the hidden folder.

Must hold: it can't open it."""

import sqlite3

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return sqlite3.connect(f"{target.folder}/hidden/answers.db").execute("SELECT * FROM answers").fetchall()
