"""What a person adds to the marks of a class that was graded from plain folders: OUT/adjust.csv and OUT/late.csv in,
one `Entry` per student out. Called by `mark`. Grading never touches a row of these files, so that they hold after any
regrading; it only adds students whom a download calls late (`batch`).

adjust.csv has the columns student, exercise, points, reason: points are added to those of the exercise, or taken off
where they are negative. late.csv has student, days: what course.toml says is taken off for each day."""

import csv
import math
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from autograder.cell_ids import check_cell
from autograder.course import Course
from autograder.entry import Entry, Grade
from autograder.errors import AutograderError
from autograder.files import write_atomically
from autograder.names import display
from autograder.tables import cell, csv_text

ADJUST, LATE = "adjust.csv", "late.csv"


def read_adjustments(out: Path, course: Course, students: Collection[str]) -> dict[str, Entry]:
    """By student. AutograderError names the line that makes no sense: a mark must not be lost by a slip of the pen."""
    entries: dict[str, Entry] = {}
    for where, row in _rows(out / ADJUST, ("student", "exercise", "points", "reason"), students):
        try:
            name = course.catalogue.find(row["exercise"]).id
        except KeyError as unknown:
            raise AutograderError(f"{where}: {unknown.args[0]}.") from None
        check, entry = check_cell(name), entries.get(row["student"], Entry())
        before = entry.grades[check].extra if check in entry.grades else 0.0
        grade = Grade(None, None, before + _number(row["points"], where), 0.0, waits=False)
        said = "\n".join(filter(None, (entry.comments.get(check), row["reason"])))
        entries[row["student"]] = replace(
            entry, grades=entry.grades | {check: grade}, comments=entry.comments | {check: said}
        )
    for where, row in _rows(out / LATE, ("student", "days"), students):
        days = _number(row["days"], where)
        if days < 0:
            raise AutograderError(f"{where}: {days:g} days late makes no sense.")
        entry = entries.get(row["student"], Entry())
        entries[row["student"]] = replace(entry, late_penalty=math.ceil(days) * course.late_points_per_day)
    return entries


def add_late(out: Path, students: Collection[str]) -> int:
    """Enter students with one day each, where late.csv says nothing of them yet; how many were entered. One day is the
    least that late can mean."""
    if not students:
        return 0
    path, columns = out / LATE, ("student", "days")
    text = _text(path) if path.exists() else f"{','.join(columns)}\n"
    entered = {row["student"] for _, row in _table(path, text, columns)}
    if not (new := [student for student in students if _written(student) not in entered]):
        return 0
    head = text.removeprefix("\ufeff").splitlines()[0]
    names = next(csv.reader([head], delimiter=_delimiter(head)))
    ending = "\r\n" if "\r\n" in text else "\n"
    added = ({"student": cell(student), "days": "1"} for student in new)
    rows = ([row.get(name, "") for name in names] for row in added)
    before = text if text.endswith(("\n", "\r")) else text + ending
    write_atomically(path, before + csv_text(rows, _delimiter(head), ending))
    return len(new)


def _rows(path: Path, columns: tuple[str, ...], students: Collection[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with the place where it stands."""
    if not path.exists():
        return
    names = {_written(student): student for student in students}
    for where, row in _table(path, _text(path), columns):
        if row["student"] not in names:
            raise AutograderError(f"{where}: no student {display(row['student'])} was graded.")
        yield where, {**row, "student": names[row["student"]]}


def _written(student: str) -> str:
    """A name as it is in a table, without what keeps spreadsheets from taking it for a formula."""
    return cell(student).removeprefix("'").strip()


def _table(path: Path, text: str, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with the place where it stands; commas or semicolons, as spreadsheets write them."""
    lines = text.removeprefix("\ufeff").splitlines()
    table = csv.DictReader(lines, delimiter=_delimiter(lines[0]) if lines else ",")
    if missing := [name for name in columns if name not in (table.fieldnames or ())]:
        raise AutograderError(
            f"{path}: its first line has to name the columns {', '.join(columns)}; {missing[0]} is missing."
        )
    for row in table:
        cells = {name: (row[name] or "").strip() for name in columns}
        if any(cells.values()):
            yield f"{path}, line {table.line_num}", {**cells, "student": cells["student"].removeprefix("'")}


def _delimiter(head: str) -> str:
    return ";" if ";" in head else ","


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, ValueError) as problem:
        raise AutograderError(f"{path}: cannot be read as text in UTF-8 ({problem}).") from None


def _number(text: str, where: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise AutograderError(f"{where}: {display(text)!r} is no number.")
    return number
