"""Marks: what counts as full, what a person gives, what lateness takes."""

import hashlib

import pytest

from autograder.errors import AutograderError
from autograder.mark import read_marks

TOPIC = "forward"  # has exercises, a hand calculation and a question


def by_student(out):
    return {mark.student: mark for mark in read_marks(out)}


def test_extra_credit_fills_up_and_is_not_needed(course, verdict, out_of):
    first, second = course.catalogue.exercises[:2]
    extra = {exercise.id: "passed" for exercise in course.catalogue.exercises if exercise.extra}
    some = dict(list(extra.items())[:1])
    worth = course.catalogue.find(next(iter(some))).points
    marks = by_student(
        out_of(
            verdict("all"),
            verdict("more", extra),
            verdict("filled up", {first.id: "failed"} | extra),
            verdict("not quite", {first.id: "missing", second.id: "missing"} | some),
        )
    )
    assert {mark.maximum for mark in marks.values()} == {100}
    assert marks["all"].total == marks["more"].total == marks["filled up"].total == 100
    assert marks["not quite"].total == 100 - first.points - second.points + worth


def test_an_assignment_of_extra_credit_alone_counts_by_itself(course, verdict, out_of):
    extra = next(topic for topic in course.catalogue.topics if topic.extra)
    worth = sum(exercise.points for exercise in extra.exercises)
    (mark,) = read_marks(out_of(verdict("ada", assignment=extra.name)))
    assert (mark.total, mark.maximum) == (worth, worth)


def test_a_mark_without_a_gradebook_is_the_verdict(course, verdict, out_of):
    given = verdict("ada", assignment=TOPIC, by_hand={course.by_hand[TOPIC][0].name: 2.0})
    (mark,) = read_marks(out_of(given))
    assert (mark.total, mark.maximum, mark.manual, mark.late_penalty) == (given.score, given.max_score, {}, 0)
    assert mark.points == {name: result.score for name, result in given.exercises.items()}


def test_the_gradebook_adds_what_people_and_deadlines_say(course, verdict, out_of, gradebook):
    first, second = course.topic(TOPIC).exercises[:2]
    by_hand, question = course.by_hand[TOPIC][0], course.questions[TOPIC][0]
    cell = f"check-{TOPIC}-{first.name}"
    home = gradebook(
        TOPIC,
        {
            "ada": {
                cell: 1.0,
                cell.replace("check", "exercise"): "See me.",
                f"answer-{question.name}": 2.5,
                "late": 5.0,
            },
            "bob": {f"check-by-hand-{by_hand.name}": 0.5, f"answer-{question.name}": "Which matrix comes first?"},
        },
    )
    before = hashlib.sha256((home / "gradebook.db").read_bytes()).digest()
    states = {first.id: "failed", second.id: "failed"}
    verdicts = [verdict(name, states, assignment=TOPIC, by_hand={by_hand.name: 3.0}) for name in ("ada", "bob", "eve")]
    marks = by_student(out_of(*verdicts, out=home / "verdicts" / TOPIC))
    code = verdicts[0].score

    assert {mark.maximum for mark in marks.values()} == {verdicts[0].max_score + by_hand.points + question.points}
    ada, bob, eve = (marks[name] for name in ("ada", "bob", "eve"))
    assert ada.points[first.id] == 1.0
    assert ada.points[second.id] == verdicts[0].exercises[second.id].score
    assert ada.manual == {by_hand.name: 3.0, question.name: 2.5}
    assert ada.total == code - first.points / 2 + 1.0 + 3.0 + 2.5 - 5
    assert ada.comments == {first.id: "See me."}

    assert bob.manual == {by_hand.name: 0.5, question.name: None}
    assert bob.total == code + 0.5
    assert bob.comments == {question.name: "Which matrix comes first?"}

    assert eve.manual == {by_hand.name: 3.0, question.name: None}, "not in the gradebook yet: nothing is lost by that"
    assert eve.total == code + 3.0
    assert hashlib.sha256((home / "gradebook.db").read_bytes()).digest() == before


def test_a_penalty_takes_no_more_than_there_is(verdict, out_of, gradebook, course):
    home = gradebook(TOPIC, {"ada": {"late": 1000.0}})
    (mark,) = read_marks(out_of(verdict("ada", assignment=TOPIC), out=home / "verdicts" / TOPIC))
    assert (mark.total, mark.late_penalty) == (0, 1000)


def test_a_folder_above_the_results_is_refused(verdict, out_of, tmp_path):
    out_of(verdict("ada", assignment=TOPIC), out=tmp_path / "verdicts" / TOPIC)
    with pytest.raises(AutograderError, match="lie in folders"):
        read_marks(tmp_path / "verdicts")


def test_a_verdict_of_another_course_is_named(verdict, out_of):
    strange = verdict("ada")
    strange.exercises["mlp.unheard_of"] = strange.exercises.popitem()[1]
    with pytest.raises(AutograderError, match=r"ada: a verdict of another course.*unheard_of"):
        read_marks(out_of(strange))


def test_a_gradebook_that_is_none_is_named(verdict, out_of, tmp_path):
    (tmp_path / "gradebook.db").write_text("This is not SQLite, whatever its name says." * 50)
    with pytest.raises(AutograderError, match=r"gradebook\.db: cannot be read"):
        read_marks(out_of(verdict("ada", assignment=TOPIC)))
