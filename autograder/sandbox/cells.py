"""A notebook's code cells as Python, without a kernel, IPython or nbformat: an .ipynb in, numbered sources out.

For workers (`parsing`, `running`) only: what a student wrote is never parsed in the grader."""

import ast
import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

RUN = {"time", "timeit", "capture", "prun", "python", "python3", "debug"}  # cell magics whose body is Python
MAGIC = re.compile(r"\s*(?:[A-Za-z_][\w, ]*=\s*)?[%!]|\s*\?{1,2}\s*[\w.]+\s*$|\s*[\w.]+\?{1,2}\s*(?:;\s*)?$")
PROMPT = re.compile(r"(\s*)(>>>|\.\.\.) ")
FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


class NotANotebookError(Exception):
    """Why, in words that follow a file's name."""


def code_cells(raw: bytes) -> Iterator[tuple[int, str]]:
    """(n, source) of the n-th code cell, from 1. nbformat 3 and 4; a source may be a list or a string."""
    number = 0
    for cell in _cells(_document(raw)):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            number += 1
            source = cell.get("source", cell.get("input", ""))
            yield number, source if isinstance(source, str) else "".join(map(str, source or ()))


def _document(raw: bytes) -> Any:
    try:
        text = raw.decode("utf-8-sig")
        return json.loads(text)
    except UnicodeDecodeError as error:
        raise NotANotebookError(f"not a notebook (no UTF-8 at byte {error.start})") from None
    except json.JSONDecodeError as error:
        at = len(text[: error.pos].encode())
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
            raise NotANotebookError(f"not a notebook (JSON ends at byte {len(raw)})") from None
        raise NotANotebookError(f"not a notebook (no JSON at byte {at}, line {error.lineno})") from None
    except (ValueError, RecursionError):
        raise NotANotebookError("not a notebook (JSON that can't be read)") from None


def _cells(document: Any) -> list[Any]:
    if isinstance(document, dict):
        cells = document.get("cells")
        if isinstance(cells, list):
            return cells
        sheets = document.get("worksheets")
        if isinstance(sheets, list):
            return [cell for sheet in sheets if isinstance(sheet, dict) for cell in sheet.get("cells") or ()]
    raise NotANotebookError("not a notebook (no list of cells)")


def python(source: str) -> str | None:
    """The cell as Python with the same line numbers; None where a cell magic makes it something else."""
    lines = source.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[first].lstrip().startswith("%%"):
        if (lines[first].strip()[2:].split() or [""])[0] not in RUN:
            return None
        lines[first] = ""
    if compiles("\n".join(lines)):  # what is Python as it stands is never touched
        return "\n".join(lines)
    going_on = False
    for i, line in enumerate(lines):
        if going_on or MAGIC.match(line):
            lines[i] = "" if going_on else re.match(r"\s*", line)[0] + "pass"  # type: ignore[index]
            going_on = line.rstrip().endswith("\\")
        elif prompt := PROMPT.match(line):
            lines[i] = prompt[1] + line[prompt.end() :]
    return "\n".join(lines)


def compiles(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "<cell>", "exec", FLAGS, dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError):
        return False
    return True
