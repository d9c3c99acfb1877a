"""Moodle's grading worksheet, filled in. Its headers are in the site's language, so columns are also found by what is
in them; all else stays as it was downloaded."""

import re
from pathlib import Path

from autograder.errors import AutograderError
from autograder.export.filling import Sheet, match, number_in, read_sheet, scaled, summary
from autograder.mark import read_marks

DOWNLOAD = re.compile(r"[^/]+_(?P<id>\d+)_assignsubmission_.*", re.DOTALL)  # a folder or file in a zip of submissions
IDENTIFIER = re.compile(r"\D+ (?P<id>\d+)")  # "Participant 123456"
POINTS = re.compile(r"\d+[.,]\d+")


def write(out: Path, fill: Path, file: Path) -> str:
    """Fill the marks of OUT into `fill`, as `file`."""
    marks = read_marks(out)
    sheet = read_sheet(fill)
    grade = _grade_column(sheet)
    if grade is None or not all(IDENTIFIER.fullmatch(row[0]) for row in sheet.rows):
        raise AutograderError(f"{fill}: not a grading worksheet of Moodle (Identifier, …, Grade, Maximum grade, …).")
    numbers = {found["id"]: row[0] for row in sheet.rows if (found := IDENTIFIER.fullmatch(row[0]))}
    maximum = sheet.rows[0][grade + 1]
    full = number_in(maximum)
    filled = match(marks, sheet, range(grade), lambda student: _names(student, numbers))
    for number, mark in filled.marks.items():
        points = scaled(mark, full)
        sheet.rows[number][grade] = points.replace(".", ",") if "," in maximum else points
    sheet.write(file)
    return summary(file, fill, filled, marks, full)


def _grade_column(sheet: Sheet) -> int | None:
    """Left of the maximum grade, which is the same number of points in every row."""
    for place in range(2, len(sheet.head)):
        values = {row[place] for row in sheet.rows}
        left = [row[place - 1] for row in sheet.rows]
        if len(values) == 1 and POINTS.fullmatch(values.pop()) and all(not v or POINTS.fullmatch(v) for v in left):
            return place - 1
    return None


def _names(student: str, numbers: dict[str, str]) -> list[str]:
    """What may stand in a row for a student: the name, or the identifier with the number in the folder's name."""
    download = DOWNLOAD.fullmatch(student)
    number = download["id"] if download else student
    return [student, numbers[number]] if number in numbers else [student]
