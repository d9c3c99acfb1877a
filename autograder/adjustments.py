"""What a person adds to the marks of a class that was graded from plain folders: OUT/adjust.csv and OUT/late.csv in,
one `Entry` per student out. Called by `mark`. Grading never touches these files, so they hold after any regrading.

adjust.csv has the columns student, exercise, points, reason: points are added to those of the exercise, or taken off
where they are negative. late.csv has student, days: what course.toml says is taken off for each day."""

import csv
import math
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from autograder.course import Course
from autograder.entry import Entry, Grade
from autograder.errors import AutograderError
from autograder.names import display

ADJUST, LATE = "adjust.csv", "late.csv"


def read_adjustments(out: Path, course: Course, students: Collection[str]) -> dict[str, Entry]:
    """By student. AutograderError names the line that makes no sense: a mark must not be lost by a slip of the pen."""
    entries: dict[str, Entry] = {}
    for where, row in _rows(out / ADJUST, ("student", "exercise", "points", "reason"), students):
        try:
            name = course.catalogue.find(row["exercise"]).id
        except KeyError as unknown:
            raise AutograderError(f"{where}: {unknown.args[0]}.") from None
        cell, entry = f"check-{name.replace('.', '-')}", entries.get(row["student"], Entry())
        before = entry.grades[cell].extra if cell in entry.grades else 0.0
        grade = Grade(None, None, before + _number(row["points"], where), 0.0, waits=False)
        said = "\n".join(filter(None, (entry.comments.get(cell), row["reason"])))
        entries[row["student"]] = replace(
            entry, grades=entry.grades | {cell: grade}, comments=entry.comments | {cell: said}
        )
    for where, row in _rows(out / LATE, ("student", "days"), students):
        days = _number(row["days"], where)
        if days < 0:
            raise AutograderError(f"{where}: {days:g} days late makes no sense.")
        entry = entries.get(row["student"], Entry())
        entries[row["student"]] = replace(entry, late_penalty=math.ceil(days) * course.late_points_per_day)
    return entries


def _rows(path: Path, columns: tuple[str, ...], students: Collection[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row with the place where it stands; commas or semicolons, as spreadsheets write them."""
    if not path.exists():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as problem:
        raise AutograderError(f"{path}: cannot be read as text in UTF-8 ({problem}).") from None
    lines = text.splitlines()
    table = csv.DictReader(lines, delimiter=";" if lines and ";" in lines[0] else ",")
    if missing := [name for name in columns if name not in (table.fieldnames or ())]:
        raise AutograderError(
            f"{path}: its first line has to name the columns {', '.join(columns)}; {missing[0]} is missing."
        )
    for row in table:
        where = f"{path}, line {table.line_num}"
        cells = {name: (row[name] or "").strip() for name in columns}
        name = cells["student"].removeprefix("'")
        if not any(cells.values()):
            continue
        if name not in students:
            raise AutograderError(f"{where}: no student {display(name)} was graded.")
        yield where, {**cells, "student": name}


def _number(text: str, where: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise AutograderError(f"{where}: {display(text)!r} is no number.")
    return number
