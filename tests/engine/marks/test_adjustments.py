"""What a person writes into adjust.csv and late.csv enters every mark."""

import pytest

from autograder.errors import AutograderError
from autograder.export.csv import write
from autograder.feedback import write_feedback
from autograder.mark import read_marks


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
    text = page(out / "bob" / "feedback.html").text
    assert "Your teacher says: Shown by a friend." in text
    assert f"{bob.late_penalty:g} points were taken off because it came late." in text
    write(out, out / "marks.csv")
    assert f"bob,{bob.total:.2f},100.00,{bob.late_penalty:.2f}," in (out / "marks.csv").read_text()


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
