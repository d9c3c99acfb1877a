"""Rows as the text of a CSV file. Called by all that writes tables."""

import csv
import io
import re
from collections.abc import Iterable


def csv_text(rows: Iterable[Iterable[object]], delimiter: str = ",", ending: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ending).writerows(rows)
    return text.getvalue()


def cell(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula."""
    shown = re.sub("[\ud800-\udfff]", lambda found: f"\\x{ord(found[0]) & 0xFF:02x}", text)  # bytes that aren't UTF-8
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@", "\t", "\r")) else shown
