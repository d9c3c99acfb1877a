"""Canvas's gradebook CSV, filled in: one assignment's column, and only rows of students who were graded, since a blank
cell would clear what stands there."""

import re
from pathlib import Path

from autograder.course import find_course
from autograder.downloads import in_canvas
from autograder.errors import AutograderError
from autograder.export.filling import Sheet, match, number_in, read_sheet, scaled, summary
from autograder.mark import read_marks

KEYS = ("ID", "SIS User ID", "SIS Login ID", "Student")  # how Canvas finds a student, in this order
COLUMN = re.compile(r"(?P<title>.*)\s\(\d+\)")  # an assignment's, with its id
HEADS = (["Student", "ID"], ["LastName", "FirstName", "ID"])  # how its header begins


def write(out: Path, fill: Path, file: Path) -> str:
    """Fill the marks of OUT into `fill`, as `file`."""
    course = find_course()
    marks = read_marks(out, course)
    sheet = read_sheet(fill)
    if not any(sheet.head[: len(head)] == head for head in HEADS) or "Section" not in sheet.head:
        raise AutograderError(f"{fill}: not a gradebook of Canvas (its header begins Student,ID). Export it there.")
    possible = next((row for row in sheet.rows if "Points Possible" in row[0]), None)
    if possible is None:
        raise AutograderError(f"{fill}: has no row 'Points Possible'. Export the gradebook again.")
    assignment = marks[0].assignment
    titles = [assignment, course.topic(assignment).title] if assignment else [course.catalogue.title]
    column = _column(sheet, possible, titles, fill)
    ids = range(sheet.head.index("Section") + 1)
    full = number_in(possible[column])

    students = [row for row in sheet.rows if row is not possible and row[column].strip().upper() != "EX"]
    graded = Sheet(sheet.head, students, sheet.delimiter, sheet.bom)
    keys = [sheet.head.index(key) for key in KEYS if key in sheet.head]
    filled = match(marks, graded, keys, _names)
    rows = [[*(students[i][j] for j in ids), scaled(mark, full)] for i, mark in sorted(filled.marks.items())]
    rows.insert(0, [*(possible[j] for j in ids), possible[column]])
    Sheet([*(sheet.head[j] for j in ids), sheet.head[column]], rows, sheet.delimiter, sheet.bom).write(file)
    return summary(file, fill, filled, marks, full)


def _column(sheet: Sheet, possible: list[str], titles: list[str], fill: Path) -> int:
    """The assignment's column: the only one, or the one that is called like it."""
    columns = {
        place: found["title"]
        for place in range(sheet.head.index("Section") + 1, len(sheet.head))
        if (found := COLUMN.fullmatch(sheet.head[place])) and "(read only)" not in possible[place]
    }
    wanted = {title.casefold() for title in titles}
    fitting = list(columns) if len(columns) == 1 else [p for p, title in columns.items() if title.casefold() in wanted]
    if len(fitting) != 1:
        raise AutograderError(
            f"{fill}: which assignment? It has {', '.join(map(repr, columns.values())) or 'none'}. "
            f"Leave one of them in it, or call one {titles[0]!r}."
        )
    return fitting[0]


def _names(student: str) -> list[str]:
    """What may stand in a row for a student: the name, or the user's id in the name of a download."""
    download = in_canvas(student)
    return [student, download["number"]] if download else [student]
