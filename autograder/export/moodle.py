"""Moodle's grading worksheet, filled in, and the zip of feedback files that goes with it. The worksheet's headers are
in the site's language, so columns are found by what is in them; all else stays as it was downloaded."""

import calendar
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path

from autograder.course import Course, find_course
from autograder.downloads import in_moodle
from autograder.errors import AutograderError
from autograder.export.filling import Sheet, match, number_in, read_sheet, scaled, summary
from autograder.feedback import PAGE, page
from autograder.files import write_atomically
from autograder.mark import Mark, read_marks
from autograder.names import display

IDENTIFIER = re.compile(r"(?P<word>[^0-9]+)(?P<number>[0-9]+)")  # "Participant 123456", without a space in German
POINTS = re.compile(r"\d+[.,]\d+")
WHOLE = re.compile(r"\d+")
UNFIT = re.compile(r"""[&<>"`|':\\/_]+""")  # for a file's name in Moodle, or what it splits names at
ENGLISH = {word.casefold() for word in (*calendar.day_name, *calendar.month_name, "am", "pm")}
# "No" in the column "Grade can be changed", in the languages that most sites have.
NO = {
    "no", "nein", "non", "nee", "não", "nej", "nei", "ei", "nie", "ne", "nem", "nu", "нет", "ні", "όχι", "hayır", "לא",
    "لا", "否", "いいえ", "아니요",
}  # fmt: skip

# Why Moodle skips a row without a word. What happens there after the worksheet was downloaded, nobody knows here.
SAME = "Moodle skips {}: the same grade is there already."
LOCKED = "Moodle skips {}: locked there."
ABOVE = "Moodle skips {}: more than its maximum."
UNDATED = (
    "Moodle skips {}, unless you tick 'Allow updating records that have been modified more recently than the "
    "spreadsheet': graded there already, at a date that it can't read back."
)


def write(out: Path, fill: Path, file: Path) -> str:
    """Fill the marks of OUT into `fill`, as `file`, and put the feedback pages of the same students beside it."""
    course = find_course()
    marks = read_marks(out, course)
    sheet = read_sheet(fill)
    grade = _grade_column(sheet)
    if grade is None or not all(IDENTIFIER.fullmatch(row[0]) for row in sheet.rows):
        raise AutograderError(f"{fill}: not a grading worksheet of Moodle (Identifier, …, Grade, Maximum grade, …).")
    numbers = {found["number"]: row for row in sheet.rows if (found := IDENTIFIER.fullmatch(row[0]))}
    maximum = sheet.rows[0][grade + 1]
    full = number_in(maximum)
    filled = match(marks, sheet, range(grade), lambda student: _names(student, numbers))
    skipped: dict[str, list[str]] = {}
    for number, mark in filled.marks.items():
        row = sheet.rows[number]
        points = scaled(mark, full)
        if reason := _skipped(row, grade, points):
            skipped.setdefault(reason, []).append(display(mark.student))
        row[grade] = points.replace(".", ",") if "," in maximum else points
    sheet.write(file)
    lines = [summary(file, fill, filled, marks, full)]
    lines += [reason.format(", ".join(students)) for reason, students in skipped.items()]
    if filled.marks:
        pages = file.with_name(f"{file.stem}_feedback.zip")
        _write_pages(pages, ((sheet.rows[number], mark) for number, mark in filled.marks.items()), course)
        lines.append(f"Their feedback, to upload there as 'multiple feedback files in a zip': {pages}")
    return "\n".join(lines)


def _grade_column(sheet: Sheet) -> int | None:
    """Left of the maximum grade, which is the same number of points in every row; whole ones where a site wants it."""
    for shape in (POINTS, WHOLE):
        for place in range(2, len(sheet.head)):
            values = {row[place] for row in sheet.rows}
            left = [row[place - 1] for row in sheet.rows]
            if len(values) == 1 and shape.fullmatch(values.pop()) and all(not v or shape.fullmatch(v) for v in left):
                return place - 1
    return None


def _names(student: str, numbers: dict[str, list[str]]) -> list[str]:
    """What may stand in a row for a student: the name, or the identifier with the number of a download, where the name
    fits as well: the number of a team is no participant's. In blind marking the name is the identifier's word."""
    if student in numbers:
        return [student, numbers[student][0]]
    download = in_moodle(student)
    row = numbers.get(download["number"]) if download else None
    if download and row and _letters(download["name"]) in map(_letters, row[:2]):
        return [student, row[0]]
    return [student]


def _letters(text: str) -> str:
    """What is left of a name in every form of it."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFC", text).casefold()))


def _skipped(row: list[str], grade: int, points: str) -> str | None:
    """Why Moodle will skip this row with these points, as far as the worksheet shows it."""
    before, rest = row[grade], row[grade + 2 :]
    if before and _number(before) == _number(points):
        return SAME
    if any(value.strip().casefold() in NO for value in rest[:2]):
        return LOCKED
    if _number(points) > _number(row[grade + 1]):
        return ABOVE
    if before and any(map(_is_unreadable_date, rest)):
        return UNDATED
    return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _is_unreadable_date(value: str) -> bool:
    """Moodle reads back English dates only, and takes others for the year 1970."""
    is_date = len(value) < 60 and re.search(r"\d{4}", value) and re.search(r"\d[:.]\d\d", value)
    return bool(is_date) and not ENGLISH.issuperset(re.findall(r"[^\W\d_]+", value.casefold()))


def _write_pages(path: Path, rows: Iterable[tuple[list[str], Mark]], course: Course) -> None:
    """A page each in a folder that is called as in Moodle's own downloads; Moodle goes by the number in it. Made anew,
    so that page and grade agree. Before 4.1, Moodle needs the "_" at the end."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for row, mark in rows:
            download, identifier = in_moodle(mark.student), IDENTIFIER.fullmatch(row[0])
            assert identifier
            name = UNFIT.sub(" ", display(download["name"] if download else row[1])).strip() or "student"
            archive.writestr(f"{name}_{identifier['number']}_assignsubmission_file_/{PAGE}", page(mark, course))
    write_atomically(path, content.getvalue())
