"""Folder names for students, there and back, and text that is safe to show."""

import os
import unicodedata

import pytest

from autograder.names import RESERVED, counted, display, folder_of, name_of

PLAIN = [
    "alice",
    "Ada Lovelace_123456_assignsubmission_file",
    "lovelaceada_LATE_101_555_mlp",
    "o'neill-2.b",
    "José",
    "王",
]
ODD = [
    "",
    ".",
    "..",
    "...",
    ".hidden",
    "~tilde~",
    "~",
    "alice.",
    "alice ",
    " alice",
    "a/b",
    "a\\b",
    "a\nb",
    "a\0b",
    "con",
    "NUL.txt",
    "100%",
    "%41",
    unicodedata.normalize("NFD", "José"),
    os.fsdecode(b"jos\xe9"),
    "x" * 256,
    "é" * 127 + "xx",
    "\u202eecila",
    "a:b",
    *sorted(RESERVED),
    *(name.upper() for name in sorted(RESERVED)),
]


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_name_is_its_own_folder(name):
    assert folder_of(name) == name
    assert name_of(name) == name


def test_the_longest_plain_name_is_kept():
    assert folder_of("x" * 255) == "x" * 255


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_other_names_are_escaped_and_come_back(name, tmp_path):
    folder = folder_of(name)
    assert folder != name
    assert name_of(folder) == name
    assert folder.isascii()
    assert all(piece.startswith("~") and len(piece) <= 255 for piece in folder.split("/"))
    (tmp_path / folder).mkdir(parents=True)


def test_the_longest_name_of_a_file_becomes_a_folder(tmp_path):
    name = os.fsdecode(b"\xff" * 255)
    (tmp_path / folder_of(name)).mkdir(parents=True)
    assert name_of(folder_of(name)) == name


def test_no_two_names_share_a_folder():
    names = [*PLAIN, *ODD, *(folder_of(name) for name in [*PLAIN, *ODD] if "/" not in folder_of(name))]
    names = list(dict.fromkeys(names))
    assert len({folder_of(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("José 王", "José 王"),
        ("red \x1b[31m", "red \\x1b[31m"),
        ("two\nlines\r", "two\\nlines\\r"),
        ("\u202eback", "\\u202eback"),
        ("\u2066x\u200b\ufeff", "\\u2066x\\u200b\\ufeff"),
        ("\x9b1m", "\\x9b1m"),
        ("a\u2028b", "a\\u2028b"),
        (os.fsdecode(b"\xff"), "\\xff"),
    ],
    ids=ascii,
)
def test_what_is_shown_is_one_line_that_no_terminal_obeys(text, shown):
    assert display(text) == shown
    assert shown.isprintable()


def test_what_is_shown_is_capped():
    assert display("x" * 1000, 10) == "xxxxxxxxx…"
    assert len(display("\x1b" * 1000, 10)) == 10
    assert display("x" * 10, 10) == "x" * 10


def test_one_is_not_many():
    assert [counted(number, "student") for number in (0, 1, 2)] == ["0 students", "1 student", "2 students"]
