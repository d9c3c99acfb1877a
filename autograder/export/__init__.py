"""Marks for other systems. A format's module is imported when it is asked for. Called by the command line and
`demo`."""

from pathlib import Path

from autograder.errors import AutograderError


def export(out: Path | None, to: str, *, fill: Path | None = None, file: Path | None = None) -> str:
    """Write FILE for csv, canvas, moodle (from OUT) or gradescope (from the course), and for moodle a zip of feedback
    beside it; returns lines for people."""
    if to == "gradescope":
        from autograder.export import gradescope

        return gradescope.write(file or Path("gradescope.zip"))
    if out is None:
        raise AutograderError(f"export --to {to} needs OUT, a folder with results.")
    file = file or out / ("marks.csv" if to == "csv" else f"{to}.csv")
    if to == "csv":
        from autograder.export import csv

        return csv.write(out, file)
    if fill is None:
        raise AutograderError(f"export --to {to} needs --fill FILE, the CSV that was exported there.")
    if to == "canvas":
        from autograder.export import canvas

        return canvas.write(out, fill, file)
    from autograder.export import moodle

    return moodle.write(out, fill, file)
