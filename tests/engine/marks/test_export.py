"""Exports: a table, Canvas's and Moodle's files filled in."""

import csv
import io

import pytest

from autograder.errors import AutograderError
from autograder.export import export

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (12),Neural nets (4711),Final Score
,,,,,Manual Posting,,(read only)
    Points Possible,,,,,10,{possible},(read only)
"Lovelace, Ada",101,A123,ada@uni.edu,Section 1,7,3,80
"Turing, Alan",102,A124,alan@uni.edu,Section 1,,EX,80
"Hopper, Grace",103,A125,grace@uni.edu,Section 1,,,
"Same, Name",104,A126,x@uni.edu,Section 1,,,
"Same, Name",105,A127,y@uni.edu,Section 1,,,
"Student, Test",106,,b1f2,Section 1,,12,
"""
MOODLE = """\
\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum grade","Last modified (grade)","Feedback comments"
"Participant 123456","Ada Lovelace",ada@uni.edu,"Submitted for grading",87.50,{maximum},-,"<p>Good</p>"
"Participant 123457","Alan Turing",alan@uni.edu,"Submitted for grading",,{maximum},-,
"Participant 123458","=1+1",grace@uni.edu,"No submission",,{maximum},"Friday, 5 June 2026, 3:04 PM",
"""


def rows(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=","))


def test_csv_has_totals_and_points_and_no_formulas(course, verdict, out_of):
    first = course.catalogue.exercises[0]
    out = out_of(verdict("ada", {first.id: "failed"}), verdict("=cmd|' C'!A0"), verdict("@x"), verdict("a,b"))
    line = export(out, "csv")
    head, *table = rows(out / "marks.csv")
    assert head == ["student", "total", "maximum", "late_penalty", *(e.id for e in course.catalogue.exercises)]
    by_name = {row[0]: dict(zip(head, row, strict=True)) for row in table}
    assert set(by_name) == {"ada", "'=cmd|' C'!A0", "'@x", "a,b"}
    assert by_name["ada"]["total"] == f"{100 - first.points / 2:.2f}"
    assert by_name["ada"][first.id] == f"{first.points / 2:.2f}"
    assert str(out / "marks.csv") in line


def test_csv_leaves_what_waits_for_a_person_blank(course, verdict, out_of, gradebook, tmp_path):
    topic = next(topic.name for topic in course.catalogue.topics if course.questions[topic.name])
    question = course.questions[topic][0].name
    home = gradebook(topic, {"ada": {f"answer-{question}": 2.0, "late": 1.0}, "bob": {}})
    out = out_of(*(verdict(name, assignment=topic) for name in ("ada", "bob")), out=home / "verdicts" / topic)
    export(out, "csv", file=tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(newline="") as file:
        found = {row["student"]: (row[question], row["late_penalty"]) for row in csv.DictReader(file)}
    assert found == {"ada": ("2.00", "1.00"), "bob": ("", "0.00")}


def canvas(tmp_path, possible="100", text=CANVAS):
    path = tmp_path / "canvas in.csv"
    path.write_text(text.format(possible=possible), encoding="utf-8")
    return path


def one_column(text=CANVAS):
    return text.replace("Essay (12)", "Essay")


def test_canvas_gets_one_column_and_only_graded_rows(course, verdict, out_of, tmp_path):
    first = course.catalogue.exercises[0]
    right, wrong = verdict("101"), verdict("grace@uni.edu", {first.id: "missing"})
    out = out_of(right, wrong, verdict("alan@uni.edu"), verdict("Same, Name"), verdict("A126"), verdict("=who"))
    said = export(out, "canvas", fill=canvas(tmp_path, text=one_column()))
    assert rows(out / "canvas.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Neural nets (4711)"],
        ["    Points Possible", "", "", "", "", "100"],
        ["Lovelace, Ada", "101", "A123", "ada@uni.edu", "Section 1", "100.00"],
        ["Hopper, Grace", "103", "A125", "grace@uni.edu", "Section 1", f"{100 - first.points:.2f}"],
        ["Same, Name", "104", "A126", "x@uni.edu", "Section 1", "100.00"],
    ]
    assert "Marks of 3 students" in said
    assert "=who (not found)" in said
    assert "Same, Name (several rows)" in said
    assert "alan@uni.edu (not found)" in said, "excused: not overwritten"


def test_canvas_students_are_found_by_the_names_of_downloaded_files(verdict, out_of, tmp_path):
    names = ["lovelaceada_LATE_101_555_mlp", "hoppergrace_103_556_my_work-1", "testing_106_text"]
    out = out_of(*map(verdict, names))
    said = export(out, "canvas", fill=canvas(tmp_path, text=one_column()))
    assert [row[1] for row in rows(out / "canvas.csv")[2:]] == ["101", "103"]
    assert "testing_106_text (not found)" in said


def test_two_submissions_of_one_student_are_named_and_not_entered(verdict, out_of, tmp_path):
    out = out_of(verdict("ada_101_555_a"), verdict("ada_101_556_b"), verdict("103"))
    said = export(out, "canvas", fill=canvas(tmp_path, text=one_column()))
    assert [row[1] for row in rows(out / "canvas.csv")[2:]] == ["103"]
    assert "ada_101_555_a and ada_101_556_b (one row)" in said


def test_canvas_takes_the_column_that_is_called_like_the_course(course, verdict, out_of, tmp_path):
    out = out_of(verdict("101"))
    with pytest.raises(AutograderError, match=r"which assignment\? It has 'Essay', 'Neural nets'"):
        export(out, "canvas", fill=canvas(tmp_path))
    text = CANVAS.replace("Neural nets", course.catalogue.title.upper())
    export(out, "canvas", fill=canvas(tmp_path, text=text))
    assert rows(out / "canvas.csv")[0][-1] == f"{course.catalogue.title.upper()} (4711)"


@pytest.mark.parametrize(
    ("possible", "expected"), [("10", "10.00"), ("100.0", "100.00"), ("", "100.00"), ("0", "100.00")]
)
def test_canvas_marks_are_scaled_to_its_points(verdict, out_of, tmp_path, possible, expected):
    out = out_of(verdict("101"))
    said = export(out, "canvas", fill=canvas(tmp_path, possible, one_column()))
    assert rows(out / "canvas.csv")[-1][-1] == expected
    assert ("Scaled from 100 points to the 10" in said) == (possible == "10")


def test_canvas_with_semicolons_and_bom_stays_so(verdict, out_of, tmp_path):
    text = one_column().replace("Lovelace, Ada", "Lovelace").replace("Turing, Alan", "Turing").replace(",", ";")
    out = out_of(verdict("101"))
    export(out, "canvas", fill=canvas(tmp_path, text="\ufeff" + text))
    written = (out / "canvas.csv").read_text(encoding="utf-8")
    assert written.startswith("\ufeffStudent;ID;")
    assert "\nLovelace;101;A123;ada@uni.edu;Section 1;100.00\n" in written


def moodle(tmp_path, text=MOODLE, maximum="100.00"):
    path = tmp_path / "moodle in.csv"
    path.write_text(text.format(maximum=maximum), encoding="utf-8")
    return path


def test_moodle_grades_are_filled_in_and_the_rest_stays(course, verdict, out_of, tmp_path):
    first = course.catalogue.exercises[0]
    names = ["Ada Lovelace_123456_assignsubmission_file", "alan@uni.edu", "nobody"]
    out = out_of(verdict(names[0], {first.id: "missing"}), *map(verdict, names[1:]))
    said = export(out, "moodle", fill=moodle(tmp_path))
    before, after = rows(moodle(tmp_path)), rows(out / "moodle.csv")
    grades = [row.pop(4) for row in after]
    assert grades == ["Grade", f"{100 - first.points:.2f}", "100.00", ""]
    for row in before:
        row.pop(4)
    assert before[3].pop(1) == "=1+1"
    assert after[3].pop(1) == "'=1+1"
    assert after == before
    assert (out / "moodle.csv").read_text(encoding="utf-8").startswith("\ufeffIdentifier,")
    assert "Marks of 2 students" in said
    assert "nobody (not found)" in said


@pytest.mark.parametrize(
    "name",
    [
        "Ada Lovelace_123456_assignsubmission_file_",
        "Ada Lovelace_123456_assignsubmission_file_mlp",
        "Ada Lovelace_123456",
        "123456",
        "Participant 123456",
    ],
)
def test_moodle_students_are_found_by_the_names_of_downloads(verdict, out_of, tmp_path, name):
    out = out_of(verdict(name))
    export(out, "moodle", fill=moodle(tmp_path))
    assert rows(out / "moodle.csv")[1][4] == "100.00"


def test_a_worksheet_in_another_language_works_too(verdict, out_of, tmp_path):
    head, rest = MOODLE.split("\n", 1)
    german = "\ufeffID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,Geändert,Feedback als Kommentar\n"
    text = german + rest.replace("Participant", "Teilnehmer/in").replace("87.50", '"87,50"').replace(
        "{maximum}", '"{maximum}"'
    )
    out = out_of(verdict("Teilnehmer/in 123456"), verdict("123457"))
    export(out, "moodle", fill=moodle(tmp_path, text, "20,00"))
    assert [row[4] for row in rows(out / "moodle.csv")] == ["Bewertung", "20,00", "20,00", ""]
    assert head.count(",") == german.count(",")


@pytest.mark.parametrize("to", ["canvas", "moodle"])
@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b"a,b\n1,2,3\n"], ids=str)
def test_a_file_from_elsewhere_is_refused_in_one_line(verdict, out_of, tmp_path, to, content):
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    with pytest.raises(AutograderError, match=r"in\.csv: (not|row)") as caught:
        export(out_of(verdict("ada")), to, fill=path)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out" / f"{to}.csv").exists()
