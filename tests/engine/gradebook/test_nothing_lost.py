"""A gradebook that another program is writing, that may not be written, or whose disk is full: one clear line, and
--resume enters all."""

import contextlib
import shutil
import sqlite3

import pytest
from durability.kills import COMMAND

from autograder.cli import main
from autograder.gradebook import entering, writing

TOPIC = "forward"


@pytest.fixture
def few(handed_in, monkeypatch, tmp_path):
    """A course folder of three submissions."""
    graded = handed_in.copied(tmp_path.name)
    for student in set(graded.students()) - {"untouched", "right", "partly"}:
        shutil.rmtree(graded.home / "submitted" / student)
    monkeypatch.chdir(graded.home)
    monkeypatch.setattr(writing, "PATIENCE", 0.2)
    return graded


def grade(*options):
    return main(["grade", ".", "--allow-contained", "--jobs", "2", "--assignment", TOPIC, *options])


@contextlib.contextmanager
def locked(graded):
    """As another program does while it writes."""
    with contextlib.closing(sqlite3.connect(graded.home / "gradebook.db", isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield
        database.execute("ROLLBACK")


def test_a_locked_gradebook_is_said_before_anything_is_judged(few, capsys):
    with locked(few):
        assert grade() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"autograder: {few.home}/gradebook.db: cannot be written (database is locked). ")
    assert not (few.home / "verdicts").exists()


def test_a_gradebook_that_is_locked_later_keeps_the_verdicts_and_all_is_entered_with_resume(few, capsys, monkeypatch):
    write = writing.GradebookWriter.write

    def locked_meanwhile(self, sheets):
        with locked(few):
            write(self, sheets)

    monkeypatch.setattr(entering, "AT_ONCE", 2)
    with monkeypatch.context() as patch:
        patch.setattr(writing.GradebookWriter, "write", locked_meanwhile)
        assert grade() == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith(f"autograder: {few.home}/gradebook.db: cannot be written (database is locked). ")
    assert said.endswith(
        f" 2 of 3 submissions are graded and kept in {few.home}/verdicts/{TOPIC}: "
        "the same command with --resume goes on."
    )
    assert few.students() == ["partly", "right", "untouched"]
    assert grade("--resume") == 0
    assert sum(few.scores("right")[name] or 0 for name in few.scores("right")) > 0
    assert few.row("partly")["grades"]
    assert set(few.scores("untouched").values()) == {0.0}


def test_one_that_cannot_be_entered_costs_the_others_nothing(few, capsys, monkeypatch):
    record = writing.GradebookWriter._record

    def not_of_right(self, sheet):
        record(self, sheet)
        if sheet.student == "right":
            raise ValueError("not right")

    monkeypatch.setattr(writing.GradebookWriter, "_record", not_of_right)
    assert grade() == 0
    assert f"{TOPIC}/right: not entered into the gradebook (ValueError: not right)." in capsys.readouterr().out
    assert few.files("right") == {}
    assert set(few.scores("untouched").values()) == {0.0}
    with pytest.raises(Exception, match="right"):
        few.row("right")


def test_a_gradebook_that_may_not_be_written_or_has_no_room(few, disk, tmp_path):
    shutil.copytree(few.home, tmp_path / "course", symlinks=True)
    script = """
        cp -a course disk
        mount -o remount,ro disk; "$@" || mount -o remount,rw disk
        "$@" || mount -o remount,size=64m disk
        "$@" --resume"""
    out = tmp_path / "out"
    command = [*COMMAND, "disk/course", "--allow-contained", "--assignment", TOPIC, "-o", out]
    said, seen = disk("size=$(($(du -sk course | cut -f1) + 100))k", script, *command)
    read_only, full = [line for line in said if "Isolation" not in line]
    file = tmp_path / "disk" / "course" / "gradebook.db"
    assert read_only == f"autograder: {file}: the gradebook or its folder is read-only. Make both writable."
    assert "No space left on device" in full or "database or disk is full" in full
    assert full.endswith(f" are graded and kept in {out}/{TOPIC}: the same command with --resume goes on.")
    assert set(type(few)(seen / "course").scores("untouched").values()) == {0.0}
