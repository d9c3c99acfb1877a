"""One report of the whole class: marks in, OUT/report.html out, and its tables as report.csv, mistakes.csv and
similar.csv. Called by the command line and `demo`."""

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from autograder import charts
from autograder.course import find_course
from autograder.feedback import PAGE
from autograder.files import write_atomically
from autograder.mark import Mark, read_marks
from autograder.names import counted, folder_of
from autograder.pages import render
from autograder.similarity import Alike, alike
from autograder.tables import cell, csv_text
from autograder.verdict import STATES, ExerciseResult, Verdict

REPORT, TABLE, MISTAKES, SIMILAR = "report.html", "report.csv", "mistakes.csv", "similar.csv"
BANDS = 10  # of the distribution
TROUBLE = ("took too long", "asked for too much memory", "ended the process")  # as `kit.student` says it


@dataclass(frozen=True)
class Row:
    """How the class did on one exercise."""

    exercise: str
    counts: dict[str, int]  # by state
    mean: float  # points
    max_score: float


@dataclass(frozen=True)
class Mistake:
    """What several students did wrong in one exercise."""

    exercise: str
    id: str
    sentence: str
    students: list[str]


def write_report(out: Path) -> str:
    """Write the report on the class in OUT; returns a line for people."""
    course = find_course()
    marks = read_marks(out, course)
    verdicts = [mark.verdict for mark in marks]
    rows = rows_of(marks)
    page = render(
        REPORT,
        title=course.topic(marks[0].assignment).title if marks[0].assignment else course.catalogue.title,
        marks=marks,
        totals=[mark.total for mark in marks],
        mean=statistics.fmean(mark.total for mark in marks),
        median=statistics.median(mark.total for mark in marks),
        maximum=marks[0].maximum,
        bands=(bands := bands_of(marks)),
        distribution=charts.distribution([count for _, count in reversed(bands)], marks[0].maximum),
        states=STATES,
        rows=rows,
        chart=charts.states({row.exercise: row.counts for row in rows}, STATES),
        similar=(similar := alike(verdicts)),
        mistakes=(mistakes := mistakes_of(verdicts)),
        people=[(mark.student, reasons) for mark in marks if (reasons := reasons_for_a_person(mark.verdict))],
        waiting=[mark.student for mark in marks if None in mark.manual.values()],
        links={mark.student: link for mark in marks if (link := _link(out, mark.student))},
        seconds=sum(verdict.execution_time for verdict in verdicts),
        slowest=max(verdicts, key=lambda verdict: verdict.execution_time),
        isolation=sorted({verdict.isolation for verdict in verdicts}),
        versions=sorted({verdict.tests_version for verdict in verdicts}),
    )
    write_atomically(out / REPORT, page)
    write_atomically(out / TABLE, csv_text(_table(rows)))
    write_atomically(out / MISTAKES, csv_text(_table_of_mistakes(mistakes)))
    write_atomically(out / SIMILAR, csv_text(_table_of_similar(similar)))
    return f"Report on {counted(len(marks), 'submission')}: {out / REPORT} (its tables: {TABLE}, {MISTAKES}, {SIMILAR})"


def rows_of(marks: Sequence[Mark]) -> list[Row]:
    """One row for each exercise, in the course's order."""
    results: dict[str, list[tuple[ExerciseResult, float]]] = {}
    for mark in marks:
        for name, result in mark.verdict.exercises.items():
            results.setdefault(name, []).append((result, mark.points[name]))
    return [
        Row(
            name,
            dict(Counter(result.state for result, _ in found)),
            statistics.fmean(points for _, points in found),
            found[0][0].max_score,
        )
        for name, found in results.items()
    ]


def mistakes_of(verdicts: Sequence[Verdict]) -> list[Mistake]:
    """What was named as the cause of a failure, the most common first."""
    found: dict[tuple[str, str], Mistake] = {}
    for verdict in verdicts:
        for test in verdict.tests:
            if test.mistake:
                mistake = found.setdefault(
                    (test.exercise, test.mistake), Mistake(test.exercise, test.mistake, test.cause, [])
                )
                if verdict.student not in mistake.students:
                    mistake.students.append(verdict.student)
    return sorted(found.values(), key=lambda mistake: -len(mistake.students))


def bands_of(marks: Sequence[Mark]) -> list[tuple[str, int]]:
    """The distribution: how many marks lie in each tenth of what counts as full, the highest one first.

    A band reaches up to where the next one begins; the highest one includes its upper end."""
    tenths = Counter(min(int(BANDS * mark.total / mark.maximum), BANDS - 1) for mark in marks)
    width = 100 // BANDS
    return [(f"{width * band} to {width * (band + 1)} %", tenths[band]) for band in reversed(range(BANDS))]


def reasons_for_a_person(verdict: Verdict) -> list[str]:
    """Why someone should look at a submission: it was not read or loaded wholly, or a call had to be stopped."""
    said = (test.outcome.rpartition("\n")[2] for test in verdict.tests if not test.passed)
    stopped = [line for line in said if any(words in line for words in TROUBLE)]
    return list(dict.fromkeys([*filter(None, verdict.output.split("\n")), *stopped]))


def _link(out: Path, student: str) -> str | None:
    folder = folder_of(student)
    return quote(f"{folder}/{PAGE}") if (out / folder / PAGE).is_file() else None


def _table(rows: Sequence[Row]) -> Iterator[list[Any]]:
    yield ["exercise", *STATES, "mean", "maximum"]
    for row in rows:
        counts = [row.counts.get(state, 0) for state in STATES]
        yield [row.exercise, *counts, f"{row.mean:.2f}", f"{row.max_score:.2f}"]


def _table_of_mistakes(mistakes: Sequence[Mistake]) -> Iterator[list[Any]]:
    yield ["exercise", "mistake", "students", "sentence", "who"]
    for mistake in mistakes:
        who = "; ".join(mistake.students)
        yield [mistake.exercise, mistake.id, len(mistake.students), mistake.sentence, cell(who)]


def _table_of_similar(similar: Sequence[Alike]) -> Iterator[list[Any]]:
    yield ["score", "same_files", "who"]
    for found in similar:
        yield [f"{found.score:.3f}", "yes" if found.same_files else "no", cell("; ".join(found.students))]
