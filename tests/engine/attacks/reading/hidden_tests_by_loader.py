"""Takes the loader of a module that is there already, and reads the hidden tests with it.

Must hold: loaders read no file."""

import json

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return json.__loader__.get_data(target.secret_file)
