"""Verdicts as results.json and grades.csv: the format, there and back, and a file is there wholly or not at all."""

import csv
import json
import os
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.files import remove_leftovers, write_atomically
from autograder.kit.exercises import Exercise
from autograder.tables import cell
from autograder.verdict import (
    GRADES,
    RESULTS,
    ExerciseResult,
    TestResult,
    Verdict,
    read_verdict,
    read_verdicts,
    write_grades,
    write_verdict,
)

EXERCISES = [Exercise("training", name, points, (), False) for name, points in [("MLP", 2.5), ("MLP.train", 1)]]


def a_verdict(student="alice", assignment=None, by_hand=None):
    tests = [
        TestResult("test_MLP_init_keeps_sizes", "training.MLP", 1.25, 1.25, True, "It keeps.", ["training", "public"]),
        TestResult(
            "test_MLP_init_is_he", "training.MLP", 0.0, 1.25, False, "It is.\nnot so", ["training", "hidden"], "m"
        ),
        TestResult("test_MLP_train_learns", "training.MLP.train", 0.0, 1.0, False, "…", ["training", "public"]),
    ]
    exercises = {
        "training.MLP": ExerciseResult(1.25, 2.5, "failed"),
        "training.MLP.train": ExerciseResult(0.0, 1.0, "blocked", ["training.MLP"]),
    }
    return Verdict(
        student,
        assignment,
        "5" * 64,
        "version",
        "seed",
        "contained",
        tests,
        exercises,
        "a line",
        by_hand or {},
        1.23456,
    )


def test_the_format_is_gradescopes_with_ours_beside_it():
    document = json.loads(a_verdict().to_json())
    assert list(document) == ["score", "max_score", "execution_time", "output", "tests", "extra_data"]
    assert (document["score"], document["max_score"], document["execution_time"]) == (1.25, 3.5, 1.235)
    assert document["tests"][1] == {
        "name": "test_MLP_init_is_he",
        "score": 0.0,
        "max_score": 1.25,
        "status": "failed",
        "output": "It is.\nnot so",
        "visibility": "visible",
        "tags": ["training", "hidden"],
        "extra_data": {"exercise": "training.MLP", "mistake": "m"},
    }
    assert document["tests"][0]["status"] == "passed"
    assert document["tests"][0]["extra_data"]["mistake"] is None
    assert document["extra_data"] == {
        "student": "alice",
        "assignment": None,
        "submission_sha256": "5" * 64,
        "tests_version": "version",
        "seed": "seed",
        "isolation": "contained",
        "exercises": {
            "training.MLP": {"score": 1.25, "max_score": 2.5, "state": "failed", "judged_with": []},
            "training.MLP.train": {"score": 0.0, "max_score": 1.0, "state": "blocked", "judged_with": ["training.MLP"]},
        },
    }
    assert json.loads(a_verdict(by_hand={"pass": 2.0}).to_json())["extra_data"]["by_hand"] == {"pass": 2.0}


def test_many_small_scores_add_up_exactly():
    verdict = a_verdict()
    verdict.exercises = {str(i): ExerciseResult(0.1, 0.7, "failed") for i in range(30)}
    assert (verdict.score, verdict.max_score) == (3.0, 21.0)


@pytest.mark.parametrize(
    "student", ["alice", "..", "grades.csv", os.fsdecode(b"\xff"), "x" * 255 + "é", "a\nb"], ids=ascii
)
def test_a_verdict_is_written_for_any_name_and_comes_back(student, tmp_path):
    verdict = a_verdict(student, "training", {"pass": 1.5})
    path = write_verdict(verdict, tmp_path)
    assert path.name == "results.json"
    assert tmp_path in path.resolve().parents[1:]
    read = read_verdict(path)
    assert read.to_json() == verdict.to_json()
    assert read.basis == verdict.basis
    assert [v.student for v in read_verdicts(tmp_path)] == [student]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"extra_data": []}', '{"extra_data": {}, "tests": [1]}', "\xff"]
)
def test_what_is_no_verdict_is_one_line(text, tmp_path):
    path = tmp_path / "results.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(AutograderError, match="not a verdict"):
        read_verdict(path)


def test_no_results_and_results_of_several_assignments_are_refused(tmp_path):
    with pytest.raises(AutograderError, match="no results in it"):
        read_verdicts(tmp_path)
    for assignment in ("forward", "training"):
        write_verdict(a_verdict(assignment=assignment), tmp_path / assignment)
    with pytest.raises(AutograderError, match="several assignments"):
        read_verdicts(tmp_path)
    assert len(read_verdicts(tmp_path / "forward")) == 1


def test_grades_are_a_row_per_student_and_no_formulas(tmp_path):
    names = ["zoë", "=1+1", "+1", "-1", "@x", "\tx", 'a "b", c', os.fsdecode(b"\xff"), "two\nlines"]
    path = write_grades([a_verdict(name) for name in names], EXERCISES, tmp_path)
    assert path == tmp_path / "grades.csv"
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert header == ["student", "training.MLP", "training.MLP.train", "total"]
    assert all(row[1:] == ["1.25", "0.00", "1.25"] for row in rows)
    shown = {"zoë", "'=1+1", "'+1", "'-1", "'@x", "'\tx", 'a "b", c', "\\xff", "two\nlines"}
    assert {row[0] for row in rows} == shown


def test_a_cell_that_begins_otherwise_stays():
    assert [cell(text) for text in ("alice", "a=b", "1-2", "")] == ["alice", "a=b", "1-2", ""]


def test_a_file_is_replaced_wholly_or_stays(tmp_path, monkeypatch):
    path = tmp_path / "grades.csv"
    write_atomically(path, "old")
    write_atomically(path, "new\n")
    assert path.read_bytes() == b"new\n"

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AutograderError, match=r"grades\.csv: could not be written \(No space left on device\)"):
        write_atomically(path, "newer")
    assert path.read_bytes() == b"new\n"

    def stop(descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, "newest")
    assert [entry.name for entry in tmp_path.iterdir()] == ["grades.csv"]


def test_a_verdict_is_on_the_disk_before_it_is_there_and_so_are_the_names_that_lead_to_it(tmp_path, monkeypatch):
    synced, fsync = [], os.fsync

    def record(descriptor):
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        synced.append((os.path.relpath(path, tmp_path), (tmp_path / "out" / "alice" / "results.json").exists()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", record)
    write_verdict(a_verdict(), tmp_path / "out")
    (temporary, was_there), *folders = synced
    assert (temporary[:-8], was_there) == ("out/alice/.results.json.", False)
    assert folders == [("out/alice", True), ("out", True), (".", True)]
    synced.clear()
    write_verdict(a_verdict(), tmp_path / "out")
    assert [path for path, _ in synced][1:] == ["out/alice"]


def test_what_a_killed_run_leaves_is_no_result_and_goes(tmp_path):
    path = write_verdict(a_verdict(), tmp_path)
    path.with_name(".results.json.0123abcd").write_text("half of")
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / ".results.json.deadbeef").write_text(a_verdict("bob").to_json())
    (tmp_path / ".grades.csv.01234567").touch()
    assert [verdict.student for verdict in read_verdicts(tmp_path)] == ["alice"]
    remove_leftovers(tmp_path, (RESULTS, GRADES))
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]


def test_where_no_folder_can_be_made_is_one_line(tmp_path):
    (tmp_path / "alice").write_text("a file")
    with pytest.raises(AutograderError, match="could not be written"):
        write_verdict(a_verdict(), tmp_path)
