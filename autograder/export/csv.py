"""The marks of a class as one plain table, for a spreadsheet or a script."""

from pathlib import Path

from autograder.files import write_atomically
from autograder.mark import read_marks
from autograder.names import counted
from autograder.tables import cell, csv_text


def write(out: Path, file: Path) -> str:
    """A row per student: total, what counts as full, late penalty, then points by exercise and by hand."""
    marks = read_marks(out)
    exercises = list(dict.fromkeys(name for mark in marks for name in mark.points))
    manual = list(dict.fromkeys(name for mark in marks for name in mark.manual))
    rows = [["student", "total", "maximum", "late_penalty", *exercises, *map(cell, manual)]]
    for mark in marks:
        parts = [*map(mark.points.get, exercises), *map(mark.manual.get, manual)]
        numbers = [mark.total, mark.maximum, mark.late_penalty, *parts]
        rows.append([cell(mark.student), *("" if number is None else f"{number:.2f}" for number in numbers)])
    write_atomically(file, csv_text(rows))
    return f"Marks of {counted(len(marks), 'student')}: {file}"
