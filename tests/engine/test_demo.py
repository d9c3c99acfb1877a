"""The demo: the whole story once, and the class that it plays with."""

import csv
import re

import pytest

from autograder.answers import bank, put, reference
from autograder.demo import demo
from autograder.errors import AutograderError
from autograder.example_class import HOSTILE_NAME, write_class
from autograder.mark import read_marks
from autograder.secret import FILE


@pytest.fixture(scope="module")
def played(tmp_path_factory, course):
    """(folder, what it printed), with whether the course's own secret was left alone."""
    folder = tmp_path_factory.mktemp("demo")
    secret = course.root / FILE
    before = secret.read_bytes() if secret.exists() else None
    text = demo(folder)
    assert (secret.read_bytes() if secret.exists() else None) == before
    return folder, text


def marks_of(folder):
    return {mark.student: mark for mark in read_marks(folder)}


def test_the_class_of_30_gets_what_it_deserves(played, course):
    folder, text = played
    marks = marks_of(folder / "marks")
    lines = text.split("\n\n")[0].splitlines()[1:]
    handed_in = {line.split()[0]: line[16:52].strip() for line in lines}
    assert len(marks) == len(lines) == 30
    right = {name for name, what in handed_in.items() if what.startswith("right")}
    assert len(right) == 14
    for name in right:
        states = {result.state for result in marks[name].verdict.exercises.values()}
        assert (states, marks[name].total) == ({"passed"}, 100), f"{name}: {marks[name].verdict.output}"
    wrong = {name: what.removeprefix("mistake in ") for name, what in handed_in.items() if what.startswith("mistake")}
    assert len(wrong) == 8
    for name, exercise in wrong.items():
        results = marks[name].verdict.exercises
        assert results[course.catalogue.find(exercise).id].state == "failed"
        assert 50 < marks[name].total < 100
    assert marks["tim"].total == marks[HOSTILE_NAME].total == 0
    assert {result.state for result in marks["tim"].verdict.exercises.values()} == {"not_started"}
    assert all(0 < marks[name].total < 100 for name in ("radia", "richard", "sophie", "mallory", "oscar", "trudy"))


def test_the_table_is_safe_to_print_and_says_what_went_wrong(played):
    _, text = played
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", text)
    by_name = {line.split()[0]: line for line in text.split("\n\n")[0].splitlines()}
    assert "ended the process" in by_name["oscar"]
    assert "30 MB" in by_name["trudy"]
    assert "all right" in by_name["ada"]


def test_nothing_is_written_outside(played, tmp_path_factory):
    folder, _ = played
    assert {path.name for path in folder.iterdir()} == {".autograder-demo", "release", "submissions", "marks"}
    assert not list(folder.parent.glob("**/slipped*"))


def test_everything_it_names_is_there(played):
    folder, text = played
    places = [line.split(None, 1)[1].split(",")[0] for line in text.split("\n\n")[1].splitlines()]
    for place in places:
        found = list(folder.glob(place.removeprefix(f"{folder}/").replace("<student>", "*")))
        assert found, place
    assert (folder / "release" / "kit.zip").is_file()
    assert len(list((folder / "marks").glob("**/feedback.html"))) == 30
    with (folder / "marks" / "marks.csv").open(newline="", encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 30


def test_three_notebooks_are_in_the_gradebook(played, course):
    folder, text = played
    assignment = text.split()[-1]
    marks = marks_of(folder / "release" / "course" / "verdicts" / assignment)
    assert set(marks) == {"ada", "john", "tim"}
    questions = sum(question.points for question in course.questions[assignment])
    assert marks["ada"].total == marks["ada"].maximum - questions
    assert all(points is None for name, points in marks["ada"].manual.items() if name.startswith("why"))
    assert marks["tim"].total == 0 < marks["john"].total < marks["ada"].total
    autograded = folder / "release" / "course" / "autograded"
    assert {path.parent.parent.name for path in autograded.glob(f"*/{assignment}/{assignment}.ipynb")} == set(marks)


def test_it_replaces_its_own_and_refuses_what_is_not(tmp_path, monkeypatch):
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(AutograderError, match="not an earlier demo"):
        demo(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]

    (tmp_path / ".autograder-demo").touch()
    (tmp_path / "marks" / "old").mkdir(parents=True)

    def stop(*arguments):
        raise AutograderError("far enough")

    monkeypatch.setattr("autograder.demo.release", stop)
    with pytest.raises(AutograderError, match="far enough"):
        demo(tmp_path)
    assert not (tmp_path / "marks").exists()
    assert (tmp_path / "thesis.tex").read_text() == "mine"


def test_the_class_comes_out_the_same_each_time(course, tmp_path):
    for name in ("one", "two"):
        write_class(course, course.starter_code, tmp_path / name)
    one, two = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two


@pytest.mark.parametrize("name", ["mistakes", "variants"])
def test_answers_put_into_a_module_compile(course, name):
    modules = reference(course)
    answers = [answer for found in bank(course, name).values() for answer in found]
    assert answers
    for answer in answers:
        source = put(modules[answer.exercise.topic], answer)
        assert source != modules[answer.exercise.topic]
        compile(source, answer.exercise.id, "exec")
