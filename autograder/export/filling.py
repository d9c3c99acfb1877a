"""A CSV that another system exported, its students and ours. Called by `canvas` and `moodle`."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import AutograderError
from autograder.files import write_atomically
from autograder.mark import Mark
from autograder.names import counted, display
from autograder.tables import cell, csv_text

BOM = "\ufeff"
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


@dataclass
class Sheet:
    """A CSV file: what is needed to write it as it was read."""

    head: list[str]
    rows: list[list[str]]
    delimiter: str
    bom: bool

    def write(self, path: Path) -> None:
        rows = [self.head, *([harmless(value) for value in row] for row in self.rows)]
        write_atomically(path, BOM * self.bom + csv_text(rows, self.delimiter))


@dataclass
class Filled:
    """Which mark goes into which row, by its number, and the students that have none."""

    marks: dict[int, Mark] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_sheet(path: Path) -> Sheet:
    try:
        text = path.read_text(encoding="utf-8")
        delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        head, *rows = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=delimiter)
    except OSError as problem:
        raise AutograderError(f"{path}: cannot be read ({problem.strerror}).") from None
    except (ValueError, csv.Error) as problem:
        raise AutograderError(f"{path}: not a CSV file ({problem}). Export it again.") from None
    if longer := [number for number, row in enumerate(rows, start=1) if len(row) > len(head)]:
        raise AutograderError(f"{path}: row {longer[0]} has more cells than the header. Export it again.")
    rows = [row + [""] * (len(head) - len(row)) for row in rows if any(row)]
    return Sheet(head, rows, delimiter, text.startswith(BOM))


def match(
    marks: Sequence[Mark], sheet: Sheet, columns: Sequence[int], names_of: Callable[[str], Sequence[str]]
) -> Filled:
    """Find each student's row: by the first of the names that `names_of` gives, in any of `columns` in turn, then by
    the next."""
    found: dict[int, list[Mark]] = {}
    filled = Filled()
    for mark in marks:
        tries = ((name, column) for name in names_of(mark.student) for column in columns)
        hits = ([i for i, row in enumerate(sheet.rows) if row[column] == name] for name, column in tries)
        rows = next((hit for hit in hits if hit), [])
        if len(rows) == 1:
            found.setdefault(rows[0], []).append(mark)
        else:
            filled.problems.append(f"{display(mark.student)} ({'several rows' if rows else 'not found'})")
    for number, claims in found.items():
        if len(claims) == 1:
            filled.marks[number] = claims[0]
        else:
            filled.problems.append(f"{' and '.join(display(mark.student) for mark in claims)} (one row)")
    return filled


def scaled(mark: Mark, full: float | None) -> str:
    """The total as the other system's points, where it takes `full` as full."""
    return f"{mark.total if full is None else mark.total * full / mark.maximum:.2f}"


def number_in(text: str) -> float | None:
    """A positive number with a decimal point or comma; None for anything else."""
    text = text.strip()
    return (float(text.replace(",", ".")) or None) if NUMBER.fullmatch(text) else None


def harmless(value: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers and a lone dash aren't."""
    return value if value == "-" or NUMBER.fullmatch(value) else cell(value)


def summary(file: Path, sheet: Path, filled: Filled, marks: Sequence[Mark], full: float | None) -> str:
    """Lines for people: what was written, and who is not in it."""
    lines = [f"Marks of {counted(len(filled.marks), 'student')}: {file}"]
    if full is not None and full != marks[0].maximum:
        lines.append(f"Scaled from {marks[0].maximum:g} points to the {full:g} that it counts as full.")
    if filled.problems:
        lines.append(f"Not entered, no row of their own in {sheet}: {', '.join(filled.problems)}.")
    return "\n".join(lines)
