"""Lets SQLite, C code that opens files of its own, make a database.

Must hold: no file can be made."""

import sqlite3

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    with sqlite3.connect(f"{target.folder}/new.db") as database:
        database.execute("CREATE TABLE notes (text)")
