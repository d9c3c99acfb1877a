"""What Canvas and Moodle make of our files, by the rules of their own importers (lib/gradebook_importer.rb there,
mod/assign/feedback/offline and feedback/file here): from the download of a class to the marks in the system, and which
rows are left as they were."""

import csv
import io
import re
import shutil
import zipfile
from datetime import datetime
from pathlib import PurePosixPath

import pytest

from autograder.batch import grade_folder
from autograder.export import export
from autograder.mark import read_marks
from autograder.secret import VARIABLE

TANH = "import numpy as np\ndef tanh(Z):\n    return np.tanh(Z)\n"
SIGMOID = "import numpy as np\ndef sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))\n"
BOTH = TANH + SIGMOID
NOT_ASSIGNMENTS = re.compile("(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")


def canvas_imports(text):
    """Assignment's id -> user's id -> what is entered."""
    semicolons = all(line.count(";") for line in text.splitlines()[:3])
    head, *rows = csv.reader(io.StringIO(text), delimiter=";" if semicolons else ",")
    names = 2 if head[:2] == ["LastName", "FirstName"] else 1
    assert len(head) > 3
    assert head[names] == "ID"
    columns = names + 2
    if head[columns - 1] == "SIS Login ID":
        columns += 1
    elif head[columns - 1 : columns + 1] == ["SIS User ID", "SIS Login ID"]:
        columns += 2 + (head[columns + 1] == "Integration ID")
        columns += head[columns - 1] == "Root Account"
    assert head[columns - 1] == "Section"
    entered = {}
    for place in range(columns, len(head)):
        if NOT_ASSIGNMENTS.search(head[place]):
            continue
        known = re.fullmatch(r".*\s\((\d+)\)", head[place])
        assert known, f"{head[place]} would be a new assignment"
        (possible,) = [row for row in rows if "Points Possible" in row[0]]
        if "read only" not in possible[place]:
            students = [row for row in rows if row is not possible and any(row)]
            entered[known[1]] = {row[names]: row[place].strip() for row in students}
    return entered


ENGLISH = {"id": "Identifier", "grade": "Grade", "modified": "Last modified (grade)", "participant": "Participant "}
GERMAN = {"id": "ID", "grade": "Bewertung", "modified": "Zuletzt geändert (Bewertung)", "participant": "Teilnehmer/in"}


def moodle_imports(text, grades, *, words=ENGLISH, maximum=100.0, locked=(), ticked=False):
    """Participant -> the new grade, of the rows that aren't skipped. `grades`: participant -> what is there, and since
    when."""
    entered = {}
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        number = int(row[words["id"]][len(words["participant"]) :])
        if number not in grades:
            continue
        grade = row[words["grade"]].replace(",", ".")
        try:
            modified = datetime.strptime(row[words["modified"]], "%A, %d %B %Y, %I:%M %p").timestamp()
        except ValueError:
            modified = 0.0
        before, graded = grades[number]
        is_stale = before is not None and graded > modified + 60
        if grade == "" or float(grade) == before or (is_stale and not ticked) or number in locked:
            continue
        if float(grade) <= maximum:
            entered[number] = float(grade)
    return entered


def moodle_takes(archive, participants, pieces):
    """Participant -> file -> content. `pieces`: into how many a folder's name has to fall apart."""
    taken = {}
    with zipfile.ZipFile(archive) as found:
        for name in found.namelist():
            parts = name.split("/")
            assert not PurePosixPath(name).name.startswith((".", "~"))
            while parts:
                info = parts.pop(0).split("_", 4)
                if len(info) >= pieces and info[1].isdigit() and int(info[1]) in participants:
                    assert info[2:4] == ["assignsubmission", "file"]
                    file = "/".join([*info[4:], *parts]).strip("/")
                    taken.setdefault(int(info[1]), {})[file] = found.read(name).decode()
                    break
    return taken


def make(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def graded(course, tmp_path, monkeypatch):
    """`graded(files)`: OUT of a class that was downloaded as these files, once as a folder and again as the zip."""
    monkeypatch.setenv(VARIABLE, "of these tests")

    def grade(files):
        download, out = make(tmp_path / "class", files), tmp_path / "out"
        options = {"assignment": "activations", "allow_contained": True}
        grade_folder(download, out, course, **options)
        shutil.make_archive(str(download), "zip", download)
        again = grade_folder(tmp_path / "class.zip", out, course, **options, resume=True)
        assert again.resumed == len(again.graded), "another submission in the zip"
        return out

    return grade


CANVAS_CLASS = {
    "lovelaceada_LATE_101_555_activations-1.py": BOTH,
    "hoppergrace_103_556_one.py": TANH,
    "hoppergrace_103_557_other.py": SIGMOID,
    "turingalan_102_text.html": "<p>done",
}
GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Integration ID,Section,Essay (12),activations (4711),Final Score
    Points Possible,,,,,,10,{full},(read only)
"Hopper, Grace",103,A125,grace,,1,7,,
"Lovelace, Ada",101,A123,ada,,1,7,3,80
"Turing, Alan",102,A124,alan,,1,7,,
"Curie, Marie",104,A126,marie,,1,7,50,
"""


def test_a_class_goes_from_canvas_and_back(graded, course, tmp_path, capsys):
    out = graded(CANVAS_CLASS)
    said = capsys.readouterr().err
    assert said.count("class.zip: a download of Canvas, 3 students.") == 1
    assert said.count(f"1 student handed in late, says Canvas: 1 day each in {out / 'late.csv'}; change it there.") == 1
    marks = {mark.student: mark for mark in read_marks(out, course)}
    assert marks["lovelaceada_101"].late_penalty == course.late_points_per_day
    assert marks["lovelaceada_101"].points == marks["hoppergrace_103"].points
    assert marks["turingalan_102"].verdict.output == "turingalan_102: no .py file or notebook in it."
    full = marks["turingalan_102"].maximum
    sheet = tmp_path / "grades.csv"
    sheet.write_text(GRADEBOOK.replace("Essay (12)", "Essay").format(full=full), encoding="utf-8")
    export(out, "canvas", fill=sheet)
    assert canvas_imports((out / "canvas.csv").read_text()) == {
        "4711": {
            "101": f"{marks['lovelaceada_101'].total:.2f}",
            "102": "0.00",
            "103": f"{marks['hoppergrace_103'].total:.2f}",
        }
    }


def test_canvas_with_first_and_last_names_apart_is_filled_in(verdict, out_of, tmp_path):
    text = re.sub("^([^,]*),", "\\1,,", GRADEBOOK.format(full=100).replace('"', ""), flags=re.MULTILINE)
    text = text.replace("Student,,", "LastName,FirstName,").replace("Essay (12)", "Essay")
    text = re.sub("^([A-Z][a-z]+),, ", "\\1,", text, flags=re.MULTILINE)
    (tmp_path / "grades.csv").write_text(text, encoding="utf-8")
    out = out_of(verdict("lovelaceada_101"))
    export(out, "canvas", fill=tmp_path / "grades.csv")
    assert canvas_imports((out / "canvas.csv").read_text()) == {"4711": {"101": "100.00"}}


MOODLE_CLASS = {
    "Ada Lovelace_123456_assignsubmission_file/mlp/activations.py": BOTH,
    "Grace Hopper_123458_assignsubmission_file_/one.py": TANH,
    "Grace Hopper_123458_assignsubmission_onlinetext_/onlinetext.html": "<p>done",
    "Alan Turing_123457_assignsubmission_onlinetext/onlinetext.html": "<p>done",
}
HEAD = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"'
)
ROW = '"Participant {}","{}",x@uni.edu,"Submitted for grading",{},{},{},"Friday, 5 June 2026, 3:04 PM",{},'
DATE = '"Friday, 5 June 2026, 3:04 PM"'


def worksheet(path, *rows, head=HEAD):
    path.write_text("\ufeff" + "\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_class_goes_from_moodle_and_back(graded, course, tmp_path):
    out = graded(MOODLE_CLASS)
    marks = {mark.student: mark for mark in read_marks(out, course)}
    full = marks["Ada Lovelace_123456"].maximum
    people = {123456: "Ada Lovelace", 123457: "Alan Turing", 123458: "Grace Hopper", 123459: "Marie Curie"}
    rows = [ROW.format(number, name, "", f"{full:.2f}", "Yes", "-") for number, name in people.items()]
    said = export(out, "moodle", fill=worksheet(tmp_path / "x.csv", *rows))
    totals = {int(name.rpartition("_")[2]): mark.total for name, mark in marks.items()}
    assert len(totals) == 3
    assert totals[123456] > totals[123458] > totals[123457] == 0
    text = (out / "moodle.csv").read_text(encoding="utf-8")
    assert moodle_imports(text, dict.fromkeys(people, (None, 0)), maximum=full) == totals
    assert "skips" not in said
    assert f": {out / 'moodle_feedback.zip'}" in said
    for pieces in (4, 5):  # since Moodle 4.1, and before
        pages = moodle_takes(out / "moodle_feedback.zip", people, pieces)
        assert {number: list(files) for number, files in pages.items()} == {key: ["feedback.html"] for key in totals}
        for number, files in pages.items():
            others = [name for other, name in people.items() if other != number]
            assert people[number] in files["feedback.html"]
            assert not [name for name in others if name in files["feedback.html"]]


def test_each_row_that_moodle_skips_is_named_with_its_reason(course, verdict, out_of, tmp_path):
    later = datetime(2026, 6, 5, 15, 4, 30).timestamp()
    cases = {  # grade there, whether it can be changed, when it was graded
        1: ("", "Yes", "-"),
        2: ("100.00", "Yes", DATE),
        3: ("50.00", "Yes", DATE),
        4: ("50.00", "No", DATE),
        5: ("50.00", "Yes", '"Freitag, 5. Juni 2026, 15:04"'),
        6: ("0.00", "Yes", DATE),
    }
    rows = [ROW.format(n, f"Student {n}", grade, "100.00", can, when) for n, (grade, can, when) in cases.items()]
    out = out_of(*(verdict(f"Student {n}_{n}") for n in cases))
    said = export(out, "moodle", fill=worksheet(tmp_path / "x.csv", *rows))
    there = {n: (float(grade) if grade else None, later) for n, (grade, _, _) in cases.items()}
    text = (out / "moodle.csv").read_text(encoding="utf-8")
    assert sorted(moodle_imports(text, there, locked={4})) == [1, 3, 6]
    assert sorted(moodle_imports(text, there, locked={4}, ticked=True)) == [1, 3, 5, 6]
    assert [line for line in said.splitlines() if "skips" in line] == [
        "Moodle skips Student 2_2: the same grade is there already.",
        "Moodle skips Student 4_4: locked there.",
        "Moodle skips Student 5_5, unless you tick 'Allow updating records that have been modified more recently than "
        "the spreadsheet': graded there already, at a date that it can't read back.",
    ]


def test_an_assignment_without_points_there_is_said(verdict, out_of, tmp_path):
    sheet = worksheet(tmp_path / "x.csv", ROW.format(1, "Ada", "", "0.00", "Yes", "-"))
    out = out_of(verdict("Ada_1"))
    assert "Moodle skips Ada_1: more than its maximum." in export(out, "moodle", fill=sheet)
    assert moodle_imports((out / "moodle.csv").read_text(), {1: (None, 0)}, maximum=0.0) == {}


def test_a_german_blind_worksheet_in_whole_points_is_filled_in(verdict, out_of, tmp_path):
    head = 'ID,Status,Bewertung,Bestwertung,"Bewertung kann geändert werden","Zuletzt geändert (Bewertung)"'
    row = "Teilnehmer/in{},Zur Bewertung abgegeben,{},20,{},{}"
    date = '"Freitag, 5. Juni 2026, 15:04"'
    rows = [row.format(77, "", "Ja", "-"), row.format(78, 5, "Ja", date), row.format(79, "", "Nein", "-")]
    out = out_of(*(verdict(f"Teilnehmerin_{number}") for number in (77, 78, 79)))
    said = export(out, "moodle", fill=worksheet(tmp_path / "x.csv", *rows, head=head))
    text = (out / "moodle.csv").read_text(encoding="utf-8")
    there = {77: (None, 0), 78: (5.0, 1.0e9), 79: (None, 0)}
    rules = {"words": GERMAN, "maximum": 20.0, "locked": {79}}
    assert moodle_imports(text, there, **rules) == {77: 20.0}
    assert moodle_imports(text, there, **rules, ticked=True) == {77: 20.0, 78: 20.0}
    assert "skips Teilnehmerin_79: locked" in said
    assert "skips Teilnehmerin_78, unless" in said
    with zipfile.ZipFile(out / "moodle_feedback.zip") as archive:
        assert archive.namelist() == [
            f"Teilnehmerin_{number}_assignsubmission_file_/feedback.html" for number in (77, 78, 79)
        ]


def test_the_number_of_a_team_is_nobodys(verdict, out_of, tmp_path):
    """Moodle's folders of teams have the team's number, which may be a participant's as well."""
    sheet = worksheet(tmp_path / "x.csv", ROW.format(45, "Ada Lovelace", "", "100.00", "Yes", "-"))
    out = out_of(verdict("Team 1_45"))
    assert "Team 1_45 (not found)" in export(out, "moodle", fill=sheet)
    assert not (out / "moodle_feedback.zip").exists()


@pytest.mark.parametrize("name", ["../../up", "a_b/c", "\x1b[31m\n", "..", "<b>&amp;", "\udcff", "=1+1"])
def test_a_hostile_name_in_the_worksheet_is_harmless_in_the_zip(verdict, out_of, tmp_path, name):
    with (tmp_path / "x.csv").open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file).writerows([HEAD.replace('"', "").split(","), ["Participant 7", name, "ada", "", "", "100.00"]])
    out = out_of(verdict("ada"))
    export(out, "moodle", fill=tmp_path / "x.csv")
    with zipfile.ZipFile(out / "moodle_feedback.zip") as archive:
        (entry,) = archive.namelist()
    folder, file = entry.split("/")
    assert re.fullmatch(r"[^_]*_7_assignsubmission_file_", folder)
    assert folder.isprintable()
    assert file == "feedback.html"
    assert list(moodle_takes(out / "moodle_feedback.zip", {7}, 5)) == [7]
