"""What a person writes into adjust.csv and late.csv enters every mark."""

import pytest

from autograder.adjustments import add_late
from autograder.errors import AutograderError
from autograder.export.csv import write
from autograder.feedback import write_feedback
from autograder.mark import read_marks
from autograder.report import write_report


def test_points_and_days_enter_the_mark_the_feedback_and_the_export(course, verdict, out_of, page):
    exercise, other = course.catalogue.exercises[:2]
    out = out_of(verdict("ada", {exercise.id: "failed"}), verdict("bob"))
    (out / "adjust.csv").write_text(
        f"student;exercise;points;reason\nada;{exercise.name};0,5;Right idea.\nada;{exercise.id};0,25;And neat.\n"
        f"bob;{other.id};-1;Shown by a friend.\n",
        encoding="utf-8-sig",
    )
    (out / "late.csv").write_text("student,days\nbob,1.2\n\n", encoding="utf-8")
    ada, bob = read_marks(out, course)
    assert ada.points[exercise.id] == exercise.points / 2 + 0.75
    assert ada.comments == {exercise.id: "Right idea.\nAnd neat."}
    assert bob.late_penalty == 2 * course.late_points_per_day
    assert bob.total == 100 - 1 - bob.late_penalty
    write_feedback(out)
    text = page(out / "ada" / "feedback.html").text
    by_tests, made = exercise.points / 2, exercise.points / 2 + 0.75
    assert f"The tests gave {by_tests:g} points; your teacher made it {made:g}." in text
    text = page(out / "bob" / "feedback.html").text
    assert "Your teacher says: Shown by a friend." in text
    assert f"{bob.late_penalty:g} points were taken off because it came late." in text
    write_report(out)
    assert f" bob {bob.total:g} {bob.late_penalty:g} " in page(out / "report.html").text
    write(out, out / "marks.csv")
    assert f"bob,{bob.total:.2f},100.00,{bob.late_penalty:.2f}," in (out / "marks.csv").read_text()


def test_an_exercise_that_a_person_filled_up_has_no_points_to_get(course, verdict, out_of, page):
    exercise = course.catalogue.exercises[0]
    out = out_of(verdict("ada", {exercise.id: "failed"}))
    (out / "adjust.csv").write_text(f"student,exercise,points,reason\nada,{exercise.name},{exercise.points},Almost.\n")
    write_feedback(out)
    assert f"Next: {exercise.name} , not right yet. " in page(out / "ada" / "feedback.html").text


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("adjust.csv", "student,points\n", "its first line has to name the columns student, exercise, points, reason"),
        (
            "adjust.csv",
            "student,exercise,points,reason\neve,relu,1,x\n",
            "adjust.csv, line 2: no student eve was graded",
        ),
        (
            "adjust.csv",
            "student,exercise,points,reason\nada,rely,1,x\n",
            "There is no exercise 'rely'. Did you mean: relu",
        ),
        ("adjust.csv", "student,exercise,points,reason\nada,relu,nan,x\n", "line 2: 'nan' is no number"),
        ("late.csv", "student,days\nada,-1\n", "late.csv, line 2: -1 days late makes no sense"),
        ("late.csv", b"\xff\xfe", "cannot be read as text in UTF-8"),
    ],
    ids=["columns", "student", "exercise", "number", "days", "encoding"],
)
def test_a_slip_of_the_pen_is_said_with_its_line(course, verdict, out_of, name, text, said):
    out = out_of(verdict("ada"))
    (out / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(AutograderError) as error:
        read_marks(out, course)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("before", "added", "after"),
    [
        (None, 3, 'student,days\nada,1\n\'=1+1,1\n"x,y",1\n'),
        ("student,days\nada,0\nbob,3", 2, 'student,days\nada,0\nbob,3\n\'=1+1,1\n"x,y",1\n'),
        (
            "\ufeffdays;why;student\r\n0,5;ill;'=1+1\r\n",
            2,
            "\ufeffdays;why;student\r\n0,5;ill;'=1+1\r\n1;;ada\r\n1;;x,y\r\n",
        ),
    ],
    ids=["none", "comma", "semicolon"],
)
def test_late_students_are_entered_and_no_row_is_changed(tmp_path, before, added, after):
    path = tmp_path / "late.csv"
    if before is not None:
        path.write_bytes(before.encode())
    students = ["ada", "=1+1", "x,y"]
    assert add_late(tmp_path, students) == added
    assert path.read_bytes().decode() == after
    assert add_late(tmp_path, students) == 0
    assert path.read_bytes().decode() == after


def test_nobody_late_needs_no_file(tmp_path):
    assert add_late(tmp_path, []) == 0
    assert not (tmp_path / "late.csv").exists()


def test_a_name_that_is_no_text_can_be_late(course, verdict, out_of):
    out = out_of(verdict("\udcff_101"), verdict("bob"))
    assert add_late(out, ["\udcff_101"]) == 1
    penalties = {mark.student: mark.late_penalty for mark in read_marks(out, course)}
    assert penalties == {"\udcff_101": course.late_points_per_day, "bob": 0}
